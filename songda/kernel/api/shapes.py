"""Shapes of what goes in and out, narrow enough that nothing a program sends can reach the database unread."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated, Generic, TypeVar

from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, StrictBool, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

Thing = TypeVar("Thing")
SENSELESS = "senseless"  # the type of an error in the meaning of a value that has the right shape
PLAIN = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f]*$"
FIRST_DAY, LAST_DAY = dt.date(1900, 1, 1), dt.date(2999, 12, 31)


def read_day(value: object) -> dt.date:
    """A day as ISO 8601 writes it, in a century we work in."""
    if isinstance(value, dt.date):
        return value
    if not isinstance(value, str) or not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise PydanticCustomError("day", "2020-03-18")
    try:
        day = dt.date.fromisoformat(value)
    except ValueError as error:
        raise PydanticCustomError("day", "2020-03-18") from error
    if not FIRST_DAY <= day <= LAST_DAY:
        raise PydanticCustomError(SENSELESS, "1900–2999")
    return day


def read_moment(value: object) -> dt.datetime:
    """A moment as ISO 8601 writes it, with its zone, in a century we work in."""
    if isinstance(value, dt.datetime):
        return value
    if not isinstance(value, str) or not re.fullmatch(
        r"\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})", value
    ):
        raise PydanticCustomError("moment", "2020-03-18T09:30:00+08:00")
    if not FIRST_DAY.year < int(value[:4]) < LAST_DAY.year:
        raise PydanticCustomError(SENSELESS, "1900–2999")
    try:
        return dt.datetime.fromisoformat(re.sub(r"\.(\d{1,6})\d*", lambda part: f".{part[1]:<06}", value.upper()))
    except ValueError as error:
        raise PydanticCustomError(SENSELESS, "2020-03-18T09:30:00+08:00") from error


def not_blank(value: str) -> str:
    """Refuse white space alone."""
    if not value.strip():
        raise PydanticCustomError(SENSELESS, "blank")
    return value


def read_whole(value: object) -> object:
    """A whole number as JSON may write it: 12.0 is 12. What is no number stays what it is, to be refused."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


Id = Annotated[int, Field(ge=1, le=2**63 - 1)]  # in an address
IdSent = Annotated[int, Field(strict=True, ge=1, le=2**63 - 1), BeforeValidator(read_whole)]  # in a body
Count = Annotated[int, Field(strict=True, ge=0, le=2**31 - 1), BeforeValidator(read_whole)]
Whole = Annotated[int, Field(strict=True, ge=0, le=2**53), BeforeValidator(read_whole)]
Flag = StrictBool
Code = Annotated[str, StringConstraints(min_length=1, max_length=60, pattern=r"^[A-Za-z0-9_.:-]+$")]
Word = Annotated[str, StringConstraints(max_length=160, pattern=PLAIN)]
Text = Annotated[str, StringConstraints(max_length=4000, pattern=PLAIN)]
Told = Annotated[str, StringConstraints(min_length=1, max_length=160, pattern=PLAIN), AfterValidator(not_blank)]
Day = Annotated[dt.date, BeforeValidator(read_day), WithJsonSchema({"type": "string", "format": "date"})]
Moment = Annotated[dt.datetime, BeforeValidator(read_moment), WithJsonSchema({"type": "string", "format": "date-time"})]
Number = Annotated[str, StringConstraints(pattern=r"^-?[0-9]{1,12}(\.[0-9]{1,6})?$")]


class Given(Schema):
    """What a program sends: nothing but what is named."""

    model_config = ConfigDict(extra="forbid")


class Fault(Schema):
    """What is wrong, and what to do."""

    code: str
    message: str
    advice: str
    fields: dict[str, str]
    request_id: str


class Refusal(Schema):
    """The one shape of every refusal and fault."""

    error: Fault


class Listed(Schema, Generic[Thing]):
    """A piece of a list, and the cursor of the next one (null: that was all)."""

    items: list[Thing]
    next: str | None


def refused_words(kind: str) -> str:
    """What is wrong with a value, in a word for its writer."""
    words = {
        "missing": _("必填。"),
        "extra_forbidden": _("没有这一项。"),
        SENSELESS: _("不在可用范围内。"),
        "day": _("日期写作 2020-03-18。"),
        "moment": _("时间写作 2020-03-18T09:30:00+08:00。"),
    }
    return words.get(kind, _("格式或取值不对。"))
