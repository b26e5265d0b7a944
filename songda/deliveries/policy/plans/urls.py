"""Addresses of plans, under /policy/plans/."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.plans import pages

app_name = "plans"
urlpatterns = [
    path("", pages.plans, name="plans"),
    path("new/", pages.new, name="new"),
    path("<int:policy_plan_id>/", pages.plan, name="plan"),
    path("<int:policy_plan_id>/table/", pages.workbook, name="workbook"),
    path("<int:policy_plan_id>/fill/", pages.fill, name="fill"),
    path("<int:policy_plan_id>/confirm/", pages.confirm, name="confirm"),
    path("<int:policy_plan_id>/publish/", pages.publish, name="publish"),
    path("<int:policy_plan_id>/return/", pages.send_back, name="return"),
    path("<int:policy_plan_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("<int:policy_plan_id>/renew/", pages.renew, name="renew"),
    path("rows/<int:row_id>/", pages.row, name="row"),
]
