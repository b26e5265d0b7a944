"""Addresses of the library, under /policy/."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.library.pages import documents, measures, review

app_name = "library"
urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/upload/", documents.upload, name="upload"),
    path("documents/<int:document_id>/", documents.document, name="document"),
    path("documents/<int:document_id>/frame/", documents.frame, name="frame"),
    path("documents/<int:document_id>/relate/", documents.relate, name="relate"),
    path("articles/<int:article_id>/no-measure/", documents.no_measure, name="no_measure"),
    path("articles/<int:article_id>/draft/", review.start_draft, name="start_draft"),
    path("review/<int:document_id>/", review.desk, name="desk"),
    path("conditions/<int:condition_id>/settle/", review.settle, name="settle"),
    path("measures/", measures.measures, name="measures"),
    path("measures/<int:version_id>/", measures.measure, name="measure"),
    path("measures/<int:version_id>/draft/", review.draft, name="draft"),
    path("measures/<int:version_id>/rule/", review.rule, name="rule"),
    path("measures/<int:version_id>/confirm/", review.confirm, name="confirm"),
    path("measures/<int:version_id>/return/", review.send_back, name="return"),
    path("measures/<int:version_id>/withdraw/", review.withdraw, name="withdraw"),
    path("measures/<int:version_id>/revise/", review.revise, name="revise"),
]
