"""Addresses of figures, under /figures/."""

from __future__ import annotations

from django.urls import path

from songda.office.indicators.pages import figures, indicators, readings, values

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
    path("indicators/", indicators.indicators, name="indicators"),
    path("indicators/<slug:code>/", indicators.indicator, name="indicator"),
    path("indicators/<slug:code>/days/", indicators.days, name="days"),
    path("indicators/<slug:code>/rows/", values.day_rows, name="day_rows"),
    path("indicators/<slug:code>/compute/", indicators.compute, name="compute"),
    path("matrix/", indicators.matrix, name="matrix"),
    path("values/<int:value_id>/", values.value, name="value"),
    path("values/<int:value_id>/rows/", values.rows, name="rows"),
    path("values/<int:value_id>/explain/", values.explain, name="explain"),
    path("<slug:code>/", figures.figure, name="figure"),
]
