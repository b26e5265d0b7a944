"""Short ways to hold briefings."""

from __future__ import annotations

import datetime as dt

from songda.deliveries.policy.briefings import actions
from songda.deliveries.policy.briefings.actions import NewBriefing, NewLetter
from songda.ledger.evidence.models import Evidence, StoredFile
from songda.registry.people.tests.cast import NOW

HOUR = dt.timedelta(hours=1)
BODY = "致{企业名称}：\n“{措施名称}”适合贵单位，{受理截止}前可办理。\n联系人：{服务专员}。"


def planned(cast, title="示例稳岗政策云宣讲", *, capacity=None, starts=NOW + HOUR, medium="online", **more):
    given = {"join_link": "https://example.org/live", "place": "示例会议室", **more}
    new = NewBriefing(title, medium, cast.bureau.pk, cast.zone.area_path, starts, starts + 2 * HOUR, capacity=capacity, **given)
    return actions.plan_briefing(new, by=cast.desk, now=NOW)


def announced(cast, **more):
    return actions.announce_briefing(planned(cast, **more).pk, by=cast.desk, now=NOW)


def held(cast, **more):
    return actions.hold_briefing(announced(cast, **more).pk, by=cast.desk, now=NOW + 3 * HOUR)


def letter(cast, version, *, audience="unreached", by=None, **more):
    new = NewLetter(
        "致企业的一封信",
        more.pop("body", BODY),
        audience,
        cast.zone.area_path,
        "甲开发区管委会",
        version.pk if version else None,
        **more,
    )
    return actions.write_letter(new, by=by or cast.dispatcher, now=NOW)


def paper_for(subject, by, name="确认单.jpg"):
    file = StoredFile.objects.create(digest=name.rjust(64, "0")[:64], size=1, media_type="image/jpeg", stored_at=NOW)
    return Evidence.objects.create(
        file=file, kind="receipt", name=name, subject=subject, area_path=subject.area_path, given_at=NOW, given_by=by.account_id,
        given_name=by.name,
    )  # fmt: skip
