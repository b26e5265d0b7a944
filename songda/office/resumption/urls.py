"""Addresses of 复工复产, under /resumption/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "resumption"
urlpatterns: list[URLPattern] = []
