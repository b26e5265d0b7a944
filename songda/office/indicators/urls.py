"""Addresses of figures, under /figures/."""

from __future__ import annotations

from django.urls import path

from songda.office.indicators.pages import figures, readings

app_name = "indicators"
urlpatterns = [
    path("", figures.figures, name="figures"),
    path("checks/", figures.checks, name="checks"),
    path("readings/", readings.readings, name="readings"),
    path("readings/new/", readings.new_reading, name="new_reading"),
    path("readings/<int:reading_id>/", readings.reading, name="reading"),
    path("readings/<int:reading_id>/accept/", readings.accept, name="accept_figures"),
    path("readings/<int:reading_id>/reject/", readings.reject, name="reject_figures"),
    path("readings/<int:reading_id>/<int:number>/correct/", readings.correct, name="correct_figure"),
    path("readings/<int:reading_id>/<int:number>/reopen/", readings.reopen, name="reopen_figure"),
    path("<slug:code>/", figures.figure, name="figure"),
]
