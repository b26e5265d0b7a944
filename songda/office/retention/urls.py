"""Addresses of 保管期限, under /retention/."""

from __future__ import annotations

from django.urls import path

from songda.office.retention.pages import exports, purges, schedule

app_name = "retention"
urlpatterns = [
    path("", schedule.table, name="table"),
    path("holds/", schedule.holds, name="holds"),
    path("holds/new/", schedule.new_hold, name="new_hold"),
    path("holds/<int:hold_id>/lift/", schedule.lift, name="lift"),
    path("purges/", purges.purges, name="purges"),
    path("purges/new/", purges.propose, name="propose"),
    path("purges/<int:purge_id>/", purges.purge, name="purge"),
    path("purges/<int:purge_id>/approve/", purges.approve, name="approve"),
    path("purges/<int:purge_id>/reject/", purges.reject, name="reject"),
    path("purges/<int:purge_id>/withdraw/", purges.withdraw, name="withdraw"),
    path("purges/<int:purge_id>/certificate.<str:form>", purges.certificate, name="certificate"),
    path("own/", exports.own, name="own"),
    path("own/<int:firm_export_id>/", exports.own_file, name="own_file"),
    path("exports/", exports.exports, name="exports"),
    path("exports/new/", exports.new_export, name="new_export"),
    path("exports/<int:firm_export_id>/", exports.export_file, name="export_file"),
]
