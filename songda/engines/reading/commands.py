"""The verb `read` 读文件: policy files to an outline, to JSON or to plain text. No Django here; the portal's command line adds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from songda.engines.reading.document import Document
from songda.engines.reading.drafts import read
from songda.engines.reading.errors import ReadingError
from songda.engines.reading.source import SUFFIXES, Source, read_file
from songda.engines.reading.terms.rule_drafts import draft_rules
from songda.engines.reading.terms.vocabulary import catalogue_for
from songda.engines.reading.to_json import as_json
from songda.engines.rules.catalogue import Catalogue

DONE, REFUSED, PARTLY = 0, 1, 3
DRAFTED = ("json", "jsonl")  # the forms that show rule drafts


@click.command("read")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="文件或文件夹…")
@click.option("--json", "form", flag_value="json", help="以 JSON 输出：一个文件是一个对象，多个文件按路径合为一个对象。")
@click.option("--jsonl", "form", flag_value="jsonl", help="每个文件输出一行 JSON。")
@click.option("--text", "form", flag_value="text", help="只输出提取的正文。")
@click.option(
    "--pack",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    envvar="SONGDA_PACK",
    help="用这个活动包的事实目录起草规则；默认取环境变量 SONGDA_PACK，再取随附的演示包。",
)
@click.pass_context
def read_files(context: click.Context, files: tuple[Path, ...], *, form: str | None, pack: Path | None) -> None:
    """读取政策文件（.docx、.pdf、.html、.ofd、.txt），列出条款、措施、金额、比例、期限和责任单位，每个值都附原文。

    文件夹中的这些文件逐个读取。退出码：0 全部读出；1 全部不能读取；2 用法错误；3 部分不能读取。
    """
    alone = len(files) == 1 and not files[0].is_dir()
    printer = _PRINTERS[form or "outline"](_vocabulary(pack) if form in DRAFTED else None, alone=alone)
    refused = 0
    for path in every_file(files):
        try:
            printer.show(path)
        except ReadingError as refusal:
            refused += 1
            click.echo(f"{path}：{refusal.sentence}", err=True)
    printer.end()
    context.exit(DONE if not refused and printer.shown else PARTLY if printer.shown else REFUSED)


def reading_of(path: Path, catalogue: Catalogue | None = None) -> Document:
    """The document in a file, with rule drafts where there is a catalogue; a ReadingError says why not."""
    document = read(source_of(path).text)
    return draft_rules(document, catalogue) if catalogue else document


def _vocabulary(pack: Path | None) -> Catalogue | None:
    try:
        catalogue = catalogue_for(pack)
    except (OSError, ValueError) as error:
        raise click.BadParameter(f"读不出活动包的事实目录：{error}", param_hint="--pack") from error
    if catalogue is None:
        click.echo("没有事实目录，不起草规则；请用 --pack 指定活动包。", err=True)
    return catalogue


def source_of(path: Path) -> Source:
    """The text of a file; what a person should know of it goes to standard error."""
    source = read_file(path)
    for note in source.notes:
        click.echo(f"{path}：{note}", err=True)
    return source


def every_file(places: tuple[Path, ...]) -> Iterator[Path]:
    """The files as given; of folders, the files whose names end as those of documents do, in order."""
    for place in places:
        if place.is_dir():
            yield from sorted(one for one in place.rglob("*") if one.suffix.lower() in SUFFIXES and _is_plain(one, place))
        else:
            yield place


def _is_plain(file: Path, folder: Path) -> bool:
    """No hidden file, and none of those that Word keeps beside an open document."""
    return file.is_file() and not any(part.startswith((".", "~$")) for part in file.relative_to(folder).parts)


class _Outlines:
    """Title, articles and measures for people, one document after another."""

    def __init__(self, catalogue: Catalogue | None, *, alone: bool) -> None:
        self.catalogue = catalogue
        self.alone = alone
        self.shown = 0

    def show(self, path: Path) -> None:
        """Print one document, as soon as it is read."""
        self._print(path, reading_of(path, self.catalogue))
        self.shown += 1

    def end(self) -> None:
        """Close what is open."""

    def _print(self, path: Path, document: Document) -> None:
        del path
        click.echo(("\n" if self.shown else "") + _outline(document))


class _Lines(_Outlines):
    """One JSON object a line, with its path."""

    def _print(self, path: Path, document: Document) -> None:
        click.echo(json.dumps({"path": str(path), **as_json(document)}, ensure_ascii=False))


class _Whole(_Outlines):
    """One JSON object: the document itself, or the documents under their paths. Printed piece by piece, so that memory stays small."""

    def _print(self, path: Path, document: Document) -> None:
        shaped = json.dumps(as_json(document), ensure_ascii=False, indent=1)
        if self.alone:
            click.echo(shaped)
        else:
            begun = "," if self.shown else '{"documents": {'
            click.echo(f"{begun}\n{json.dumps(str(path), ensure_ascii=False)}: {shaped}", nl=False)

    def end(self) -> None:
        """Close the object."""
        if self.shown and not self.alone:
            click.echo("}}")


class _Texts(_Outlines):
    """The text as extracted, each file under its path where there are several."""

    def show(self, path: Path) -> None:
        """Print one text."""
        text = source_of(path).text.rstrip("\n")
        click.echo(text if self.alone else f"==> {path} <==\n{text}\n")
        self.shown += 1


_PRINTERS: dict[str, type[_Outlines]] = {"outline": _Outlines, "json": _Whole, "jsonl": _Lines, "text": _Texts}


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
