"""Address of the switch."""

from __future__ import annotations

from django.urls import path

from songda.portal.languages import pages

urlpatterns = [path("language/", pages.set_language, name="language")]
