"""Who reads, writes and publishes: drafts by who writes or publishes in the territory, published bulletins also by those below it,
news items, once released and past their embargo, by everybody who may see bulletins."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from songda.kernel.errors import NotPermitted
from songda.kernel.paths import heads, within
from songda.kernel.sight import one_of
from songda.office.bulletins.models import Piece, Submission
from songda.registry.actors import Actor
from songda.registry.organisations.models import Organisation

WRITE, PUBLISH, SEE = "bulletins.write", "bulletins.publish", "bulletins.see"


def visible_to(actor: Actor, now: dt.datetime) -> QuerySet[Piece]:
    """The pieces in an actor's sight at a moment."""
    if not actor.may(SEE) or actor.subject_id is not None:
        return Piece.objects.none()
    above = [head for path in actor.area_paths for head in heads(path)]
    reach = within(actor.area_paths) | Q(area_path__in=above)
    free = Q(frame=None) | Q(frame__embargo_until=None) | Q(frame__embargo_until__lte=now)
    seen = Q(state="published", readers="public") & free & reach
    if actor.may("figures.see") or actor.may("returns.see"):
        seen |= Q(state="published", sort="bulletin") & reach
    if works(actor):
        seen |= within(actor.area_paths)
    return Piece.objects.filter(seen)


def works(actor: Actor) -> bool:
    """Whether the post writes or publishes at all: it sees drafts and what is under embargo."""
    return actor.may(WRITE) or actor.may(PUBLISH)


def piece_for(piece_id: int, actor: Actor, now: dt.datetime) -> Piece:
    """One piece in sight; NotFound for any other."""
    return one_of(
        visible_to(actor, now).select_related("template", "unit", "restates", "frame").filter(pk=piece_id),
        _("没有这份稿件，或它不在您的范围内。"),
        advice=_("请从列表重新进入。"),
    )


def piece_to_write(piece_id: int, actor: Actor, now: dt.datetime) -> Piece:
    """A piece that the actor may write on."""
    require(actor, WRITE)
    return _inside(piece_for(piece_id, actor, now), actor)


def piece_to_publish(piece_id: int, actor: Actor, now: dt.datetime) -> Piece:
    """A piece that the actor may publish."""
    require(actor, PUBLISH)
    return _inside(piece_for(piece_id, actor, now), actor)


def submissions_visible_to(actor: Actor) -> QuerySet[Submission]:
    """What units of the actor's territories sent in."""
    return Submission.objects.filter(within(actor.area_paths)) if works(actor) else Submission.objects.none()


def submission_for(submission_id: int, actor: Actor) -> Submission:
    """One of them; NotFound for any other."""
    return one_of(
        submissions_visible_to(actor).select_related("unit", "template", "piece").filter(pk=submission_id),
        _("没有这份报送，或它不在您的范围内。"),
        advice=_("请从列表重新进入。"),
    )


def unit_to_write_for(unit_id: int, actor: Actor) -> Organisation:
    """A unit in whose name the actor may write: within the actor's territories."""
    require(actor, WRITE)
    found = Organisation.objects.filter(within(actor.area_paths), pk=unit_id, ends_on=None).first()
    if found is None:
        raise NotPermitted(_("您不能以该单位的名义编写。"), advice=_("请选择本单位或所在辖区的单位。"))
    return found


def require(actor: Actor, permission: str) -> None:
    """Refuse a post without the permission."""
    if not actor.may(permission):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=_("请交有权限的岗位办理。"))


def _inside(piece: Piece, actor: Actor) -> Piece:
    if not actor.works_in(piece.area_path):
        raise NotPermitted(_("这份稿件属于别的辖区。"), advice=_("请交该辖区办理。"))
    return piece
