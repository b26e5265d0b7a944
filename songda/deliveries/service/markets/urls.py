"""Addresses of market plans, under /markets/."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.service.markets import pages

app_name = "markets"
urlpatterns = [
    path("", pages.plans, name="plans"),
    path("new/<int:subject_id>/", pages.new, name="new"),
    path("<int:market_plan_id>/", pages.plan, name="plan"),
    path("<int:market_plan_id>/edit/", pages.edit, name="edit"),
    path("<int:market_plan_id>/arrange/", pages.arrange, name="arrange"),
    path("<int:market_plan_id>/submit/", pages.submit, name="submit"),
    path("<int:market_plan_id>/decide/", pages.decide, name="decide"),
    path("<int:market_plan_id>/sheet/", pages.sheet, name="sheet"),
    path("<int:market_plan_id>/code.svg", pages.code, name="code"),
    path("stalls/<int:stall_id>/place/", pages.place, name="place"),
    path("t/<str:code>/", pages.posted, name="posted"),
]
