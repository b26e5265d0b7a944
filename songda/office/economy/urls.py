"""Addresses of 经济运行, under /economy/."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "economy"
urlpatterns: list[URLPattern] = []
