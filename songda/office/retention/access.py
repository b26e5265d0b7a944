"""Who sees exports of a firm's data, and what a hold may be laid on.

Purges and holds belong to the whole house and show no business content: the door's permission is all they ask for.
"""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted
from songda.kernel.sight import one_of
from songda.ledger.cases.models import Case
from songda.office.retention.models import FirmExport, Hold, Purge
from songda.registry.actors import Actor
from songda.registry.subjects.access import subject_for
from songda.registry.subjects.models import Subject


def exports_visible_to(actor: Actor) -> QuerySet[FirmExport]:
    """A firm's own exports for its clerk; for a registry clerk those asked for by the posts it holds or covers."""
    rows = FirmExport.objects.select_related("subject").order_by("-id")
    if actor.subject_id is not None:
        return rows.filter(subject_id=actor.subject_id) if actor.may("firm.act") else rows.none()
    return rows.filter(post_id__in=actor.posts) if actor.may("subjects.export") else rows.none()


def export_for(export_id: int, actor: Actor) -> FirmExport:
    """One export in sight; NotFound for any other."""
    return one_of(exports_visible_to(actor).filter(pk=export_id), _("没有这份导出，或您无权查看。"))


def subject_to_export(subject_id: int, actor: Actor) -> Subject:
    """The firm whose data an actor may take out: its own, or one in sight of who may export on behalf."""
    own = actor.subject_id is not None and actor.may("firm.act")
    if not own and not (actor.subject_id is None and actor.may("subjects.export")):
        raise NotPermitted(_("您的岗位不能导出企业数据。"), advice=_("请由企业联系人本人，或注册登记员代为申请。"))
    return subject_for(subject_id, actor)


def purge_for(purge_id: int) -> Purge:
    """One purge."""
    return one_of(Purge.objects.filter(pk=purge_id), _("没有这份销毁提请。"))


def hold_for(hold_id: int) -> Hold:
    """One hold."""
    return one_of(Hold.objects.filter(pk=hold_id), _("没有这项暂停销毁。"))


def firm_numbered(number: str) -> Subject:
    """The firm with exactly this credit code or local number: whoever holds the order of a court holds the code too."""
    found = Subject.objects.filter(uscc=number.upper()) | Subject.objects.filter(local_number=number)
    return one_of(
        found, _("没有代码或编号为“%(number)s”的主体。") % {"number": number}, advice=_("请按来文核对统一社会信用代码。")
    )


def case_numbered(number: str) -> Case:
    """The matter with exactly this number."""
    return one_of(Case.objects.filter(number=number), _("没有编号为“%(number)s”的事项。") % {"number": number})
