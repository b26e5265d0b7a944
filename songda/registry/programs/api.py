"""Who a token is."""

from __future__ import annotations

import datetime as dt
from typing import cast

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router, Schema

from songda.kernel.api.doors import reads
from songda.kernel.doors import SIGNED_IN
from songda.registry.programs.queries import Caller
from songda.registry.programs.rules import LIMITS

router = Router()


class Me(Schema):
    """The token, and the post it stands for. `permissions` are what is open now: the scopes that the post still holds."""

    token: str
    name: str
    expires_on: dt.date
    role: str
    organisation_id: int | None
    subject_id: int | None
    area_paths: list[str]
    scopes: list[str]
    permissions: list[str]
    limits: dict[str, int]


@reads(router, "/me", SIGNED_IN, Me, _("本令牌与其岗位"))
def me(request: HttpRequest) -> Me:
    """Who am I, and what may I do."""
    caller = cast("Caller", vars(request)["caller"])
    token, actor = caller.token, caller.actor
    return Me(
        token=f"sda_{token.pk}_…{token.tail}", name=token.name, expires_on=token.expires_on, role=actor.role,
        organisation_id=actor.organisation_id, subject_id=actor.subject_id, area_paths=list(actor.area_paths),
        scopes=token.scopes, permissions=sorted(actor.permissions), limits=dict(LIMITS),
    )  # fmt: skip
