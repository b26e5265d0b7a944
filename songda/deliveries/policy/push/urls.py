"""Addresses of push, from the root."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.push import pages

app_name = "push"
urlpatterns = [
    path("policy/push/", pages.pushes, name="pushes"),
    path("policy/push/new/", pages.new, name="new"),
    path("policy/push/statistics/", pages.statistics, name="statistics"),
    path("policy/push/failures/", pages.failures, name="failures"),
    path("policy/push/deliveries/<int:delivery_id>/requeue/", pages.requeue, name="requeue"),
    path("policy/push/<int:push_id>/", pages.push, name="push"),
]
