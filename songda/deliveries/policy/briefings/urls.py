"""Addresses of the room, below `policy/briefings/`."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.briefings.pages import explaining, letters, own, sessions

app_name = "briefings"
urlpatterns = [
    path("", sessions.briefings, name="briefings"),
    path("new/", sessions.new, name="new"),
    path("<int:briefing_id>/", sessions.briefing, name="briefing"),
    path("<int:briefing_id>/step/<slug:step_name>/", sessions.step, name="step"),
    path("<int:briefing_id>/cancel/", sessions.cancel, name="cancel"),
    path("<int:briefing_id>/replay/", sessions.replay, name="replay"),
    path("<int:briefing_id>/book/", sessions.book, name="book"),
    path("<int:briefing_id>/ask/", sessions.ask, name="ask"),
    path("<int:briefing_id>/materials/", sessions.materials, name="materials"),
    path("<int:briefing_id>/attendance/", sessions.import_attendance, name="import_attendance"),
    path("<int:briefing_id>/export/", sessions.export, name="export"),
    path("materials/<int:material_id>/", sessions.material, name="material"),
    path("questions/", sessions.questions, name="questions"),
    path("questions/<int:question_id>/answer/", sessions.answer, name="answer"),
    path("questions/<int:question_id>/case/", sessions.make_case, name="make_case"),
    path("explain/", explaining.firms, name="firms"),
    path("explain/<int:subject_id>/", explaining.firm, name="firm"),
    path("explain/<int:subject_id>/done/", explaining.explain, name="explain"),
    path("explain/<int:subject_id>/confirm/", explaining.confirm, name="confirm"),
    path("coverage/", explaining.coverage, name="coverage"),
    path("interpretations/", explaining.interpretations, name="interpretations"),
    path("interpretations/write/", explaining.write, name="write"),
    path("interpretations/<int:interpretation_id>/", explaining.interpretation, name="interpretation"),
    path("interpretations/<int:interpretation_id>/print/", explaining.printed, name="printed"),
    path("interpretations/<int:interpretation_id>/publish/", explaining.publish, name="publish"),
    path("interpretations/<int:interpretation_id>/withdraw/", explaining.withdraw, name="withdraw"),
    path("letters/", letters.letters, name="letters"),
    path("letters/new/", letters.new, name="new_letter"),
    path("letters/<int:letter_id>/", letters.letter, name="letter"),
    path("letters/<int:letter_id>/send/", letters.send, name="send"),
    path("letters/<int:letter_id>/print/", letters.print_copies, name="print_copies"),
    path("letters/copies/<int:copy_id>/answer/", letters.answer, name="letter_answer"),
    path("own/", own.own, name="own"),
    path("own/confirm/", own.confirm, name="own_confirm"),
    path("own/<int:briefing_id>/", own.briefing, name="own_briefing"),
    path("own/<int:briefing_id>/register/", own.register, name="register"),
    path("own/<int:briefing_id>/cancel/", own.cancel, name="cancel_registration"),
    path("own/<int:briefing_id>/join/", own.join, name="join"),
    path("own/<int:briefing_id>/replay/", own.replay, name="own_replay"),
    path("own/<int:briefing_id>/ask/", own.ask, name="own_ask"),
    path("own/letters/<int:copy_id>/", own.letter, name="own_letter"),
]
