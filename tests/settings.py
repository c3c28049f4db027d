"""The project's settings as the tests see them."""

import os

os.environ.setdefault("BIKEENS_ENV", "test")

from bikeens.settings import *  # noqa: F403

# Tests sign people in by the hundred; what guards real passwords would only slow them.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
