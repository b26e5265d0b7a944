"""Addresses of the room."""

from __future__ import annotations

from django.urls import path

from songda.ledger.papers import pages

app_name = "papers"
urlpatterns = [
    path("", pages.papers, name="papers"),
    path("catalogue/", pages.catalogue, name="catalogue"),
    path("new/", pages.new, name="new"),
    path("<int:paper_id>/", pages.paper, name="paper"),
    path("<int:paper_id>/write/", pages.write, name="write"),
    path("<int:paper_id>/issue/", pages.issue, name="issue"),
    path("<int:paper_id>/withdraw/", pages.withdraw, name="withdraw"),
    path("<int:paper_id>/void/", pages.void, name="void"),
    path("<int:paper_id>/pdf/", pages.printed, {"form": "pdf"}, name="pdf"),
    path("<int:paper_id>/docx/", pages.printed, {"form": "docx"}, name="docx"),
    path("<int:paper_id>/html/", pages.printed, {"form": "html"}, name="html"),
]
