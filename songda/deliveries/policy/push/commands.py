"""`songda push`: the dry run of a push, and with --confirm the push itself."""

from __future__ import annotations

import datetime as dt
import json

import click

from songda.deliveries.policy.library.models import MeasureVersion
from songda.deliveries.policy.push import actions
from songda.deliveries.policy.push.queries import Preview
from songda.kernel import clock
from songda.kernel.doors import declares
from songda.kernel.errors import NotFound
from songda.registry.actors import Actor
from songda.registry.organisations import queries as organisations
from songda.registry.people import queries as people
from songda.registry.people.models import Account


@click.command("push")
@click.option("--measure", "measures", multiple=True, required=True, help="措施代码，可多次给出。")
@click.option("--area", required=True, help="推送辖区的机构代码。")
@click.option("--channel", "channels", multiple=True, default=("inbox",), show_default=True, help="渠道，可多次给出。")
@click.option("--as", "username", required=True, help="推送人的登录名；须有推送权限。")
@click.option("--confirm", is_flag=True, help="确认推送；不加则只试算。")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares("push.send")
def push(measures: tuple[str, ...], area: str, channels: tuple[str, ...], username: str, **flags: bool) -> None:
    """试算一次推送；加 --confirm 即推送。"""
    now = clock.now()
    by = sender(username, clock.day_of(now))
    versions = published(measures)
    path = organisations.by_code(area).area_path
    told = figures(actions.preview_push(versions, path, channels, by=by, now=now))
    if flags["confirm"]:
        done = actions.push_measures(versions, path, channels, by=by, now=now)
        told |= {"push": done.push.pk, "notices": done.notified.notices, "deliveries": done.notified.deliveries}
    lines = "\n".join(f"{name}: {value}" for name, value in told.items())
    click.echo(json.dumps(told, ensure_ascii=False) if flags["as_json"] else lines)


def sender(username: str, on: dt.date) -> Actor:
    """The acting post of an account that may push; NotFound without one."""
    account = Account.objects.filter(username=username).first()
    posts = people.posts_of(account.person_id, on) if account else ()
    for post in posts:
        actor = people.actor_for(post, on=on)
        if actor.may("push.send"):
            return actor
    raise NotFound(f"没有登录名为 {username} 且可以推送的岗位。", advice="请核对登录名，或由统筹调度员推送。")


def published(codes: tuple[str, ...]) -> list[int]:
    """The published versions of these measures; NotFound for a code without one."""
    found = dict(MeasureVersion.objects.filter(state="published", measure__code__in=codes).values_list("measure__code", "pk"))
    missing = [code for code in codes if code not in found]
    if missing:
        raise NotFound(f"措施 {missing[0]} 不存在或未发布。", advice="请核对措施代码，并先发布。")
    return [found[code] for code in codes]


def figures(preview: Preview) -> dict[str, object]:
    """The figures of a dry run."""
    return {
        "firms": preview.firms,
        "to_tell": preview.to_tell,
        "knowing": preview.knowing,
        "without_contact": len(preview.plan.without_contact),
        "lapsed": preview.lapsed,
        "messages": preview.plan.deliveries,
    }


COMMANDS: tuple[click.Command, ...] = (push,)
