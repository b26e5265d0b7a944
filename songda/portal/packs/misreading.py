"""What keeps a file from being read, said so that its writer can mend it: encoding, ending, size, and mistakes of YAML 缩进、冒号、制表符."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path

import yaml

from songda.portal.packs.problem import PackProblem

LARGEST = 4 << 20  # bytes of one file; the largest of the bundled pack has a twentieth of it
DEEPEST = 100  # levels, and characters of indent
ENDING = "扩展名须为小写的 .yaml；Windows 请打开“显示文件扩展名”后改名"
BY_WORDS = (
    ("cannot start any token", "有制表符（Tab）或不能用在这里的符号", "缩进只用空格；以 @、`、%、& 等开头的值要加引号"),
    ("mapping values are not allowed", "这里多了一个冒号，或缩进不齐", "值里有“: ”的要加引号；同一组的各行缩进要相同"),
    ("could not find expected ':'", "这里少了冒号", "写成“名称: 值”，半角冒号后面空一格"),
    ("did not find expected key", "缩进不齐，或上一行没有写完", "同一组的各行缩进要相同，一级缩进两个空格"),
    ("did not find expected '-' indicator", "列表的各项没有对齐", "同一列表的“- ”要在同一列"),
    ("did not find expected ',' or '}'", "花括号里少了逗号，或括号没有配对", "各项用半角逗号加空格隔开：{a: 1, b: 2}"),
    ("did not find expected ',' or ']'", "方括号里少了逗号，或括号没有配对", "各项用半角逗号加空格隔开：[a, b]"),
    ("found unexpected end of stream", "引号或括号没有配对", "请从这里往上找没有配对的引号"),
    ("block sequence entries are not allowed", "这里不能用“- ”", "列表要从名称的下一行开始写"),
    ("found undefined alias", "值以 * 开头", "请加引号"),
    ("found undefined tag", "值以 ! 开头", "请加引号"),
)
_WIDE_COLON = re.compile(r"^\s*(?:- )?\{?\s*[A-Za-z_][A-Za-z0-9_]*：|[,，]\s*[a-z_]+：")
_WIDE_COMMA = re.compile(r"[{,][^\"']*，\s*[a-z_]+:")


def odd_files(path: Path, folders: frozenset[str]) -> Iterator[PackProblem]:
    """Files that look as if they belonged to the pack and would be passed over."""
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path).as_posix()
        if not file.is_file() or file.suffix == ".yaml" or any(part.startswith(".") for part in name.split("/")):
            continue
        if re.search(r"\.ya?ml(\.|$)", name.lower()):
            yield PackProblem(name, 0, "", "扩展名不对，没有读", ENDING)
        elif f"{name.partition('/')[0]}/" in folders:
            yield PackProblem(name, 0, "", "这里只放 .yaml 文件", "请移到别处")


def text_in(file: Path, name: str) -> str | PackProblem:
    """The text of a file, or why it cannot be read. A byte order mark is passed over."""
    if file.stat().st_size > LARGEST:
        return PackProblem(name, 0, "", f"文件有 {file.stat().st_size >> 20} MB，太大", f"一个文件不超过 {LARGEST >> 20} MB")
    data = file.read_bytes()
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return PackProblem(name, line, "", "不是 UTF-8 文本", "多半是 GBK：请在记事本里“另存为”，编码选 UTF-8")


def too_deep(text: str) -> bool:
    """Whether brackets or indents go deeper than any file of ours: the YAML reader in C falls over some ten thousand levels."""
    if any(len(line) - len(line.lstrip(" -?")) > DEEPEST for line in text.splitlines()):
        return True
    steps = (1 if mark in "[{" else -1 for mark in re.findall(r"[][{}]", text))
    return max(accumulate(steps), default=0) > DEEPEST


def misread(error: yaml.YAMLError, text: str, name: str) -> PackProblem:
    """What is wrong with the YAML, in words."""
    mark = getattr(error, "problem_mark", None)
    line = mark.line + 1 if mark else 0
    if wide := wide_mark(text, line):
        return PackProblem(name, wide[0], "", *wide[1:])
    said = str(getattr(error, "problem", None) or error)
    for words, message, advice in BY_WORDS:
        if words in said:
            return PackProblem(name, line, "", f"YAML 有误：{message}", advice)
    return PackProblem(name, line, "", f"YAML 有误：{said}", "请看这一行和上一行的缩进、冒号、引号、括号")


def wide_mark(text: str, line: int) -> tuple[int, str, str] | None:
    """The full-width colon or comma behind a mistake: the last one not below the line where the reader gave up."""
    lines = text.splitlines()[:line]
    for at in range(len(lines), max(0, len(lines) - 3), -1):
        if _WIDE_COLON.search(lines[at - 1]):
            return at, "YAML 有误：冒号是全角的“：”", "请改成半角冒号，后面空一格"
        if _WIDE_COMMA.search(lines[at - 1]):
            return at, "YAML 有误：逗号是全角的“，”", "请改成半角逗号，后面空一格"
    return None


def odd_nodes(node: yaml.Node, name: str) -> Iterator[PackProblem]:
    """Names written twice in one group, and anchors (&, *), which a pack has none of."""
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            yield PackProblem(name, one.start_mark.line + 1, "", "不能用 & 和 * 引用", "请把内容写出来，或给值加引号")
            return
        seen.add(id(one))
        if isinstance(one, yaml.SequenceNode):
            waiting += one.value
        elif isinstance(one, yaml.MappingNode):
            yield from _twice(one, name)
            waiting += [value for _key, value in one.value]


def _twice(node: yaml.MappingNode, name: str) -> Iterator[PackProblem]:
    known: dict[object, int] = {}
    for key, _value in node.value:
        if key.value in known:
            yield PackProblem(
                name, key.start_mark.line + 1, "", f"“{key.value}”写了两次", f"第 {known[key.value]} 行已有，请删去一处"
            )
        known[key.value] = key.start_mark.line + 1
