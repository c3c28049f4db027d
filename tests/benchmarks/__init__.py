"""Run by `make bench`, not by pytest: so Django is set up here, before any of the modules is read."""

import os

import django

os.environ.setdefault("BIKEENS_ENV", "test")
os.environ.setdefault("BIKEENS_CLOCK_SHARED", "yes")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bikeens.settings")
django.setup()
