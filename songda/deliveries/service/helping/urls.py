"""Addresses of the room, below `helping/`."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.service.helping.pages import desks, favours, teams

app_name = "helping"
urlpatterns = [
    path("", teams.teams, name="teams"),
    path("teams/new/", teams.new_team, name="new_team"),
    path("teams/<int:team_id>/", teams.team, name="team"),
    path("teams/<int:team_id>/members/", teams.new_member, name="new_member"),
    path("teams/<int:team_id>/members/<int:member_id>/end/", teams.end_member, name="end_member"),
    path("teams/<int:team_id>/charges/", teams.new_charge, name="new_charge"),
    path("teams/<int:team_id>/dissolve/", teams.dissolve, name="dissolve"),
    path("allocate/", teams.allocate, name="allocate"),
    path("coverage/", teams.coverage, name="coverage"),
    path("helped/", teams.helped, name="helped"),
    path("sent/", teams.sent, name="sent"),
    path("stations/new/", teams.new_station, name="new_station"),
    path("stations/<int:station_id>/", teams.station, name="station"),
    path("stations/<int:station_id>/log/", teams.log, name="log"),
    path("stations/<int:station_id>/end/", teams.end_station, name="end_station"),
    path("enquiries/", desks.enquiries, name="enquiries"),
    path("enquiries/new/", desks.new_enquiry, name="new_enquiry"),
    path("enquiries/<int:enquiry_id>/", desks.enquiry, name="enquiry"),
    path("enquiries/<int:enquiry_id>/answer/", desks.answer, name="answer"),
    path("enquiries/<int:enquiry_id>/convert/", desks.convert, name="convert"),
    path("knowledge/", desks.knowledge, name="knowledge"),
    path("knowledge/new/", desks.new_knowledge, name="new_knowledge"),
    path("knowledge/<int:knowledge_id>/withdraw/", desks.withdraw_knowledge, name="withdraw_knowledge"),
    path("duty/", desks.duty, name="duty"),
    path("duty/plan/", desks.plan_duty, name="plan_duty"),
    path("hotlines/", desks.hotlines, name="hotlines"),
    path("hotlines/new/", desks.new_hotline, name="new_hotline"),
    path("hotlines/import/", desks.import_calls, name="import_calls"),
    path("feedback/", favours.feedback, name="feedback"),
    path("feedback/new/", favours.new_feedback, name="new_feedback"),
    path("feedback/<int:feedback_id>/consent/", favours.consent, name="consent"),
    path("feedback/<int:feedback_id>/publish/", favours.publish, name="publish"),
    path("errands/", favours.errands, name="errands"),
    path("errands/new/", favours.new_errand, name="new_errand"),
    path("errands/<int:case_id>/done/", favours.hand_over, name="hand_over"),
    path("powers/new/", favours.new_power, name="new_power"),
    path("powers/own/", favours.own_power, name="own_power"),
    path("powers/<int:power_id>/revoke/", favours.revoke, name="revoke"),
    path("package/", favours.own_package, name="own_package"),
    path("package/<int:entitlement_id>/request/", favours.request_service, name="request_service"),
    path("packages/", favours.packages, name="packages"),
    path("packages/new/", favours.new_package, name="new_package"),
    path("delays/<int:case_id>/", favours.delay, name="delay"),
    path("delays/<int:case_id>/claim/", favours.claim, name="claim"),
    path("delays/<int:case_id>/<int:span_id>/decide/", favours.decide, name="decide"),
]
