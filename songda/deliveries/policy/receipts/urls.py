"""Addresses of the room, below `policy/receipts/`."""

from __future__ import annotations

from django.urls import path

from songda.deliveries.policy.receipts.pages import handouts, own, recording

app_name = "receipts"
urlpatterns = [
    path("", handouts.handouts, name="handouts"),
    path("new/", handouts.new, name="new"),
    path("<int:handout_id>/", handouts.handout, name="handout"),
    path("<int:handout_id>/list.xlsx", handouts.export, name="export"),
    path("<int:handout_id>/tell/", handouts.tell, name="tell"),
    path("<int:handout_id>/close/", handouts.close, name="close"),
    path("<int:handout_id>/import/", recording.import_list, name="import"),
    path("mine/", recording.mine, name="mine"),
    path("recipients/<int:recipient_id>/sign/", recording.sign, name="sign"),
    path("receipts/<int:receipt_id>/void/", recording.void, name="void"),
    path("own/", own.own, name="own"),
    path("own/<int:handout_id>/", own.own_handout, name="own_handout"),
    path("own/<int:handout_id>/confirm/", own.confirm, name="confirm"),
]
