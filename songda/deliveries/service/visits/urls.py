"""Addresses of visits, under /visits/."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.service.visits import api
from songda.deliveries.service.visits.pages import bookings, places, plans, visits

app_name = "visits"
urlpatterns = [
    path("", visits.firms, name="firms"),
    path("all/", visits.all_visits, name="all"),
    path("calendar/", visits.calendar, name="calendar"),
    path("new/", visits.new, name="new"),
    path("<int:visit_id>/", visits.visit, name="visit"),
    path("<int:visit_id>/<slug:name>/", visits.step, name="step"),
    path("stops/<int:stop_id>/answered/", visits.answered, name="answered"),
    path("findings/<int:finding_id>/file/", visits.file_finding, name="file_finding"),
    path("firms/<int:subject_id>/contact/", visits.contact, name="contact"),
    path("approvals/", visits.approvals, name="approvals"),
    path("approvals/<int:approach_id>/", visits.approve, name="approve"),
    path("mine/", bookings.bookings, name="bookings"),
    path("mine/<int:stop_id>/", bookings.answer, name="answer"),
    path("phone/", api.phone, name="phone"),
    path("phone/worker.js", api.worker, name="worker"),
    path("phone/day.json", api.day, name="day"),
    path("phone/stops/<int:stop_id>/", api.record, name="record"),
    path("phone/stops/<int:stop_id>/photos/", api.photo, name="photo"),
    path("plans/", plans.plans, name="plans"),
    path("plans/<int:plan_id>/", plans.plan, name="plan"),
    path("plans/<int:plan_id>/edit/", plans.edit_plan, name="edit_plan"),
    path("plans/<int:plan_id>/sheet/", plans.plan_sheet, name="plan_sheet"),
    path("plans/<int:plan_id>/activate/", plans.activate, name="activate"),
    path("plans/lines/<int:line_id>/tick/", plans.tick, name="tick"),
    path("firms/<int:subject_id>/plan/", plans.new_plan, name="new_plan"),
    path("firms/<int:subject_id>/production/", plans.new_production, name="new_production"),
    path("production/<int:production_id>/", plans.production, name="production"),
    path("markets/", places.markets, name="markets"),
    path("coverage/", places.coverage, name="coverage"),
]
