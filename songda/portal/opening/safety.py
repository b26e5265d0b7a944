"""Looks at safety 安全: how people reach the house, who keeps it, and that nothing of a demonstration is in it."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.db.models import Q

from songda.portal.upkeep import home
from songda.portal.upkeep.doctor.findings import Finding, fault, ok, warning
from songda.registry.campaigns.models import Campaign
from songda.registry.people.models import Account, Post
from songda.registry.people.rules.passwords import has_expired
from songda.registry.people.states import ADMINISTRATORS, Role
from songda.registry.subjects.models import Subject

LOCAL = frozenset({"localhost", "127.0.0.1", "[::1]", "testserver"})
SHOWN = 5


def few(names: list[str]) -> str:
    """The first few of a list, and how many there are."""
    return "、".join(names[:SHOWN]) + (f" 等 {len(names)} 个" if len(names) > SHOWN else "")


def reached() -> Finding:
    """Whether people come over HTTPS, by a name of the house's own, past a proxy that is known."""
    names = [host for host in settings.ALLOWED_HOSTS if host not in LOCAL]
    wrong = []
    if not names:
        wrong.append("SONGDA_HOSTS 只有本机")
    if not settings.SESSION_COOKIE_SECURE:
        wrong.append("SONGDA_HTTPS 没有打开")
    elif not settings.PROXIES:
        wrong.append("SONGDA_PROXIES 为 0，HTTPS 却只能由前面的代理提供")
    if wrong:
        return fault("访问", f"{'；'.join(wrong)}。", "请在环境变量里写明域名、SONGDA_HTTPS=yes、SONGDA_PROXIES=1，然后重启。")
    return ok("访问", f"经 HTTPS 访问 {few(names)}，前面有 {settings.PROXIES} 层代理。")


def key_apart() -> Finding:
    """Whether the key was laid aside: a backup does not bring it along."""
    told = home.told("key_apart.json")
    if told is None:
        return fault(
            "密钥另存", "还没有登记过。", "请把 secret_key 抄存到另一处（加密或锁好），再运行 songda ready --key-apart。"
        )
    return ok("密钥另存", f"{told['at'][:10]} 登记。")


def administrators(on: dt.date) -> Finding:
    """Whether each of the three administrators is there, has changed the first password and set up the second factor."""
    held = Post.objects.filter(Q(ends_on=None) | Q(ends_on__gt=on), role__in=ADMINISTRATORS, person__account__is_active=True)
    posts = list(held.select_related("person__account__second_factor"))
    wrong = [f"没有{Role(role).label}" for role in ADMINISTRATORS if role not in {post.role for post in posts}]
    for post in posts:
        account = post.person.account
        factor = getattr(account, "second_factor", None)
        if account.must_change_password:
            wrong.append(f"{account.username} 还没有改口令")
        elif settings.SECOND_FACTOR != "nobody" and (factor is None or factor.confirmed_at is None):
            wrong.append(f"{account.username} 还没有动态码")
    if wrong:
        return fault("三员", f"{'；'.join(wrong)}。", "请三员各自登录，改口令，设动态码。")
    return ok("三员", f"{len(posts)} 人在任，口令已改，动态码已设。")


def first_passwords(now: dt.datetime) -> Finding:
    """Whether people have come in with their one-time passwords."""
    people = Account.objects.filter(is_active=True).exclude(person__posts__role__in=ADMINISTRATORS)
    waiting, total = list(people.filter(must_change_password=True)), people.count()
    dead = sum(has_expired(one.one_time_from, now) for one in waiting)
    if dead:
        return warning(
            "一次性口令",
            f"{total} 个账号里 {len(waiting)} 个没有登录过，其中 {dead} 个口令已作废。",
            "请安全管理员重发，或停用账号。",
        )
    if waiting:
        return warning("一次性口令", f"{total} 个账号里 {len(waiting)} 个还没有登录过。", "请催本人在 72 小时内登录并改口令。")
    if not total:
        return fault("一次性口令", "除三员外还没有账号。", "请安全管理员导入干部名册。")
    return ok("一次性口令", f"三员以外的 {total} 个账号都已改过口令。")


def no_demonstration() -> Finding:
    """Whether the house is a real one, without anything of a demonstration."""
    if settings.DEMONSTRATION:
        return fault(
            "正式环境",
            "这是演示环境（SONGDA_DEMO=yes），页面和导出都带演示标记。",
            "正式开业请另建 SONGDA_HOME，不设 SONGDA_DEMO。",
        )
    found = {
        "账号": Account.objects.filter(person__demonstration=True).count(),
        "企业": Subject.objects.filter(demonstration=True).count(),
        "活动包": Campaign.objects.filter(demonstration=True).count(),
    }
    if any(found.values()):
        return fault(
            "正式环境",
            f"有演示数据：{'，'.join(f'{name} {n}' for name, n in found.items() if n)}。",
            "请用 songda init 另建正式库。",
        )
    return ok("正式环境", "没有演示账号和演示数据。")
