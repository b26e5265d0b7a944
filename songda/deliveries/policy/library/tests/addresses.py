"""The addresses the pages under test need, at the places where the portal has them."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("policy/", include("songda.deliveries.policy.library.urls")),
    path("rules/", include("songda.registry.rulebook.urls")),
]
