import os

import django

from bikeens.core.web import Site

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bikeens.settings")
django.setup(set_prefix=False)
application = Site()
