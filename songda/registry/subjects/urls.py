"""Addresses of the room, from the root. `/subjects/<id>/` itself is the record of the room of facts."""

from __future__ import annotations

from django.urls import path

from songda.registry.subjects import pages

app_name = "subjects"
urlpatterns = [
    path("subjects/", pages.subjects, name="subjects"),
    path("subjects/new/", pages.new, name="new"),
    path("subjects/<int:subject_id>/rename/", pages.rename, name="rename"),
    path("subjects/<int:subject_id>/alias/", pages.alias, name="alias"),
    path("subjects/<int:subject_id>/park/", pages.park, name="park"),
    path("subjects/<int:subject_id>/merge/", pages.merge, name="merge"),
    path("subjects/merges/<int:merge_id>/undo/", pages.undo_merge, name="undo_merge"),
]
