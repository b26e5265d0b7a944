"""Settings of the test run: the product's own, with plain static files and a fast hash."""

from __future__ import annotations

import os

os.environ.setdefault("SONGDA_HOME", "var/test")
os.environ.setdefault("SONGDA_LOG_LEVEL", "warning")

from songda.portal.settings import *
from songda.portal.settings import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ALLOWED_HOSTS = ["*"]
DEMONSTRATION = True
if os.environ.get("SONGDA_TABLES"):  # a database that has all tables already (tests/tables.py)
    DATABASES["default"]["TEST"] = {"TEMPLATE": os.environ["SONGDA_TABLES"]}
SECOND_FACTOR = "nobody"
