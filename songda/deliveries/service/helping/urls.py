"""Addresses of the room, below `helping/`."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "helping"
urlpatterns: list[URLPattern] = []
