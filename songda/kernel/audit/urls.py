"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.kernel.audit import pages

urlpatterns = [path("audit/", pages.trail), path("audit/verify/", pages.verify)]
