"""Pieces of a list by the last row seen (keyset), never by how many came before: the thousandth costs what the first does."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from django.core import signing
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import Field, StringConstraints

from songda.kernel.errors import Invalid
from songda.kernel.screens.paging import beyond, plain, value_of

Row = TypeVar("Row", bound=Model)
Thing = TypeVar("Thing")
MOST = 200


class Paging(Schema):
    """Where to go on, and how many at most."""

    after: Annotated[str, StringConstraints(max_length=600, pattern=r"^[!-~]*$")] = ""
    limit: Annotated[int, Field(ge=1, le=MOST)] = 50


def piece_of(rows: QuerySet[Row], paging: Paging, shaped: Callable[[Sequence[Row]], list[Thing]]) -> dict[str, Any]:
    """One piece of an ordered queryset whose ordering ends in a unique column. Invalid for a cursor that is none of this list's."""
    order = [str(name) for name in rows.query.order_by]
    salt = f"api:{rows.model._meta.label}:{','.join(order)}"
    cursor = opened(paging.after, salt)
    found = list((rows.filter(beyond(order, cursor)) if cursor else rows)[: paging.limit + 1])
    more, found = len(found) > paging.limit, found[: paging.limit]
    after = signing.dumps([plain(value_of(found[-1], name)) for name in order], salt=salt) if more else None
    return {"items": shaped(found), "next": after}


def piece_of_things(things: Sequence[Thing], paging: Paging, key: Callable[[Thing], str]) -> dict[str, Any]:
    """The same of things worked out in memory, in the order of a text key that is each one's own."""
    last = "".join(opened(paging.after, "api:things"))
    ordered = sorted(things, key=key)
    rest = [one for one in ordered if key(one) > last] if last else ordered
    after = signing.dumps([key(rest[paging.limit - 1])], salt="api:things") if len(rest) > paging.limit else None
    return {"items": rest[: paging.limit], "next": after}


def opened(cursor: str, salt: str) -> list[Any]:
    """The values of a cursor."""
    try:
        return list(signing.loads(cursor, salt=salt)) if cursor else []
    except (signing.BadSignature, ValueError) as error:
        raise Invalid(_("续取位置不对。"), fields={"after": _("请原样带回上一次应答中的续取位置，且不要改变筛选。")}) from error
