"""Addresses of the home."""

from __future__ import annotations

from django.urls import path

from songda.portal.home import pages

urlpatterns = [path("", pages.home)]
