"""The WSGI door for the server."""

from __future__ import annotations

import os
import warnings

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "songda.portal.settings")
warnings.filterwarnings("ignore", "No directory at")  # `songda static` has not run here: files are found where they lie
application = get_wsgi_application()
