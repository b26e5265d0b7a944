"""Pages of who goes to firms: what is still to be delivered, one signing, a signed list brought back, a receipt made void."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from songda.deliveries.policy.receipts import actions, queries
from songda.deliveries.policy.receipts.access import handout_for, receipt_to_void, recipient_for
from songda.deliveries.policy.receipts.actions import Signing
from songda.deliveries.policy.receipts.forms import SignedListForm, SigningForm, VoidForm
from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Refused
from songda.kernel.screens.paging import page_of
from songda.kernel.screens.refusals import show_refusal
from songda.kernel.screens.steps import Doing, carried_out
from songda.kernel.uploads import on_disk
from songda.kernel.workbooks import write_refused
from songda.ledger.evidence.forms import EvidenceForm
from songda.registry.intake.rules.table import Imported
from songda.registry.requests import ActingRequest


@door("visits.do")
def mine(request: ActingRequest) -> HttpResponse:
    """The firms that still have to sign, for who goes to them."""
    text = request.GET.get("text", "").strip()
    page = page_of(queries.to_visit(request.actor, text), request)
    return render(request, "policy_receipts/mine.html", {"page": page, "text": text, "today": clock.day_of(clock.now())})


@door("visits.do")
def sign(request: ActingRequest, recipient_id: int) -> HttpResponse:
    """One signing: how, who took it, the photograph."""
    one = recipient_for(recipient_id, request.actor)
    evidence = EvidenceForm(request.POST or None, request.FILES or None, initial={"evidence_kind": "receipt"})

    def act(told: dict[str, Any]) -> str:
        signing = Signing(told["method"], told["receiver"], told["at"], told["note"], evidence.cleaned_data["evidence_key"])
        papers = evidence.offers(subject_id=one.subject_id)
        actions.record_receipt(recipient_id, signing, papers, by=request.actor, now=clock.now())
        return "/policy/receipts/mine/"

    doing = Doing(one.name, act, _("登记签收"), "/policy/receipts/mine/", one.handout.title)
    form = SigningForm(request.POST or None)
    return carried_out(request, form, doing, evidence, "evidence/doing.html")


@door("visits.do")
def import_list(request: ActingRequest, handout_id: int) -> HttpResponseBase:
    """Take in a signed list: all rows, or none and the wrong ones back."""
    one = handout_for(handout_id, request.actor)
    form = SignedListForm(request.POST or None, request.FILES or None)
    evidence = EvidenceForm(request.POST or None, request.FILES or None, initial={"evidence_kind": "receipt"})
    home = f"/policy/receipts/{handout_id}/"
    if form.is_bound and form.is_valid() and evidence.is_valid():
        papers = evidence.offers(subject_id=None, area_path=request.actor.area_paths[0])
        try:
            with on_disk(form.cleaned_data["file"]) as path:
                found = actions.import_signatures(handout_id, path, papers, by=request.actor, now=clock.now())
        except Refused as refusal:
            show_refusal(form, refusal)
        else:
            return refused_rows(found) if found.refused else told(request, found, home)
    doing = Doing(_("导入签收表"), lambda _told: home, _("导入"), home, one.title)
    given = {"form": form, "evidence": evidence, "doing": doing, "submit": doing.submit}
    return render(request, "evidence/doing.html", given)


@door("visits.see")
def void(request: ActingRequest, receipt_id: int) -> HttpResponse:
    """Declare a receipt void."""
    one = receipt_to_void(receipt_id, request.actor)
    home = f"/policy/receipts/{one.recipient.handout_id}/?show=missing"

    def act(said: dict[str, Any]) -> str:
        actions.void_receipt(receipt_id, said["reason"], by=request.actor, now=clock.now())
        return home

    return carried_out(request, VoidForm(request.POST or None), Doing(_("作废签收"), act, _("作废"), home, one.recipient.name))


def told(request: ActingRequest, found: Imported, home: str) -> HttpResponse:
    """What came of a file, said on the delivery's page."""
    messages.success(request, _("已登记%(n)d家，原已签收%(k)d家。") % {"n": found.kept, "k": found.known})
    return redirect(home)


def refused_rows(found: Imported) -> FileResponse:
    """The refused rows as a workbook."""
    stream = io.BytesIO()
    write_refused(stream, found.headings, found.refused)
    stream.seek(0)
    return FileResponse(stream, as_attachment=True, filename="退回-签收表.xlsx", status=422)
