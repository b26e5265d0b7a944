"""Who is reminded 提醒谁: the owner, else who does this work nearest to the place."""

from __future__ import annotations

from songda.deliveries.policy.watch.models import Arrival, Bid
from songda.kernel.paths import above
from songda.registry.people.models import Post
from songda.registry.people.states import Role


def of_arrival(arrival: Arrival) -> list[Post | None]:
    """The owner (else the nearest policy editor) and the nearest dispatcher; [None] where nobody holds such a post."""
    owner = arrival.owner if arrival.owner and arrival.owner.ends_on is None else None
    return _somebody([owner or nearest(arrival.area_path, Role.POLICY_EDITOR), nearest(arrival.area_path, Role.DISPATCHER)])


def of_bid(bid: Bid, *, late: bool) -> list[Post | None]:
    """The owner (else the head of the lead unit); with a day missed also the head and the nearest dispatcher."""
    head = (
        Post.objects.filter(organisation=bid.lead_id, role=Role.DEPARTMENT_LEAD, ends_on=None).order_by("starts_on", "pk").first()
    )
    owner = bid.owner if bid.owner and bid.owner.ends_on is None else None
    return _somebody([owner or head, *([head, nearest(bid.area_path, Role.DISPATCHER)] if late else [])])


def nearest(area_path: str, role: Role) -> Post | None:
    """The post of a role whose territory holds the place, the smallest such territory first."""
    held = Post.objects.filter(organisation__area_path__in=above([area_path]), role=role, ends_on=None).select_related(
        "organisation"
    )
    return max(held, key=lambda post: (len(post.organisation.area_path if post.organisation else ""), -post.pk), default=None)


def _somebody(posts: list[Post | None]) -> list[Post | None]:
    found = {post.pk: post for post in posts if post is not None}
    return [*found.values()] or [None]
