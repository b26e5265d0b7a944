"""The verb `read` 读文件: policy files to an outline, or to JSON. No Django here; the portal's command line adds it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from songda.engines.reading.document import Document
from songda.engines.reading.drafts import read
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import read_file
from songda.engines.reading.to_json import as_json

DONE, REFUSED, PARTLY = 0, 1, 3


@click.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件…")
@click.option("--json", "machine", is_flag=True, help="以 JSON 输出。")
@click.pass_context
def read_files(context: click.Context, files: tuple[Path, ...], *, machine: bool) -> None:
    """读取政策文件，列出条款、措施、金额、比例、期限和责任单位，每个值都附原文。

    退出码：0 全部读出；1 全部不能读取；2 用法错误；3 部分不能读取。
    """
    documents: dict[str, Document] = {}
    for file in files:
        try:
            documents[str(file)] = read(read_file(file).text)
        except ReadingError as refusal:
            click.echo(f"{file}：{refusal.message}{refusal.advice}", err=True)
    if documents:
        click.echo(_as_json(documents, len(files)) if machine else "\n\n".join(_outline(one) for one in documents.values()))
    refused = len(files) - len(documents)
    context.exit(DONE if not refused else REFUSED if not documents else PARTLY)


def _as_json(documents: dict[str, Document], asked: int) -> str:
    shaped: dict[str, Any] = {path: as_json(document) for path, document in documents.items()}
    whole = next(iter(shaped.values())) if asked == 1 else {"documents": shaped}
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _outline(document: Document) -> str:
    rows = [document.title.value if document.title else "（未读出标题）"]
    rows.append(
        f"文号 {_or(document.number)}  成文 {_or(document.issued_on)}  有效期 {_or(document.valid_from)} 至 {_or(document.valid_until)}"
    )
    for article in document.articles:
        rows.append(
            f"{article.label.text} {article.title.text if article.title else ''}  {'、'.join(one.name for one in article.departments)}".rstrip()
        )
        for measure in article.measures:
            figures = "、".join(one.mark.text for one in (*measure.amounts, *measure.rates, *measure.durations))
            rows.append(f"    · {measure.what.text}{f'（{figures}）' if figures else ''}")
    return "\n".join(rows)


def _or(named: Any) -> str:
    return named.value if named else "未写明"


COMMANDS = (read_files,)

if __name__ == "__main__":
    read_files()
