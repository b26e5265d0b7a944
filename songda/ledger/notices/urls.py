"""Addresses of the room, below `notices/` and `hooks/`."""

from __future__ import annotations

from django.urls import path

from songda.ledger.notices.pages import desk, hooks

app_name = "notices"
urlpatterns = [
    path("notices/", desk.own, name="own"),
    path("notices/<int:delivery_id>/", desk.open_own, name="open_own"),
    path("notices/queue/", desk.queue, name="queue"),
    path("notices/queue/<int:delivery_id>/ask/", desk.ask, name="ask"),
    path("notices/queue/<int:delivery_id>/requeue/", desk.requeue, name="requeue"),
    path("notices/queue/<int:delivery_id>/settle/", desk.settle, name="settle"),
    path("notices/groups/", desk.groups, name="groups"),
    path("hooks/", hooks.hooks, name="hooks"),
    path("hooks/new/", hooks.new, name="new_hook"),
    path("hooks/<int:hook_id>/", hooks.hook, name="hook"),
    path("hooks/<int:hook_id>/pause/", hooks.pause, name="pause_hook"),
    path("hooks/<int:hook_id>/resume/", hooks.resume, name="resume_hook"),
    path("hooks/<int:hook_id>/close/", hooks.close, name="close_hook"),
    path("hooks/<int:hook_id>/ping/", hooks.ping, name="ping_hook"),
    path("hooks/<int:hook_id>/rotate/", hooks.rotate, name="rotate_hook"),
    path("hooks/calls/<int:delivery_id>/again/", hooks.again, name="call_again"),
]
