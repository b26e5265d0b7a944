"""What the steps of demands say: who handled, what waits for an answer, who may not judge."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from songda.deliveries.service.demands.access import BAD_RATING, OBJECTION
from songda.deliveries.service.demands.rules.handling import handled
from songda.ledger.cases.models import Case, CaseStep, Word
from songda.ledger.cases.states import Grade
from songda.registry.people.models import Account, Post

EXTENSION = ("ask_extension", "extend", "refuse_extension")
PROPOSING = ("propose", "solve_on_spot")


def handlers_of(case: Case) -> frozenset[int]:
    """The accounts that handled a case, ever."""
    return handled(CaseStep.objects.filter(case=case).values_list("step", "account_id"))


def latest(case: Case, names: Iterable[str]) -> CaseStep | None:
    """The last step of these names."""
    return CaseStep.objects.filter(case=case, step__in=list(names)).order_by("-seq").first()


def extension_asked(case: Case) -> CaseStep | None:
    """The request for more time that nobody has decided yet."""
    last = latest(case, EXTENSION)
    return last if last is not None and last.step == "ask_extension" else None


def with_extension_asked(cases: QuerySet[Case]) -> QuerySet[Case]:
    """Those of the cases that wait for a decision on more time."""
    last = CaseStep.objects.filter(case=OuterRef("pk"), step__in=EXTENSION).order_by("-seq").values("step")[:1]
    return cases.annotate(extension=Subquery(last)).filter(extension="ask_extension")


def fruitless(case: Case) -> int:
    """How often a return visit did not reach the firm in the present round."""
    proposed = latest(case, PROPOSING)
    return CaseStep.objects.filter(case=case, step="revisit_missed", seq__gt=proposed.seq if proposed else 0).count()


def word_to_appeal(case: Case) -> Word | None:
    """The last low rating of a case that counts, unless an objection to it was raised already."""
    word = Word.objects.filter(case=case, grade__in=(Grade.BAD, Grade.VERY_BAD), struck_at=None).order_by("-cycle").first()
    raised = case.children.filter(machine=OBJECTION) if word else case.children.none()
    return None if word is None or any(one.extra.get("word") == word.pk for one in raised) else word


def fault_of_handler(case: Case, account_id: int | None) -> str:
    """Why this account may not handle a case; empty when it may. A bad rating is put right by somebody who had no part in it."""
    if case.kind.kind.code != BAD_RATING or case.parent is None or account_id not in handlers_of(case.parent):
        return ""
    return _("差评整改须由原经办以外的人办理。")


def fault_of_holder(case: Case, post: Post) -> str:
    """The same for a post that is to hold it."""
    account = Account.objects.filter(person_id=post.person_id).values_list("pk", flat=True).first()
    held = case.parent is not None and case.parent.holder_id == post.pk and case.kind.kind.code == BAD_RATING
    return _("差评整改须由原经办以外的人办理。") if held else fault_of_handler(case, account)
