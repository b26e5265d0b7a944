"""Addresses of matching, from the root."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.matching.pages import audience, firms, whatif

app_name = "matching"
urlpatterns = [
    path("policy/measures/<int:version_id>/audience/", audience.audience, name="audience"),
    path("policy/whatif/", whatif.whatif, name="whatif"),
    path("firms/", firms.firms, name="firms"),
]
