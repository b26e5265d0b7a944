"""Who sees which deliveries and which firms of them, who begins one, who records what a firm signed."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from songda.deliveries.policy.receipts.models import Handout, Receipt, Recipient
from songda.kernel.errors import NotFound, NotPermitted
from songda.kernel.paths import above, within
from songda.kernel.sight import one_of
from songda.registry.actors import Actor
from songda.registry.subjects.access import visible_to


def handouts_visible_to(actor: Actor) -> QuerySet[Handout]:
    """Deliveries in the actor's areas and those of areas above, which reach them; a firm, those it is a recipient of."""
    if actor.subject_id is not None:
        return Handout.objects.filter(Exists(Recipient.objects.filter(handout=OuterRef("pk"), subject_id=actor.subject_id)))
    return Handout.objects.filter(within(actor.area_paths) | Q(area_path__in=above(actor.area_paths)))


def handout_for(handout_id: int, actor: Actor) -> Handout:
    """One delivery in sight; NotFound otherwise."""
    return one_of(
        handouts_visible_to(actor).filter(pk=handout_id), _("没有这项送达任务，或它不在您的范围内。"), advice=_("请从列表进入。")
    )


def handout_to_run(handout_id: int, actor: Actor) -> Handout:
    """One whose course the actor may change: in his own areas, with `push.send`."""
    check_may_begin(None, actor)
    found = handout_for(handout_id, actor)
    check_may_begin(found.area_path, actor)
    return found


def recipients_visible_to(actor: Actor) -> QuerySet[Recipient]:
    """Recipients by the area they had when the list was drawn; an officer's by his firms; a firm's own."""
    if actor.subject_id is not None:
        return Recipient.objects.filter(subject_id=actor.subject_id)
    if actor.assigned_only:
        return Recipient.objects.filter(subject__in=visible_to(actor))
    return Recipient.objects.filter(within(actor.area_paths))


def recipient_for(recipient_id: int, actor: Actor) -> Recipient:
    """One recipient in sight; NotFound otherwise."""
    return one_of(
        recipients_visible_to(actor).select_related("handout", "subject").filter(pk=recipient_id),
        _("没有这家应送达企业，或它不在您的范围内。"),
        advice=_("请从待送达名单进入。"),
    )


def receipt_to_void(receipt_id: int, actor: Actor) -> Receipt:
    """A receipt in sight that the actor may declare void: who recorded it, or who runs deliveries there."""
    rows = Receipt.objects.filter(recipient__in=recipients_visible_to(actor)).select_related("recipient__handout")
    found = rows.filter(pk=receipt_id).first()
    if found is None or actor.subject_id is not None:
        raise NotFound(_("没有这份签收，或它不在您的范围内。"))
    own = actor.account_id is not None and found.account_id == actor.account_id
    if not own and not actor.may("push.send"):
        raise NotPermitted(_("只有登记人或统筹调度岗位可以作废签收。"))
    return found


def check_may_begin(area_path: str | None, actor: Actor) -> None:
    """Refuse a post without `push.send`, or an area outside its scope."""
    if not actor.may("push.send"):
        raise NotPermitted(_("您当前的岗位不能发起送达任务。"), advice=_("请切换到统筹调度或部门负责人岗位。"))
    if area_path is not None and not actor.works_in(area_path):
        raise NotPermitted(_("送达辖区不在您的管辖范围内。"), advice=_("请选择本辖区或下级辖区。"))


def check_may_record(actor: Actor) -> None:
    """Refuse a post that does not go to firms."""
    if not actor.may("visits.do"):
        raise NotPermitted(_("您当前的岗位不能登记签收。"), advice=_("请由包联干部、街道或部门经办人登记。"))
