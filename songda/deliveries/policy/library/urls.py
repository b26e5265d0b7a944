"""Addresses of the library, under /policy/."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.library.pages import corrections, desk, documents, marks, measures, review, versions

app_name = "library"
urlpatterns = [
    path("documents/", documents.documents, name="documents"),
    path("documents/upload/", documents.upload, name="upload"),
    path("documents/<int:document_id>/", documents.document, name="document"),
    path("documents/<int:document_id>/frame/", documents.frame, name="frame"),
    path("documents/<int:document_id>/relate/", documents.relate, name="relate"),
    path("documents/<int:document_id>/reread/", versions.reread, name="reread"),
    path("documents/<int:document_id>/version/", versions.new_version, name="new_version"),
    path("documents/<int:document_id>/compare/", versions.compare, name="compare"),
    path("documents/<int:document_id>/annotate/", marks.annotate, name="annotate"),
    path("annotations/<int:annotation_id>/", marks.annotation, name="annotation"),
    path("annotations/<int:annotation_id>/withdraw/", marks.withdraw_annotation, name="withdraw_annotation"),
    path("doubts/<int:doubt_id>/settle/", corrections.settle_doubt, name="settle_doubt"),
    path("articles/<int:article_id>/", corrections.article, name="article"),
    path("articles/<int:article_id>/split/", corrections.split_article, name="split_article"),
    path("articles/<int:article_id>/merge/", corrections.merge_articles, name="merge_articles"),
    path("articles/<int:article_id>/no-measure/", documents.no_measure, name="no_measure"),
    path("articles/<int:article_id>/draft/", review.start_draft, name="start_draft"),
    path("review/<int:document_id>/", desk.desk, name="desk"),
    path("review/<int:document_id>/confirm/", desk.confirm_all, name="confirm_all"),
    path("review/<int:document_id>/fill/", desk.fill, name="fill"),
    path("sources/<int:source_id>/recut/", corrections.recut, name="recut"),
    path("conditions/<int:condition_id>/", corrections.condition, name="condition"),
    path("conditions/<int:condition_id>/accept/", corrections.accept, name="accept"),
    path("conditions/<int:condition_id>/settle/", review.settle, name="settle"),
    path("measures/", measures.measures, name="measures"),
    path("measures/<int:version_id>/", measures.measure, name="measure"),
    path("measures/<int:version_id>/draft/", review.draft, name="draft"),
    path("measures/<int:version_id>/split/", corrections.split, name="split"),
    path("measures/<int:version_id>/merge/", corrections.merge, name="merge"),
    path("measures/<int:version_id>/accept/", corrections.accept_all, name="accept_all"),
    path("measures/<int:version_id>/rule/", review.rule, name="rule"),
    path("measures/<int:version_id>/confirm/", review.confirm, name="confirm"),
    path("measures/<int:version_id>/return/", review.send_back, name="return"),
    path("measures/<int:version_id>/withdraw/", review.withdraw, name="withdraw"),
    path("measures/<int:version_id>/revise/", review.revise, name="revise"),
]
