"""Addresses of dispatch, from the root."""

from __future__ import annotations

from django.urls import path

from songda.office.dispatch.pages import meetings, publishing

app_name = "dispatch"
urlpatterns = [
    path("subjects/<int:subject_id>/amend/", publishing.amend, name="amend"),
    path("policy/measures/<int:version_id>/publish/", publishing.publish, name="publish"),
    path("policy/documents/<int:document_id>/publish/", publishing.publish_package, name="publish_package"),
    path("meetings/", meetings.meetings, name="meetings"),
    path("meetings/new/", meetings.new_meeting, name="new_meeting"),
    path("meetings/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("meetings/<int:meeting_id>/refresh/", meetings.refresh, name="refresh_agenda"),
    path("meetings/<int:meeting_id>/add/", meetings.add, name="add_to_agenda"),
    path("meetings/<int:meeting_id>/decide/", meetings.decide, name="decide"),
    path("meetings/<int:meeting_id>/close/", meetings.close, name="close_meeting"),
    path("specials/", meetings.specials, name="specials"),
    path("specials/new/", meetings.new_special, name="new_special"),
    path("specials/<int:special_id>/", meetings.special, name="special"),
    path("specials/<int:special_id>/add/", meetings.add_matter, name="add_matter"),
    path("specials/<int:special_id>/close/", meetings.close_special, name="close_special"),
    path("sheets/", meetings.sheets, name="sheets"),
    path("sheets/daily/", meetings.daily, name="daily"),
    path("sheets/new/", meetings.new_sheet, name="new_sheet"),
]
