"""Addresses of figures, under /figures/."""

from __future__ import annotations

from django.urls import path

from songda.office.indicators.pages import figures

app_name = "indicators"
urlpatterns = [
    path("", figures.figures, name="figures"),
    path("checks/", figures.checks, name="checks"),
    path("<slug:code>/", figures.figure, name="figure"),
]
