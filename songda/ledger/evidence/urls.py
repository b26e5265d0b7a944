"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.ledger.evidence import pages

app_name = "evidence"
urlpatterns = [
    path("evidence/", pages.listed, name="listed"),
    path("evidence/<int:evidence_id>/", pages.file, name="file"),
    path("evidence/<int:evidence_id>/thumbnail/", pages.thumbnail, name="thumbnail"),
    path("evidence/<int:evidence_id>/copy/", pages.copy, name="copy"),
    path("evidence/<int:evidence_id>/set-aside/", pages.set_aside, name="set_aside"),
]
