"""`songda demo`: the invented city and the main job, from nothing to delivered notices, then the site."""

from __future__ import annotations

import json
from pathlib import Path

import click
from django.conf import settings
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from songda.kernel.doors import declares
from songda.kernel.errors import NotPermitted
from songda.portal.cli.serve import serve
from songda.portal.demo.running import Demonstration, Run, standin

LABELS = {
    "migrate": "建库", "pack": "装载活动包", "city": "生成演示城市", "people": "开立演示账号", "publish": "审核并发布措施",
    "guides": "落实方案与操作指南", "edition": "政策汇编", "match": "匹配政策与主体", "push": "推送与送达", "ledger": "登记台账", "replay": "重放原文", "visits": "走访企业", "receipts": "送达签收", "talks": "跟踪争取与宣讲", "targets": "全年目标与统计入库",
    "resumption": "复工复产", "returns": "报送", "bulletins": "简报", "tallies": "日计与指标", "reading": "简报读数",
}  # fmt: skip
HERE = Path(__file__).resolve().parents[3]


@click.command("demo")
@click.option(
    "--pack", "path", type=click.Path(exists=True, file_okay=False, path_type=Path), help="活动包；默认随附的郑州 2020。"
)
@click.option("--serve/--no-serve", "serving", default=True, show_default=True, help="完成后启动网站。")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出结果。")
@declares("system.configure")
def demo(*, path: Path | None, serving: bool, host: str, port: int, as_json: bool) -> None:
    """演示：建库、装载活动包、生成城市、发布、匹配、推送；再次运行保留数据。"""
    refuse_real_mode()
    report = run(path or HERE / "packs" / "zhengzhou-2020")
    click.echo(json.dumps(report.as_dict(), ensure_ascii=False) if as_json else words(report, host, port))
    if serving:
        with standin():
            serve(host, port)


def refuse_real_mode() -> None:
    """A demonstration never shares a home with real data: it has to be asked for."""
    if not settings.DEMONSTRATION:
        raise NotPermitted(
            "演示只能在演示环境中运行。", advice="请设置 SONGDA_DEMO=yes 与单独的 SONGDA_HOME，再运行 songda demo。"
        )


def run(path: Path) -> Demonstration:
    """Everything, with a bar a stage on standard error."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True)) as bars:
        rows: dict[str, TaskID] = {}

        def show(stage: str, done: int, of: int) -> None:
            if stage not in rows:
                rows[stage] = bars.add_task(LABELS[stage], total=of or None)
            bars.update(rows[stage], completed=done, total=of or None)

        return Run(path, show).everything()


def words(report: Demonstration, host: str, port: int) -> str:
    """The report for people."""
    verdicts = "，".join(f"{answer} {count}" for answer, count in report.verdicts.items())
    times = "，".join(f"{LABELS[one.name]} {one.seconds}s{'' if one.done else '（已有）'}" for one in report.stages)
    names = "\n".join(f"  {one['account']:<14}{one['label']}" for one in report.accounts)
    return (
        f"主体 {report.subjects} 个，其中企业 {report.firms} 家；事实 {report.facts} 条；已发布措施 {report.measures} 项\n"
        f"判定：{verdicts}\n"
        f"通知 {report.notices} 份，送达企业 {report.firms_reached} 家，{report.person_times} 人次\n"
        f"台账事项 {report.cases} 件\n"
        f"用时 {report.seconds}s（{times}）\n"
        f"网址 http://{host}:{port}/  口令一律为 {report.password}\n{names}"
    )


COMMANDS: tuple[click.Command, ...] = (demo,)
