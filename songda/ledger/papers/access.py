"""Who reads a paper and who may write or issue one: the kind names the permissions, the unit the place."""

from __future__ import annotations

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted
from songda.kernel.paths import above, within
from songda.kernel.sight import one_of
from songda.ledger.papers.models import KindVersion, Paper
from songda.ledger.papers.rules.kinds import DRAFTING, ISSUING, PaperKind, kind_of
from songda.ledger.papers.states import NUMBERED, Readers
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation
from songda.registry.organisations.queries import territory_of
from songda.registry.subjects import access as subjects
from songda.registry.subjects.models import Subject


def looks(actor: Actor) -> None:
    """Refuse a post that has nothing to do with papers (the administrators)."""
    if not (actor.may("firm.read") if actor.subject_id is not None else actor.may("policy.see") or works(actor)):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请切换岗位，或联系安全管理员。"))


def works(actor: Actor) -> bool:
    """Whether the post may draft or issue papers of any kind at all."""
    return actor.subject_id is None and bool(actor.permissions & (DRAFTING | ISSUING))


def visible_to(actor: Actor) -> QuerySet[Paper]:
    """Papers in an actor's sight: issued ones by their readers, drafts by who may write for the unit."""
    looks(actor)
    return Paper.objects.filter(in_sight(actor)).select_related("kind", "unit", "subject")


def in_sight(actor: Actor) -> Q:
    """The condition that a paper is in an actor's sight."""
    numbered = Q(state__in=NUMBERED)
    if actor.subject_id is not None:
        home = Subject.objects.filter(pk=actor.subject_id).values_list("area_path", flat=True)
        own = Q(readers=Readers.FIRM, subject_id=actor.subject_id)
        return numbered & (Q(readers=Readers.PUBLIC, subject=None, area_path__in=above(home)) | own)
    reach = within(actor.area_paths) | Q(area_path__in=above(actor.area_paths))
    read = numbered & Q(readers=Readers.PUBLIC) & reach
    if actor.may("organisations.see"):
        read |= numbered & Q(readers=Readers.OFFICE, subject=None) & reach
    if actor.may("subjects.see"):
        firms = subjects.visible_to(actor).values("pk")
        read |= numbered & Q(readers__in=(Readers.OFFICE, Readers.FIRM), subject__in=firms) & within(actor.area_paths)
    if actor.may("cases.see"):
        read |= numbered & Q(readers=Readers.LEDGER) & within(actor.area_paths)
    return read | Q(unit_id__in=units_of(actor), kind_id__in=own_kinds(actor)) if works(actor) else read


def own_kinds(actor: Actor) -> list[int]:
    """The kind versions that the post may draft or issue: it sees their drafts, and what is for the unit alone."""
    kinds = KindVersion.objects.values_list("pk", "body")
    return [key for key, body in kinds if actor.permissions & {*body["draft"], *body["issue"]}]


def paper_for(paper_id: int, actor: Actor) -> Paper:
    """One paper in sight; NotFound for any other."""
    return one_of(visible_to(actor).filter(pk=paper_id), _("没有这份文书，或它不在您的范围内。"), advice=_("请从列表重新进入。"))


def paper_to_work(paper_id: int, actor: Actor, step: str) -> Paper:
    """A paper for a step ('draft', 'issue'); NotPermitted where the kind or the unit is not the actor's."""
    paper = paper_for(paper_id, actor)
    require(spec_of(paper.kind), paper.unit_id, actor, step)
    return paper


def require(kind: PaperKind, unit_id: int, actor: Actor, step: str) -> None:
    """Refuse a post without a permission that the kind names, or that does not speak for the unit."""
    if not may(kind, actor, step):
        raise NotPermitted(_("您的岗位不能办理“%(kind)s”的这一步。") % {"kind": kind.label}, advice=_("请交有权限的岗位办理。"))
    if unit_id not in units_of(actor):
        raise NotPermitted(_("您不能以该单位的名义办理文书。"), advice=_("请选择本单位或所在辖区。"))


def may(kind: PaperKind, actor: Actor, step: str) -> bool:
    """Whether a post holds one of the permissions that the kind names for a step."""
    named = kind.issue if step == "issue" else kind.draft
    return actor.subject_id is None and bool(named & actor.permissions)


def units_of(actor: Actor) -> set[int]:
    """The units in whose name a post writes: its own, the territory that works for, and below a territory all its units."""
    found = Organisation.objects.select_related("parent")
    own = found.filter(pk=actor.organisation_id).first() if actor.organisation_id is not None else None
    if own is None:
        return set()
    home = territory_of(own)
    if home.pk != own.pk:
        return {own.pk, home.pk}
    return set(Organisation.objects.filter(within([own.area_path]), ends_on=None).values_list("pk", flat=True))


def spec_of(version: KindVersion) -> PaperKind:
    """A kind version, read."""
    return kind_of(version.body)
