"""Both sides of the search bench, run by `bench_search` in a process with a database of its own."""

from __future__ import annotations

import datetime as dt
import json
import random
import sys
import time
from collections.abc import Callable, Iterator
from statistics import median

from django.core.management import call_command
from django.db import connection
from django.db.models import Q, QuerySet

from songda.kernel.search import actions, queries
from songda.kernel.search.actions import Told
from songda.kernel.search.models import Entry
from songda.kernel.search.rules.folding import fold

WORDS = [
    "支持",
    "中小",
    "微型",
    "企业",
    "复工",
    "复产",
    "疫情",
    "防控",
    "期间",
    "失业",
    "保险",
    "返还",
    "稳岗",
    "补贴",
    "贷款",
    "贴息",
    "融资",
    "担保",
    "房租",
    "减免",
    "税收",
    "优惠",
    "延期",
    "缴纳",
    "社会",
    "保障",
    "职工",
    "培训",
    "科技",
    "创新",
    "研发",
    "投入",
    "专精",
    "特新",
    "瞪羚",
    "高新",
    "技术",
    "认定",
    "奖励",
    "用电",
    "用水",
    "用气",
    "价格",
    "物流",
    "运输",
    "通行",
    "招聘",
    "就业",
    "创业",
    "外贸",
    "出口",
    "信用",
    "修复",
    "施工",
    "许可",
    "项目",
    "审批",
    "土地",
    "供应",
    "市场",
    "监管",
    "服务",
    "平台",
    "政务",
    "大厅",
    "办理",
    "申报",
    "材料",
    "审核",
    "拨付",
    "资金",
    "财政",
    "预算",
    "责任",
    "单位",
    "落实",
    "措施",
    "实施",
    "细则",
    "通知",
    "意见",
    "方案",
    "公告",
    "管理",
    "委员会",
    "工业",
    "信息",
    "发展",
    "改革",
]
QUESTIONS = (
    "贴息",
    "补贴",
    "郑州市",
    "稳岗返还",
    "失业保险返还",
    "贷款贴息 房租",
    "施工许可",
    "郑政〔2020〕15号",
    "wgfh",
    "zxwq",
    "没有此词",
    "",
)


def main(things: int, rounds: int) -> None:
    """Fill, compare, time; one JSON line on standard output."""
    call_command("migrate", verbosity=0)
    start = time.perf_counter()
    actions.rebuild("bench", made(things))
    filled = time.perf_counter() - start
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    rows = [row(question, rounds) for question in QUESTIONS]
    text = sum(len(one) for one in Entry.objects.values_list("body__text", flat=True).iterator())
    told = {"database": connection.vendor, "things": things, "characters": text // things, "filled": filled, "rows": rows}
    sys.stdout.write(json.dumps(told) + "\n")


def row(question: str, rounds: int) -> dict[str, object]:
    """One question on both sides, in turns; the answers are compared first."""
    found, peer = queries.find("bench", question).total, scanned(question).count()
    if not question.isascii() and found != peer:
        raise SystemExit(f"{question}: {found} found, {peer} by LIKE")
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(timed(lambda: queries.find("bench", question)))
        theirs.append(timed(lambda: page_of_scan(question)))
    return {"question": question, "found": found, "ours": median(ours), "worst": max(ours), "peer": median(theirs)}


def timed(call: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    call()
    return time.perf_counter() - start


def scanned(question: str) -> QuerySet[Entry]:
    """The peer: LIKE '%…%' over title, number and text (folded, so that it answers the same); no initials, no facets."""
    rows = Entry.objects.filter(kind="bench")
    for word in fold(question).split():
        rows = rows.filter(Q(head__contains=word) | Q(body__folded__contains=word))
    return rows


def page_of_scan(question: str) -> tuple[int, list]:
    """A count and a page, as a list page asks it."""
    rows = scanned(question)
    return rows.count(), list(rows.order_by("-day", "-object_id").values_list("object_id", "title", "body__text")[:20])


def made(things: int) -> Iterator[tuple[int, Told]]:
    """Invented documents of some 2,400 characters, seeded."""
    chance = random.Random(20200318)
    for key in range(1, things + 1):
        title = "郑州市关于" + "".join(chance.choices(WORDS, k=6)) + "的通知"
        body = "".join(f"{''.join(chance.choices(WORDS, k=9))}，按{chance.randrange(1, 500)}万元。" for _ in range(100))
        day = dt.date(2020, 1, 1) + dt.timedelta(days=chance.randrange(366))
        facets = {
            "level": [chance.choice(("province", "city", "district"))],
            "kind": [chance.choice(("notice", "measures", "plan", "letter"))],
            "category": chance.sample([f"c{n}" for n in range(13)], 2),
            "year": [str(day.year)],
            "issuer": [f"示例单位{chance.randrange(40)}"],
        }
        yield key, Told(title, f"郑政〔2020〕{key}号", body, day, facets)
