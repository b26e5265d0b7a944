"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from songda.ledger.mirrors import pages

app_name = "mirrors"
urlpatterns = [
    path("", pages.messages, name="messages"),
    path("<int:external_message_id>/again/", pages.again, name="again"),
    path("cases/<int:case_id>/", pages.case, name="case"),
]
