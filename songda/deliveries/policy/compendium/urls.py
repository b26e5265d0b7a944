"""Addresses of the compendium, under /policy/compendium/."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.compendium import pages

app_name = "compendium"
urlpatterns = [
    path("", pages.editions, name="editions"),
    path("new/", pages.new, name="new"),
    path("funnel/", pages.funnel, name="funnel"),
    path("<int:edition_id>/", pages.edition, name="edition"),
    path("<int:edition_id>/entries/<int:entry_id>/", pages.entry, name="entry"),
    path("<int:edition_id>/entries/<int:entry_id>/leave-out/", pages.leave_out, name="leave_out"),
    path("<int:edition_id>/book.<slug:form>", pages.book, name="book"),
    path("<int:edition_id>/gather/", pages.gather, name="gather"),
    path("<int:edition_id>/publish/", pages.publish, name="publish"),
    path("<int:edition_id>/withdraw/", pages.withdraw, name="withdraw"),
]
