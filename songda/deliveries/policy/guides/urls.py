"""Addresses of guides, under /policy/guides/."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.guides.pages import contacts, figures, guides

app_name = "guides"
urlpatterns = [
    path("", guides.guides, name="guides"),
    path("issue/", guides.issue, name="issue"),
    path("contacts/", contacts.contacts, name="contacts"),
    path("ask/<int:version_id>/", contacts.ask, name="ask"),
    path("cards/", contacts.missing_cards, name="missing_cards"),
    path("cards/<int:version_id>/", contacts.card, name="card"),
    path("cards/<int:version_id>/end/", contacts.end_card, name="end_card"),
    path("green/", figures.green, name="green"),
    path("red-lines/", figures.red_lines, name="red_lines"),
    path("<int:guide_id>/", guides.guide, name="guide"),
    path("<int:guide_id>/paper/", guides.printed, name="paper"),
    path("<int:guide_id>/subscribe/", guides.subscribe, name="subscribe"),
]
