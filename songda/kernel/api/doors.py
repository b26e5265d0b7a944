"""Endpoints: each declares its permission, as pages do, and what it answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from ninja import Router
from ninja.security import HttpBearer

from songda.kernel.api.shapes import Refusal
from songda.kernel.doors import SIGNED_IN, declares
from songda.kernel.errors import NotPermitted, Unidentified

Verb = TypeVar("Verb", bound=Callable[..., Any])
REFUSALS: Final = dict.fromkeys((400, 401, 403, 404, 409, 413, 422, 429, 500, 503), Refusal)
KEY: Final = "Idempotency-Key"
KEY_SCHEMA: Final = {
    "name": KEY,
    "in": "header",
    "required": True,
    "schema": {"type": "string", "minLength": 8, "maxLength": 255, "pattern": "^[!-~]+$"},
}


class Token(HttpBearer):
    """The check of one endpoint: a caller was let in (`portal.api`), and its actor holds the permission (any of several, between spaces)."""

    def __init__(self, permission: str) -> None:
        super().__init__()
        self.permission = permission

    def authenticate(self, request: HttpRequest, token: str) -> bool:
        """Whether the caller may; refused with a reason otherwise."""
        del token
        actor = getattr(request, "actor", None)
        if actor is None or not hasattr(request, "caller"):
            raise Unidentified(_("没有令牌，或令牌不正确。"))
        if self.permission != SIGNED_IN and not any(actor.may(one) for one in self.permission.split()):
            raise NotPermitted(
                _("令牌没有此项权限：%(permission)s。") % {"permission": self.permission}, advice=_("请用授权范围足够的令牌。")
            )
        return True


def reads(router: Router, address: str, permission: str, answer: Any, summary: str | Promise) -> Callable[[Verb], Verb]:
    """GET. `permission` as in `kernel.doors.door`, or several of which any opens it."""

    def mark(verb: Verb) -> Verb:
        declared = declares(permission)(verb)
        router.get(address, summary=str(summary), openapi_extra=wants(permission), **described(verb, permission, answer))(
            declared
        )
        return declared

    return mark


def writes(router: Router, address: str, permission: str, answer: Any, summary: str | Promise) -> Callable[[Verb], Verb]:
    """POST, under an Idempotency-Key."""

    def mark(verb: Verb) -> Verb:
        declared = declares(permission)(verb)
        asked = {"parameters": [KEY_SCHEMA], **wants(permission)}
        router.post(address, summary=str(summary), openapi_extra=asked, **described(verb, permission, answer))(declared)
        return declared

    return mark


def described(verb: Callable[..., Any], permission: str, answer: Any) -> dict[str, Any]:
    """What the description says of an operation, whatever its method."""
    scopes = "、".join(permission.split()) if permission != SIGNED_IN else "—"
    return {
        "response": {200: answer, **REFUSALS},
        "auth": Token(permission),
        "operation_id": verb.__name__,
        "description": f"scopes: {scopes}",
    }


def wants(permission: str) -> dict[str, Any]:
    """The scopes of which any opens an operation, for generators of clients."""
    return {"x-scopes": [] if permission == SIGNED_IN else permission.split()}
