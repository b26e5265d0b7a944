"""Settings of the test run: the product's own, with plain static files and a fast hash."""

from __future__ import annotations

import os

os.environ.setdefault("SONGDA_HOME", "var/test")

from songda.portal.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
DEMONSTRATION = True
