"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.registry.intake.pages import officers, rosters

app_name = "intake"
urlpatterns = [
    path("intake/", rosters.intakes, name="intakes"),
    path("intake/new/", rosters.new, name="new"),
    path("intake/template/", rosters.template, name="template"),
    path("people/import/", officers.new),
    path("people/import/template/", officers.template),
    path("people/import/<str:digest>/", officers.checked),
    path("people/import/<str:digest>/returned/", officers.returned),
    path("people/import/<str:digest>/take/", officers.take),
    path("intake/<int:intake_id>/", rosters.intake, name="intake"),
    path("intake/<int:intake_id>/take/", rosters.take, name="take"),
    path("intake/<int:intake_id>/refuse/", rosters.refuse, name="refuse"),
    path("intake/<int:intake_id>/returned/", rosters.returned, name="returned"),
]
