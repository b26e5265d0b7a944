"""Addresses of 简报, under /bulletins/."""

from __future__ import annotations

from django.urls import path

from songda.office.bulletins.pages import editing, news, pieces, submissions

app_name = "bulletins"
urlpatterns = [
    path("", pieces.bulletins, name="bulletins"),
    path("news/", pieces.news, name="news"),
    path("new/", editing.new, name="new"),
    path("submissions/", submissions.submissions, name="submissions"),
    path("submissions/new/", submissions.new, name="new_submission"),
    path("submissions/<int:submission_id>/", submissions.submission, name="submission"),
    path("submissions/<int:submission_id>/take/", submissions.take, name="take"),
    path("submissions/<int:submission_id>/return/", submissions.send_back, name="return"),
    path("<int:piece_id>/", pieces.piece, name="piece"),
    path("<int:piece_id>/edit/", editing.edit, name="edit"),
    path("<int:piece_id>/preview/", editing.preview, name="preview"),
    path("<int:piece_id>/refresh/", pieces.refresh, name="refresh"),
    path("<int:piece_id>/confirm/", editing.confirm, name="confirm"),
    path("<int:piece_id>/explain/<int:number>/", editing.explain, name="explain"),
    path("<int:piece_id>/publish/", pieces.publish, name="publish"),
    path("<int:piece_id>/void/", pieces.void, name="void"),
    path("<int:piece_id>/restate/", pieces.restate, name="restate"),
    path("<int:piece_id>/differences/", pieces.differences, name="differences"),
    path("<int:piece_id>/frame/", news.frame, name="frame"),
    path("<int:piece_id>/quotation/", news.quotation, name="quotation"),
    path("<int:piece_id>/quotation/<int:number>/remove/", news.remove, {"what": "quotation"}, name="remove_quotation"),
    path("<int:piece_id>/photo/", news.photo, name="photo"),
    path("<int:piece_id>/photo/<int:number>/remove/", news.remove, {"what": "photo"}, name="remove_photo"),
    path("<int:piece_id>/pdf/", pieces.printed, {"form": "pdf"}, name="pdf"),
    path("<int:piece_id>/docx/", pieces.printed, {"form": "docx"}, name="docx"),
]
