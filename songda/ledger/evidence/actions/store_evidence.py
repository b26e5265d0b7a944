"""Take a file in 提交凭证: judged by its content, kept once by its digest, with who gave it, when, where and for whom."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from songda.kernel import clock
from songda.kernel.audit.actions import record
from songda.kernel.errors import Conflict, Invalid
from songda.kernel.files import Incoming, Readable
from songda.ledger.evidence.access import area_of, refuse_stranger
from songda.ledger.evidence.actions.scan_file import scan
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.ledger.evidence.queries import THUMBNAIL, store
from songda.ledger.evidence.rules import files, pictures
from songda.ledger.evidence.rules.traces import without_traces
from songda.ledger.evidence.rules.unfit import Unfit
from songda.registry.actors import Actor


@dataclass(frozen=True, slots=True)
class Given:
    """What goes with a file: for which subject or area, what it shows, when and where (WGS 84, millionths of a degree).

    `read_photo`: the giver allows to keep what a photograph says of its own moment and place; otherwise that is taken out of the file
    before it is stored. `office_only`: the firm does not see it. `request_key` comes from the device: the same again is the same gift.
    """

    subject_id: int | None = None
    area_path: str = ""
    note: str = ""
    taken_at: dt.datetime | None = None
    place: tuple[int, int] | None = None
    office_only: bool = False
    read_photo: bool = False
    request_key: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A file as a form hands it on."""

    upload: Readable
    name: str
    kind: str
    given: Given


def store_several(offers: Sequence[Offer], *, by: Actor, now: dt.datetime) -> list[Evidence]:
    """Take several files in, all or none of their rows."""
    with transaction.atomic():
        return [store_evidence(one.upload, name=one.name, kind=one.kind, given=one.given, by=by, now=now) for one in offers]


def store_evidence(upload: Readable, *, name: str, kind: str, given: Given, by: Actor, now: dt.datetime) -> Evidence:
    """Store a file and what is said of it. Invalid for a file that is not taken (with the reason), TooMany for one too large.

    The bytes are on the disk, forced, before the row is written: a crash leaves at most a file that no row knows, which the nightly
    sweep removes. The same request key again gives the evidence it made; Conflict where it made another.
    """
    refuse_stranger(by)
    earlier = Evidence.objects.filter(request_key=given.request_key).first() if given.request_key else None
    if earlier is not None:
        return _same(earlier, name, by)
    if kind not in Evidence.Kind.values:
        raise Invalid(_("请选择凭证种类。"), fields={"kind": _("照片、信函、回执、清单、记录或其他。")})
    given = replace(given, area_path=area_of(given.subject_id, given.area_path, by), note=given.note.strip()[:200])
    with store().receive(upload, files.MOST_BYTES) as incoming:
        data = incoming.path.read_bytes()
        found = files.judged(name, data)
        if isinstance(found, Unfit):
            raise Invalid(found.message, advice=found.advice, fields={"attached": f"{name}：{found.message}{found.advice}"})
        scan(incoming.path)
        evidence = Evidence(
            kind=kind, name=files.safe_name(name, found), given_at=now, given_by=by.account_id, given_name=by.name
        )
        described = _described(given, data, found)
        if described.read_photo or found.media_type not in files.PICTURES:
            return _written(evidence, described, incoming, found, (by, now))
        with store().receive(io.BytesIO(without_traces(data)), files.MOST_BYTES) as bare:
            return _written(evidence, described, bare, found, (by, now))


def _described(given: Given, data: bytes, kind: files.FileKind) -> Given:
    """What was said, completed by what the photograph says where that is allowed."""
    if not given.read_photo or kind.media_type not in files.PICTURES:
        return given
    seen = pictures.traces(data, clock.place())
    return replace(given, taken_at=given.taken_at or seen.taken_at, place=given.place or seen.place)


def _written(
    evidence: Evidence, given: Given, incoming: Incoming, kind: files.FileKind, who: tuple[Actor, dt.datetime]
) -> Evidence:
    by, now = who
    small = pictures.thumbnail(incoming.path.read_bytes()) if kind.media_type in files.PICTURES else b""
    store().keep(incoming)
    if small:
        store().keep_derived(incoming.digest, THUMBNAIL, small)
    try:
        with transaction.atomic():
            evidence.file = _row_of(incoming, kind, now)
            _describe(evidence, given)
            evidence.save()
            after = {"name": evidence.name, "kind": evidence.kind, "digest": incoming.digest, "subject": given.subject_id}
            record("evidence.give", evidence, by=by, now=now, after=after)
    except IntegrityError:
        twin = Evidence.objects.filter(request_key=given.request_key).first() if given.request_key else None
        if twin is None:
            raise
        return _same(twin, evidence.name, by)
    return evidence


def _row_of(incoming: Incoming, kind: files.FileKind, now: dt.datetime) -> StoredFile:
    """The row of the bytes, one for all who bring the same; a damaged one is whole again."""
    row = StoredFile(digest=incoming.digest, size=incoming.size, media_type=kind.media_type, stored_at=now, verified_at=now)
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    StoredFile.objects.filter(digest=incoming.digest, damaged=True).update(damaged=False, verified_at=now)
    return StoredFile.objects.get(digest=incoming.digest)


def _describe(evidence: Evidence, given: Given) -> None:
    evidence.subject_id = given.subject_id
    evidence.area_path = given.area_path
    evidence.note = given.note
    evidence.office_only = given.office_only
    evidence.taken_at = given.taken_at
    evidence.latitude, evidence.longitude = given.place or (None, None)
    evidence.request_key = given.request_key or None


def _same(earlier: Evidence, name: str, by: Actor) -> Evidence:
    """The earlier gift, if it can be this one: a key never opens what somebody else gave."""
    kind = files.KINDS[earlier.file.media_type]
    if earlier.given_by != by.account_id or earlier.name != files.safe_name(name, kind):
        raise Conflict(_("提交编号已用于另一份凭证。"), advice=_("请刷新后重新提交。"))
    return earlier
