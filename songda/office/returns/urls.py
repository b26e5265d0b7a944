"""Addresses of 报送, under /returns/."""

from __future__ import annotations

from django.urls import path

from songda.office.returns.pages import deciding, doubted, filling, listing

app_name = "returns"
urlpatterns = [
    path("", listing.returns, name="returns"),
    path("board/", listing.board, name="board"),
    path("board/table/", listing.table, name="table"),
    path("violations/", doubted.violations, name="violations"),
    path("violations/<int:violation_id>/", doubted.violation, name="violation"),
    path("violations/<int:violation_id>/explain/", doubted.explain, name="explain"),
    path("violations/<int:violation_id>/waive/", doubted.waive, name="waive"),
    path("<int:return_id>/", filling.one, name="return"),
    path("<int:return_id>/fill/", filling.fill, name="fill"),
    path("<int:return_id>/workbook/", filling.workbook, name="workbook"),
    path("<int:return_id>/upload/", filling.upload, name="upload"),
    path("<int:return_id>/correct/", filling.correct, name="correct"),
    path("<int:return_id>/approve/", deciding.approve, name="approve"),
    path("<int:return_id>/accept/", deciding.accept, name="accept"),
    path("<int:return_id>/send-back/", deciding.send_back, name="send_back"),
    path("<int:return_id>/reopen/", deciding.reopen, name="reopen"),
    path("<int:return_id>/suspect/", deciding.suspect, name="suspect"),
]
