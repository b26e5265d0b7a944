"""Addresses of the checklist."""

from __future__ import annotations

from django.urls import path

from songda.portal.opening import pages

urlpatterns = [path("opening/", pages.opening)]
