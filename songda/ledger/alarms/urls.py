"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from songda.ledger.alarms import pages

urlpatterns = [path("", pages.alarms), path("<int:alarm_id>/", pages.alarm)]
