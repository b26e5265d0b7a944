"""Addresses of push, from the root."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.push.pages import coverage, declining, pushing

app_name = "push"
urlpatterns = [
    path("policy/push/", pushing.pushes, name="pushes"),
    path("policy/push/new/", pushing.new, name="new"),
    path("policy/push/new/excluded/", pushing.excluded, name="excluded"),
    path("policy/push/new/excluded.xlsx", pushing.excluded_list, name="excluded_list"),
    path("policy/push/statistics/", coverage.statistics, name="statistics"),
    path("policy/push/statistics/rows/", coverage.rows, name="rows"),
    path("policy/push/statistics/rows.xlsx", coverage.rows_list, name="rows_list"),
    path("policy/push/unreached/", coverage.unreached, name="unreached"),
    path("policy/push/unreached.xlsx", coverage.unreached_list, name="unreached_list"),
    path("policy/push/unreached/close/", coverage.close_gap, name="close_gap"),
    path("policy/push/failures/", pushing.failures, name="failures"),
    path("policy/push/deliveries/<int:delivery_id>/requeue/", pushing.requeue, name="requeue"),
    path("policy/push/<int:push_id>/", pushing.push, name="push"),
    path("firm/messages/", declining.own_contacts, name="own_contacts"),
    path("firm/messages/<int:contact_id>/decline/", declining.decline, name="decline"),
    path("firm/messages/<int:contact_id>/accept/", declining.accept, name="accept"),
    path("m/<str:token>/decline/", declining.decline_by_link, name="decline_by_link"),
]
