"""When events of the trail are an alarm 告警规则 (等保三级 8.1.4.4f): so much of one kind, about one thing, within so long. No Django here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from songda.kernel.words import gettext_lazy as _

WINDOW: Final = dt.timedelta(hours=1)  # as far back as any rule looks
NIGHT: Final = (22, 6)  # hours of the place
MANY_ROWS, ROWS_BY_NIGHT = 5_000, 100
KEPT: Final = 200  # rows behind an alarm that are named one by one; all are counted


@dataclass(frozen=True, slots=True)
class Event:
    """A row of the trail, as far as rules look at it. `hour` is that of the place."""

    id: int
    at: dt.datetime
    hour: int
    action: str
    thing_id: str
    account_id: int | None
    post_id: int | None
    name: str
    origin: str
    told: Mapping[str, object]

    @property
    def rows(self) -> int:
        """How many rows a file held that was taken."""
        count = self.told.get("rows")
        return count if isinstance(count, int) else 0


@dataclass(frozen=True, slots=True)
class Rule:
    """Events of these actions that are alike in `about` (''  for one that does not count), whose weights reach `least` within a while."""

    code: str
    label: object
    actions: frozenset[str]
    about: Callable[[Event], str]
    least: int
    within: dt.timedelta
    weight: Callable[[Event], int] = lambda _event: 1


def account(event: Event) -> str:
    """The account an attempt was for; what was typed, as a digest, where there is none."""
    return f"account:{event.thing_id}" if event.thing_id else f"typed:{event.told.get('typed', '')}"


def address(event: Event) -> str:
    """Where it came from."""
    return f"address:{event.origin}" if event.origin else ""


def post(event: Event) -> str:
    """The post that did it."""
    return f"post:{event.post_id}" if event.post_id else ""


def desk(event: Event) -> str:
    """The post that did it, of the government: a firm takes its own papers when it likes."""
    return "" if event.told.get("firm") else post(event)


def token(event: Event) -> str:
    """The token that was shown."""
    return f"token:{event.thing_id}"


def by_night(event: Event) -> int:
    """Rows taken at an hour when nobody works."""
    return event.rows if event.hour >= NIGHT[0] or event.hour < NIGHT[1] else 0


HALF_AN_HOUR, TEN_MINUTES = dt.timedelta(minutes=30), dt.timedelta(minutes=10)
SIGN_IN, ELSEWHERE, SECOND = "account.refuse_sign_in", "identity.refuse", "account.refuse_second_factor"
REFUSED, TAKEN, TOKEN = "access.refuse", "file.take", "token.refuse"
RULES: Final = (
    Rule("sign_in_account", _("同一账号多次登录失败"), frozenset({SIGN_IN}), account, 5, HALF_AN_HOUR),
    Rule("sign_in_address", _("同一地址多次登录失败"), frozenset({SIGN_IN, ELSEWHERE}), address, 20, HALF_AN_HOUR),
    Rule("second_factor", _("同一账号动态码多次不正确"), frozenset({SECOND}), account, 5, HALF_AN_HOUR),
    Rule("refusals", _("同一岗位多次越权被拒"), frozenset({REFUSED}), post, 10, TEN_MINUTES),
    Rule("token", _("失效的程序令牌仍在使用"), frozenset({TOKEN}), token, 10, TEN_MINUTES),
    Rule("bulk_export", _("短时间内大量导出"), frozenset({TAKEN}), desk, MANY_ROWS, WINDOW, lambda event: event.rows),
    Rule("night_export", _("夜间导出"), frozenset({TAKEN}), desk, ROWS_BY_NIGHT, WINDOW, by_night),
)
NEW_ADDRESS, TRAIL = "new_address", "trail"
LABELS: Final[Mapping[str, object]] = {
    **{rule.code: rule.label for rule in RULES},
    NEW_ADDRESS: _("管理员从未用过的地址登录"),
    TRAIL: _("审计链核验不通过"),
}
ACTIONS: Final = frozenset().union(*(rule.actions for rule in RULES))
WORDS: Final[Mapping[str, object]] = {
    SIGN_IN: _("登录被拒"), SECOND: _("动态码被拒"), REFUSED: _("越权被拒"), TAKEN: _("取走文件"), TOKEN: _("令牌被拒"),
    ELSEWHERE: _("外部身份登录被拒"), "account.sign_in": _("登录"),
}  # fmt: skip
"""What the rows behind an alarm are called."""


def alike(rule: Rule, events: Sequence[Event]) -> dict[str, list[Event]]:
    """The events that count for a rule, by what they are about."""
    found: dict[str, list[Event]] = {}
    for event in events:
        if event.action in rule.actions and rule.weight(event) and (key := rule.about(event)):
            found.setdefault(key, []).append(event)
    return found


def crossing(rule: Rule, events: Sequence[Event]) -> list[Event]:
    """The events, in order, of every stretch of `within` whose weights reach `least`; none where no stretch does."""
    found: dict[int, Event] = {}
    first, weight = 0, 0
    for at, event in enumerate(events):
        weight += rule.weight(event)
        while event.at - events[first].at > rule.within:
            weight -= rule.weight(events[first])
            first += 1
        if weight >= rule.least:
            found |= {one.id: one for one in events[first : at + 1]}
    return list(found.values())
