"""The actor 当前岗位: one person acting through one post, as every access check sees it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from songda.kernel.errors import NotPermitted
from songda.kernel.words import gettext as _


@dataclass(frozen=True, slots=True)
class Actor:
    """A frozen summary of account, person and post, made once per request (`people.queries.actor_for`).

    `area_paths` are the subtrees in scope (several for a task force; empty: none). `subject_id` is set when the post acts
    for a firm: such an actor sees that firm alone. `assigned_only` narrows officers to the firms assigned to them. `covers` are the
    posts that this one stands in for today 代理: what is theirs is in sight, and what is done for them says so.
    """

    account_id: int | None
    person_id: int | None
    post_id: int | None
    name: str
    role: str
    permissions: frozenset[str] = field(default_factory=frozenset)
    area_paths: tuple[str, ...] = ()
    organisation_id: int | None = None
    subject_id: int | None = None
    assigned_only: bool = False
    covers: tuple[int, ...] = ()

    @property
    def posts(self) -> tuple[int, ...]:
        """The post itself and those it stands in for; none for the system."""
        return () if self.post_id is None else (self.post_id, *self.covers)

    def may(self, permission: str) -> bool:
        """Whether the post carries this permission."""
        return permission in self.permissions

    def works_in(self, area_path: str) -> bool:
        """Whether a territory lies in the actor's own."""
        return any(area_path.startswith(path) for path in self.area_paths)


def system(name: str = "系统") -> Actor:
    """The actor of scheduled jobs and of the first installation: no account, sees the whole place, holds no permission
    of a person (jobs call actions that take `by` for the record; doors are for people)."""
    return Actor(account_id=None, person_id=None, post_id=None, name=name, role="system", area_paths=("",))


def house(*permissions: str) -> Actor:
    """The system taking steps of its own accord (a rule that assigns, a post that ended), with just the rights it needs."""
    return replace(system(), permissions=frozenset(permissions))


def require(actor: Actor, *permissions: str, advice: str = "") -> None:
    """Refuse a post that holds none of these permissions. The system itself is let pass."""
    if actor.role != "system" and not any(actor.may(one) for one in permissions):
        raise NotPermitted(_("您当前的岗位没有此项权限。"), advice=advice or _("请切换岗位，或联系安全管理员。"))


def require_area(actor: Actor, area_path: str) -> None:
    """Refuse a territory outside the actor's own."""
    if not actor.works_in(area_path):
        raise NotPermitted(_("所选辖区不在您的管辖范围内。"), advice=_("请选择本辖区或下级辖区。"))
