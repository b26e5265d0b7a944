"""Addresses of figures, under /figures/."""

from __future__ import annotations

from django.urls import path

from songda.office.indicators import pages

app_name = "indicators"
urlpatterns = [
    path("", pages.figures, name="figures"),
    path("checks/", pages.checks, name="checks"),
    path("<slug:code>/", pages.figure, name="figure"),
]
