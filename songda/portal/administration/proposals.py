"""Proposals 拟改: edits on their way from the form to the confirmation, signed so that nobody can make one up, good for an hour."""

from __future__ import annotations

from collections.abc import Sequence

from django.core import signing
from django.utils.translation import gettext as _

from songda.kernel.errors import Conflict
from songda.portal.packs.editing import Edit
from songda.registry.actors import Actor

SALT = "songda.administration"
GOOD_FOR = 60 * 60  # seconds


def sealed(section: str, edits: Sequence[Edit], by: Actor) -> str:
    """The edits of one post as one signed text."""
    told = {"section": section, "post": by.post_id, "edits": [[one.name, one.value, one.seen] for one in edits]}
    return signing.dumps(told, salt=SALT, compress=True)


def opened(text: str, by: Actor) -> tuple[str, list[Edit]]:
    """Section and edits; Conflict where the text is too old, another post's or not ours."""
    try:
        told = signing.loads(text, salt=SALT, max_age=GOOD_FOR)
    except signing.BadSignature:
        told = {}
    if not told or told["post"] != by.post_id:
        raise Conflict(_("这份拟改已失效，没有保存。"), advice=_("请重新打开这一条再改。"), code="proposal_expired")
    return told["section"], [Edit(name, value, seen) for name, value, seen in told["edits"]]
