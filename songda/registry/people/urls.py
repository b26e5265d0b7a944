"""Addresses of the room, from the root."""

from __future__ import annotations

from django.urls import path

from songda.registry.people.pages import entrance, leave, moving, register, second_factor, sessions

urlpatterns = [
    path("sign-in/", entrance.sign_in),
    path("sign-out/", entrance.sign_out),
    path("posts/", entrance.posts),
    path("password/", entrance.password),
    path("second-factor/", second_factor.enter),
    path("second-factor/new/", second_factor.begin),
    path("sessions/", sessions.own),
    path("sessions/end-others/", sessions.end_others),
    path("sessions/<str:session_digest>/end/", sessions.end),
    path("leave/", leave.leave),
    path("leave/<int:absence_id>/end/", leave.end_leave),
    path("people/", register.people),
    path("people/new/", register.new_account),
    path("people/<int:person_id>/", register.person),
    path("people/<int:person_id>/appoint/", register.appoint),
    path("people/posts/<int:post_id>/end/", register.end_post),
    path("people/posts/<int:post_id>/move/", moving.move),
    path("people/accounts/<int:account_id>/reset-password/", register.reset_password),
    path("people/accounts/<int:account_id>/remove-second-factor/", register.remove_second_factor),
    path("people/accounts/<int:account_id>/close/", register.close_account),
    path("people/accounts/<int:account_id>/reopen/", register.reopen_account),
    path("people/accounts/<int:account_id>/last-day/", register.set_last_day),
    path("people/accounts/<int:account_id>/sessions/", sessions.of_account),
    path("people/accounts/<int:account_id>/sessions/end/", sessions.end_all),
]
