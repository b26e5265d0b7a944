"""What a news item has beside its text: frame, quotations, photographs."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from songda.kernel import clock
from songda.kernel.doors import door
from songda.kernel.errors import Invalid
from songda.kernel.screens.steps import Doing, attempt, carried_out
from songda.ledger.evidence.actions import store_several
from songda.ledger.evidence.forms import EvidenceForm
from songda.office.bulletins import access, actions
from songda.office.bulletins.forms import FrameForm, PhotoForm, QuotationForm
from songda.office.bulletins.queries.press import frame_of
from songda.registry.requests import ActingRequest

HERE = "/bulletins/"
FIELDS = ("kicker", "reporters", "correspondents", "place", "embargo_until")


@door(access.WRITE)
def frame(request: ActingRequest, piece_id: int) -> HttpResponse:
    """By-line, kicker, place, embargo."""
    found = access.piece_to_write(piece_id, request.actor, clock.now())
    held = frame_of(found)
    form = FrameForm(request.POST or None, initial={name: getattr(held, name, None) for name in FIELDS})

    def act(told: dict[str, Any]) -> str:
        actions.frame_news(piece_id, actions.Frame(**told), by=request.actor, now=clock.now())
        return f"{HERE}{piece_id}/"

    return carried_out(request, form, Doing(_("新闻要素"), act, _("保存"), f"{HERE}{piece_id}/", found.title))


@door(access.WRITE)
def quotation(request: ActingRequest, piece_id: int) -> HttpResponse:
    """Register words of a person; the file given with it is the consent."""
    found = access.piece_to_write(piece_id, request.actor, clock.now())
    evidence = EvidenceForm(request.POST or None, request.FILES or None)

    @transaction.atomic
    def act(told: dict[str, Any]) -> str:
        given = store_several(evidence.offers(subject_id=None, area_path=found.area_path), by=request.actor, now=clock.now())
        consent = given[0].pk if given else None
        actions.add_quotation(piece_id, told["words"], told["speaker"], consent, by=request.actor, now=clock.now())
        return f"{HERE}{piece_id}/"

    doing = Doing(_("登记引语"), act, _("登记"), f"{HERE}{piece_id}/", _("附上本人同意刊发的凭证；没有同意不能发布。"))
    return carried_out(request, QuotationForm(request.POST or None), doing, evidence, "evidence/doing.html")


@door(access.WRITE)
def photo(request: ActingRequest, piece_id: int) -> HttpResponse:
    """Add a photograph; a second file is the consent of who can be known on it."""
    found = access.piece_to_write(piece_id, request.actor, clock.now())
    evidence = EvidenceForm(request.POST or None, request.FILES or None)

    @transaction.atomic
    def act(told: dict[str, Any]) -> str:
        given = store_several(evidence.offers(subject_id=None, area_path=found.area_path), by=request.actor, now=clock.now())
        pictures = [one for one in given if one.is_picture]
        if not pictures:
            raise Invalid(_("请附上照片。"), fields={"attached": _("请附上照片。")})
        consent = next((one.pk for one in given if one.pk != pictures[0].pk), None)
        new = actions.NewPhoto(pictures[0].pk, told["caption"], consent, told["no_faces"])
        actions.add_photo(piece_id, new, by=request.actor, now=clock.now())
        return f"{HERE}{piece_id}/"

    doing = Doing(_("添加照片"), act, _("添加"), f"{HERE}{piece_id}/", _("先选照片，再选同意刊发的凭证。"))
    return carried_out(request, PhotoForm(request.POST or None), doing, evidence, "evidence/doing.html")


@require_POST
@door(access.WRITE)
def remove(request: ActingRequest, piece_id: int, number: int, what: str) -> HttpResponse:
    """Take a quotation or photograph out of a draft."""
    act = actions.remove_photo if what == "photo" else actions.remove_quotation
    return attempt(request, lambda: act(piece_id, number, by=request.actor, now=clock.now()), f"{HERE}{piece_id}/", _("已去掉。"))
