"""Addresses of 复工复产, under /resumption/."""

from __future__ import annotations

from django.urls import path

from songda.office.resumption.pages import boards, guards, reports

app_name = "resumption"
urlpatterns = [
    path("", boards.board, name="board"),
    path("subjects/", boards.subjects, name="subjects"),
    path("subjects/<int:subject_id>/", boards.subject, name="subject"),
    path("subjects/<int:subject_id>/light/", boards.light, name="light"),
    path("subjects/<int:subject_id>/explain/", boards.explain, name="explain"),
    path("stops/<int:halt_id>/lift/", boards.lift, name="lift"),
    path("quality/", boards.quality, name="quality"),
    path("denominators/", boards.denominators, name="denominators"),
    path("denominators/new/", boards.freeze, name="freeze"),
    path("report/", reports.report, name="report"),
    path("report/sheet/", reports.sheet, name="sheet"),
    path("report/import/", reports.take_sheet, name="take_sheet"),
    path("apply/", reports.apply, name="apply"),
    path("own/", reports.own, name="own"),
    path("negative/", guards.negative, name="negative"),
    path("negative/new/", guards.new_entry, name="new_entry"),
    path("negative/<int:negative_id>/delist/", guards.delist, name="delist"),
    path("risks/", guards.risks, name="risks"),
    path("risks/new/", guards.new_risk, name="new_risk"),
    path("risks/<int:risk_id>/end/", guards.end_risk, name="end_risk"),
    path("arrivals/", guards.arrivals, name="arrivals"),
    path("arrivals/new/", guards.new_arrival, name="new_arrival"),
    path("arrivals/<int:returnee_id>/", guards.arrival, name="arrival"),
    path("arrivals/<int:returnee_id>/clear/", guards.clear, name="clear"),
]
