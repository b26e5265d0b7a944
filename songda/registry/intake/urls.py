"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.registry.intake import pages

app_name = "intake"
urlpatterns = [
    path("intake/", pages.intakes, name="intakes"),
    path("intake/new/", pages.new, name="new"),
    path("intake/template/", pages.template, name="template"),
    path("intake/<int:intake_id>/", pages.intake, name="intake"),
    path("intake/<int:intake_id>/take/", pages.take, name="take"),
    path("intake/<int:intake_id>/refuse/", pages.refuse, name="refuse"),
    path("intake/<int:intake_id>/returned/", pages.returned, name="returned"),
]
