"""Addresses of dispatch, from the root."""

from __future__ import annotations

from django.urls import path

from songda.office.dispatch import pages

app_name = "dispatch"
urlpatterns = [
    path("subjects/<int:subject_id>/amend/", pages.amend, name="amend"),
    path("policy/measures/<int:version_id>/publish/", pages.publish, name="publish"),
    path("policy/documents/<int:document_id>/publish/", pages.publish_package, name="publish_package"),
]
