"""Addresses of the ledger, from /cases/."""

from __future__ import annotations

from django.urls import path

from songda.ledger.cases.pages import duty, figures, listing, record, workbooks

app_name = "cases"
urlpatterns = [
    path("", listing.cases, name="cases"),
    path("batch/", listing.batch, name="batch"),
    path("filters/", listing.keep_filter, name="keep_filter"),
    path("filters/<int:filter_id>/drop/", listing.drop_filter, name="drop_filter"),
    path("alerts/", duty.alerts, name="alerts"),
    path("alerts/<int:alert_id>/answer/", duty.answer_alert, name="answer_alert"),
    path("alerts/<int:alert_id>/sheet/", duty.sheet, name="sheet"),
    path("asked/", duty.asked, name="asked"),
    path("untaken/", duty.untaken, name="untaken"),
    path("loads/", duty.loads, name="loads"),
    path("figures/", figures.figures, name="figures"),
    path("export/", workbooks.export, name="export"),
    path("exports/", workbooks.exports, name="exports"),
    path("exports/<int:export_id>/", workbooks.exported, name="exported"),
    path("import/", workbooks.old_ledger, name="old_ledger"),
    path("<int:case_id>/", record.case, name="case"),
    path("<int:case_id>/contact/", record.contact, name="contact"),
    path("<int:case_id>/step/<slug:name>/", record.step, name="step"),
]
