"""Take in a signed list 签收表导入: all rows or none, with the signed paper as proof for all of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from songda.deliveries.policy.receipts.access import check_may_record, handout_for, recipients_visible_to
from songda.deliveries.policy.receipts.actions.record_receipt import Signing, check_open, check_signing, write_receipt
from songda.deliveries.policy.receipts.models import Handout, Receipt, Recipient
from songda.deliveries.policy.receipts.rules.lists import day_in, identify, places
from songda.deliveries.policy.receipts.states import Method
from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Invalid, Refused, TooMany
from songda.ledger.evidence.actions import Offer, store_several
from songda.registry.actors import Actor
from songda.registry.intake.rules.table import Imported, Table, read, text_of

MOST = 5_000
HINT = "前十行内应有一行表头，至少含“企业名称”（或“统一社会信用代码”）和“签收日期”；可先导出名单，填好后传回。"
METHODS = {"纸质": Method.PAPER, "纸质送达": Method.PAPER, "上门": Method.VISIT, "上门送达": Method.VISIT, "": Method.PAPER}


@dataclass(frozen=True, slots=True)
class Row:
    """A row that says that a firm signed."""

    recipient: Recipient
    told: Signing


def import_signatures(handout_id: int, path: Path, papers: Sequence[Offer], *, by: Actor, now: dt.datetime) -> Imported:
    """Write a receipt for every row with a day of signing; rows without one are firms still to sign, and are passed over.

    Firms that have signed are left alone, so the same file twice writes once. One wrong row and nothing is written.
    """
    check_may_record(by)
    handout = handout_for(handout_id, by)
    check_open(handout)
    table = read(path, identify, HINT)
    if len(table.rows) > MOST:
        raise TooMany(_("签收表超过%(n)d行。") % {"n": MOST}, advice=_("请按街道拆分后导入。"))
    rows, found = plan(handout, table, by, now)
    if found.refused:
        return found
    if not rows and not found.known:
        raise Invalid(_("文件里没有填写签收日期的企业。"), fields={"file": _("签收了的企业请填“签收日期”和“签收人职务”。")})
    if rows and not papers:
        raise Invalid(_("请同时上传签字原件的照片或扫描件。"), fields={"attached": _("纸质和上门送达都要有凭证。")})
    return take(handout, rows, found, papers, (by, now))


@transaction.atomic
def take(
    handout: Handout, rows: Sequence[Row], found: Imported, papers: Sequence[Offer], who: tuple[Actor, dt.datetime]
) -> Imported:
    """All receipts, in one transaction."""
    by, now = who
    kept = store_several(papers, by=by, now=now) if rows else []
    for row in rows:
        write_receipt(row.recipient, row.told, by=by, now=now, evidence_id=kept[0].pk)
    found.kept = len(rows)
    record("receipts.import", handout, by=by, now=now, after={"taken": found.kept, "known": found.known})
    return found


def plan(handout: Handout, table: Table, by: Actor, now: dt.datetime) -> tuple[list[Row], Imported]:
    """Every row read; those that cannot be, with why."""
    columns, found, rows = places(table.headings), Imported(table.headings), []
    book = Book(handout, by)
    for at, row in enumerate(table.rows):
        cells = [text_of(cell) for cell in row]
        said = {name: cells[place] if place < len(cells) else "" for name, place in columns.items()}
        if not said.get("on"):
            continue
        try:
            recipient = book.find(said)
            if recipient.pk in book.signed:
                found.known += 1
                continue
            rows.append(Row(recipient, signing_of(handout, said, now)))
            book.signed.add(recipient.pk)
        except Refused as refused:
            found.refused.append((table.first_row + at, cells, refused.sentence))
    return rows, found


def signing_of(handout: Handout, said: Mapping[str, str], now: dt.datetime) -> Signing:
    """What a row says of the signing; Invalid for what is wrong first."""
    day = day_in(said["on"])
    if day is None:
        raise Invalid(_("“%(day)s”不是日期。") % {"day": said["on"]}, advice=_("请写成 2020-03-17。"))
    method = METHODS.get(said.get("method", "").strip())
    if method is None:
        raise Invalid(_("签收方式应为纸质送达或上门送达。"))
    noon = clock.start_of(day) + dt.timedelta(hours=12)
    at = min(max(noon, handout.began_at), now) if day <= clock.day_of(now) else noon
    told = Signing(method, said.get("receiver", ""), at, said.get("note", ""))
    check_signing(handout, told, now)
    return told


class Book:
    """The recipients in sight, found by code, else by name. Two queries for a whole file."""

    def __init__(self, handout: Handout, by: Actor) -> None:
        rows = recipients_visible_to(by).filter(handout=handout).select_related("subject")
        self.by_code: dict[str, Recipient] = {}
        self.by_name: dict[str, list[Recipient]] = {}
        for one in rows:
            self.by_code[(one.subject.uscc or one.subject.local_number or "").upper()] = one
            for name in {one.name, one.subject.name}:
                self.by_name.setdefault(name, []).append(one)
        self.signed = set(Receipt.objects.filter(recipient__handout=handout, voided_at=None).values_list("recipient", flat=True))

    def find(self, said: Mapping[str, str]) -> Recipient:
        """The recipient that a row names; Invalid for one that is not on the list in sight, or a name that two bear."""
        code, name = said.get("code", "").upper(), said.get("firm", "")
        found = [self.by_code[code]] if code in self.by_code else [] if code else self.by_name.get(name, [])
        if len(found) > 1:
            raise Invalid(_("名单里有多家“%(name)s”。") % {"name": name}, advice=_("请加填统一社会信用代码。"))
        if not found:
            raise Invalid(_("“%(name)s”不在您范围内的应送达名单里。") % {"name": name or code})
        return found[0]
