"""Steps that ask for a note, a word to the firm and evidence, and nothing else: one by one, or for many at once 批量办理."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict, NotFound, Refused
from songda.ledger.cases.access import case_to_step, label_of
from songda.ledger.cases.actions.step_case import Said, step_case
from songda.ledger.cases.models import Case, CaseStep
from songda.ledger.cases.queries.steps import CLOSING, is_plain, lacking
from songda.ledger.evidence.actions import Given, store_evidence
from songda.ledger.evidence.models import Evidence
from songda.registry.actors import Actor

MOST = 200
PICTURES = (".jpg", ".jpeg", ".png", ".heic", ".webp")


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one case of a batch: done, or why not. `case` is None where nothing is known of it."""

    case_id: int
    case: Case | None
    done: bool
    why: str = ""


@transaction.atomic
def plain_step(
    case_id: int, name: str, said: Said, *, by: Actor, now: dt.datetime, file: UploadedFile[bytes] | None = None
) -> CaseStep:
    """Take a plain step, with a file as its evidence. NotFound for a step that has a page of its own; Conflict for a matter that may
    not be written off yet.
    """
    case = case_to_step(case_id, name, by)
    if not is_plain(case.machine, name):
        raise NotFound(
            _("“%(step)s”须在专门的页面办理。") % {"step": label_of(case.machine, name)}, advice=_("请打开该事项办理。")
        )
    if name in CLOSING and (lacks := lacking(case, by)):
        raise Conflict(" ".join(lacks), advice=_("补齐后再办理；需要补办的，请退回。"))
    if file is not None:
        kind = Evidence.Kind.PHOTO if str(file.name).lower().endswith(PICTURES) else Evidence.Kind.OTHER
        given = Given(subject_id=case.subject_id, area_path=case.area_path, request_key=f"{said.request_key}.f"[:64])
        kept = store_evidence(file, name=str(file.name), kind=kind, given=given, by=by, now=now)
        said = replace(said, evidence=[*said.evidence, kept.pk])
    return step_case(case_id, name, said, by=by, now=now)


def step_many(
    cases: Sequence[tuple[int, int]], name: str, said: Said, *, by: Actor, now: dt.datetime, batch_key: str
) -> list[Result]:
    """Take a step for cases given as (id, version as seen), at most `MOST`: each with the checks of a single one, in a transaction
    of its own. Sent twice under one `batch_key`, it is done once.
    """
    results = []
    for case_id, version in cases[:MOST]:
        one = replace(said, version=version, request_key=f"{batch_key}:{case_id}"[:64])
        try:
            step = plain_step(case_id, name, one, by=by, now=now)
            results.append(Result(case_id, step.case, done=True))
        except Refused as refused:
            results.append(Result(case_id, None, done=False, why=refused.sentence))
    return results
