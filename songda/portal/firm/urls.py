"""Addresses of the firm's pages, from the root."""

from __future__ import annotations

from django.urls import path

from songda.portal.firm import pages

app_name = "firm"
urlpatterns = [
    path("firm/", pages.home, name="home"),
    path("firm/measures/<int:version_id>/", pages.own_measure, name="measure"),
    path("firm/notices/<int:notice_id>/", pages.notice, name="notice"),
    path("firms/<int:subject_id>/", pages.firm, name="firm"),
    path("firms/<int:subject_id>/panels/", pages.panels_of, name="panels"),
    path("firms/<int:subject_id>/measures/<int:version_id>/", pages.measure_for_firm, name="measure_for_firm"),
    path("m/<str:token>/", pages.landing, name="landing"),
    path("m/<str:token>/interested/", pages.interested, name="interested"),
]
