"""Addresses of the room, below `policy/watch/`."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.watch.pages import arrivals, bids

app_name = "watch"
urlpatterns = [
    path("", arrivals.arrivals, name="arrivals"),
    path("new/", arrivals.new, name="new"),
    path("<int:arrival_id>/", arrivals.arrival, name="arrival"),
    path("<int:arrival_id>/read/", arrivals.read, name="read"),
    path("<int:arrival_id>/summarise/", arrivals.summarise, name="summarise"),
    path("<int:arrival_id>/hand-on/", arrivals.hand_on, name="hand_on"),
    path("<int:arrival_id>/pushed/", arrivals.pushed, name="pushed"),
    path("<int:arrival_id>/set-aside/", arrivals.set_aside, name="set_aside"),
    path("<int:arrival_id>/resume/", arrivals.resume, name="resume"),
    path("timeliness/", arrivals.timeliness, name="timeliness"),
    path("reminders/", arrivals.reminders, name="reminders"),
    path("reminders/<int:reminder_id>/seen/", arrivals.seen, name="seen"),
    path("upward/", bids.bids, name="bids"),
    path("upward/new/", bids.new, name="new_bid"),
    path("upward/windows/", bids.windows, name="windows"),
    path("upward/<int:bid_id>/", bids.bid, name="bid"),
    path("upward/<int:bid_id>/submit/", bids.submit, name="submit"),
    path("upward/<int:bid_id>/decide/", bids.decide, name="decide"),
    path("upward/<int:bid_id>/give-up/", bids.give_up, name="give_up"),
    path("upward/papers/<int:bid_paper_id>/tick/", bids.tick, name="tick"),
]
