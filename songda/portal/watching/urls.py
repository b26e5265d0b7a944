"""Addresses for watchers."""

from __future__ import annotations

from django.urls import path

from songda.portal.watching import pages

urlpatterns = [
    path("healthz", pages.lives),
    path("readyz", pages.ready),
    path("metrics", pages.metrics),
    path("operations/", pages.operations),
]
