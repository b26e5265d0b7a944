"""From the dead ends of a text to one problem that a person can act on."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lark import Token

from songda.engines.rules.build import Chain
from songda.engines.rules.build_numbers import SnagError, span_of
from songda.engines.rules.lattice import Branch, DeadEnd, Lattice, acceptable
from songda.engines.rules.lexicon import TERMINAL_OF_KIND, WALLS, Lexicon
from songda.engines.rules.nearest import nearest
from songda.engines.rules.problem import Fix, Problem
from songda.engines.rules.words import SPELLINGS, expected_classes

_OPERATORS = re.compile(r"[\s(){},，;；:：、→「」。<>=≥≤≠+×÷]|不少于|不低于|不超过|大于|小于|超过|属于|不属于|介于|满|且|或")
_CHINESE_NUMBER = re.compile(r"[一二两三四五六七八九十百千]+[个]?[人户家项件台亩元年月天]")


@dataclass(frozen=True, slots=True)
class Scene:
    """A token out of place, in its text, with the terminals that could stand there."""

    text: str
    token: Token
    expected: set[str]

    @property
    def start(self) -> int:
        """Where the token begins."""
        return span_of(self.token)[0]

    @property
    def end(self) -> int:
        """Where it ends."""
        return span_of(self.token)[1]

    @property
    def found(self) -> str:
        """The token as typed."""
        return self.text[self.start : self.end]


def blame(text: str, lattice: Lattice) -> Problem:
    """The problem of a text that has no reading: its furthest dead end, snags first, then tokens out of place."""
    worst = max(lattice.dead, key=lambda one: (one.place, one.snag is not None, one.token is not None))
    if worst.snag is not None:
        return blame_snag(text, worst.snag)
    expected = acceptable(worst.branch.state) if not worst.branch.must else set(worst.branch.must)
    if worst.token is None:
        return _unknown_word(text, lattice, worst, expected)
    special = _SPECIAL.get(worst.token.type)
    return (
        (special and special(Scene(text, worst.token, expected)))
        or _misread(text, lattice, worst, expected)
        or _out_of_place(text, worst.token, expected)
    )


def blame_snag(text: str, snag: SnagError) -> Problem:
    """The problem of a part that reads but cannot be meant."""
    return _SNAGS[snag.code](text, snag)


# ---- tokens out of place ------------------------------------------------------------------------------------------


def _out_of_place(text: str, token: Token, expected: set[str]) -> Problem:
    start, end = span_of(token)
    classes = expected_classes(expected)
    if expected and expected <= {"IN", "OUT"}:
        return _mark_missing(start)
    if token.type == "$END":
        return Problem("incomplete", end, end, f"不完整，还缺{_list(classes)}", expected=classes)
    found = text[start:end]
    return Problem("unexpected", start, end, f"「{found}」不能放在这里，这里应为{_list(classes)}", found, classes)


def _misread(text: str, lattice: Lattice, dead: DeadEnd, expected: set[str]) -> Problem | None:
    """A keyword read off the front of a mistyped name: 满 of 满意读."""
    if dead.token is None or dead.token.type == "$END" or lattice.scanner.walled(dead.token):
        return None
    names = fitting_names(lattice.lexicon, expected, dead.branch.code_list)
    near = nearest(text[dead.place : _word_end(text, dead.place, span_of(dead.token)[1])], names)
    return _unknown(text, dead.place, expected, near) if near else None


def _mark_missing(place: int) -> Problem:
    fixes = tuple(Fix(f"补上{mark}", f" {mark} ") for mark in ("(含)", "(不含)"))
    return Problem(
        "mark_missing", place, place, "请说明是否包含这个数：在数后写 (含) 或 (不含)", expected=("(含) 或 (不含)",), fixes=fixes
    )


def _bare_bound(scene: Scene) -> Problem | None:
    start, end, word = scene.start, scene.end, scene.found
    fixes = tuple(Fix(f"{word}{mark}", f"{word}{mark}") for mark in ("(含)", "(不含)"))
    message = f"「{word}」是否包含这个数？请写「{word}(含)」或「{word}(不含)」"
    return Problem("bare_bound", start, end, message, word, ("(含) 或 (不含)",), fixes=fixes)


def _refused_pick(scene: Scene) -> Problem | None:
    start, end, word = scene.start, scene.end, scene.found
    fixes = (Fix("取其中最小的数", "取小"), Fix("取其中最大的数", "取大"))
    message = f"「{word}」有两种理解，请写「取小」或「取大」；“至少”请写 ≥，封顶请写 上限，保底请写 下限"
    return Problem("refused_pick", start, end, message, word, fixes=fixes)


def _bare_comma(scene: Scene) -> Problem | None:
    start, end, word = scene.start, scene.end, scene.found
    if "AND" not in scene.expected:
        return None
    fixes = (Fix("两个都要满足：且", " 且 "), Fix("满足一个即可：或", " 或 "))
    message = f"两个条件之间的「{word}」是“且”还是“或”？请写明"
    return Problem("bare_comma", start, end, message, word, ("且 / 或",), fixes=fixes)


def _bad_day(scene: Scene) -> Problem | None:
    start, end, word = scene.start, scene.end, scene.found
    return Problem("bad_day", start, end, f"没有「{word}」这一天", word, ("日期（如 2020年3月17日）",))


def _bad_number(scene: Scene) -> Problem | None:
    start, end, word = scene.start, scene.end, scene.found
    return Problem("bad_number", start, end, "数字太长（最多24位）", word, ("数值",))


_SPECIAL: dict[str, Callable[[Scene], Problem | None]] = {
    "BARE_BOUND": _bare_bound,
    "REFUSED_PICK": _refused_pick,
    "COMMA": _bare_comma,
    "SEMI": _bare_comma,
    "DUN": _bare_comma,
    "STOP": _bare_comma,
    "BAD_DAY": _bad_day,
    "BAD_NUMBER": _bad_number,
}


# ---- unknown words ------------------------------------------------------------------------------------------------


def _unknown_word(text: str, lattice: Lattice, dead: DeadEnd, expected: set[str]) -> Problem:
    start, near = _best_start(text, lattice, dead, expected)
    return _unknown(text, start, expected, near)


def _unknown(text: str, start: int, expected: set[str], near: tuple[str, ...]) -> Problem:
    end = _word_end(text, start)
    word = text[start:end]
    classes = expected_classes(expected)
    if re.match(r"[eE][0-9]", word) and start and text[start - 1].isdigit():
        return Problem("bad_number", start - 1, end, "不接受科学计数法，请写出全部数字，如 1亿元", word, classes)
    if _CHINESE_NUMBER.match(word):
        return Problem("chinese_number", start, end, f"「{word}」请用阿拉伯数字写，如 50人", word, classes)
    hint = f"，是不是「{'」「'.join(near)}」？" if near else f"，这里应为{_list(classes)}"
    fixes = tuple(Fix(f"改为{name}", name) for name in near)
    return Problem("unknown_word", start, end, f"不认识「{word}」{hint}", word, classes, near, fixes)


def _best_start(text: str, lattice: Lattice, dead: DeadEnd, expected: set[str]) -> tuple[int, tuple[str, ...]]:
    """Where the unknown word begins: a keyword read off its front (满 of 满意读) is given back if that finds a neighbour."""
    names = fitting_names(lattice.lexicon, expected, dead.branch.code_list)
    best = (dead.place, nearest(text[dead.place : _word_end(text, dead.place)], names))
    at: Branch | None = dead.branch
    while at is not None and at.token is not None and at.place == best[0] and not _free_end(text, at.place):
        start = span_of(at.token)[0]
        before = at.before or at
        names = fitting_names(lattice.lexicon, acceptable(before.state), before.code_list)
        near = nearest(text[start : _word_end(text, start, dead.place)], names)
        if near:
            return start, near
        at = at.before
        best = (best[0], best[1]) if at is None or at.place != start else best
    return best


def fitting_names(lexicon: Lexicon, expected: set[str], code_list: str) -> list[str]:
    """Names of the kinds that can stand here; every fact's name where none fits."""
    catalogue = lexicon.catalogue
    names = [name for name, one in catalogue.by_name.items() if TERMINAL_OF_KIND[one.kind] in expected]
    if "CODE" in expected and code_list in catalogue.code_lists:
        names += [name for name in catalogue.code_lists[code_list].names.values() if name]
    return names or list(catalogue.by_name)


def _word_end(text: str, start: int, least: int = 0) -> int:
    found = _OPERATORS.search(text, max(start + 1, least + 1))
    return found.start() if found else len(text)


def _free_end(text: str, place: int) -> bool:
    return place >= len(text) or text[place].isspace() or text[place] in WALLS


# ---- snags --------------------------------------------------------------------------------------------------------


def _mixed_logic(text: str, snag: SnagError) -> Problem:
    chain: Chain = snag.data["chain"]
    start, end = snag.span
    fixes = tuple(Fix(label, _grouped(text, chain, inner)) for label, inner in (("先且后或", "AND"), ("先或后且", "OR")))
    message = "同一层里既有“且”又有“或”，请加括号说明先后：" + " 还是 ".join(f"“{one.text}”" for one in fixes)
    return Problem("mixed_logic", start, end, message, text[start:end], ("( )",), fixes=fixes)


def _grouped(text: str, chain: Chain, inner: str) -> str:
    """The level with brackets round every run joined by `inner`."""
    runs: list[list[int]] = [[0]]
    for index, joiner in enumerate(chain.joiners, 1):
        if joiner.type == inner:
            runs[-1].append(index)
        else:
            runs.append([index])
    word = SPELLINGS["OR" if inner == "AND" else "AND"][0]
    return f" {word} ".join(_run(text, chain, run, SPELLINGS[inner][0]) for run in runs)


def _run(text: str, chain: Chain, run: list[int], word: str) -> str:
    parts = [text[slice(*span_of(chain.items[index]))] for index in run]
    return parts[0] if len(parts) == 1 else f"({f' {word} '.join(parts)})"


def _contradicting_mark(text: str, snag: SnagError) -> Problem:
    start, end = snag.span
    message = f"「{text[start:end]}」前后矛盾：比较用了 {snag.data['operator']}，数后的标记却相反，请去掉其一"
    return Problem("contradicting_mark", start, end, message, text[start:end])


def _ambiguous_code(text: str, snag: SnagError) -> Problem:
    start, end = snag.span
    codes: tuple[str, ...] = snag.data["codes"]
    message = f"「{text[start:end]}」在代码表里有{len(codes)}个，请写代码：{'、'.join(codes)}"
    return Problem(
        "ambiguous_code", start, end, message, text[start:end], nearest=codes, fixes=tuple(Fix(one, one) for one in codes)
    )


def _years_expected(text: str, snag: SnagError) -> Problem:
    start, end = snag.span
    fixes = (Fix("改为年", text[start:end].replace("个月", "年")),) if "个月" in text[start:end] else ()
    return Problem("years_expected", start, end, "年度序列只能按年取：写 3年", text[start:end], ("N年",), fixes=fixes)


def _too_ambiguous(text: str, snag: SnagError) -> Problem:
    return Problem("too_ambiguous", snag.span[0], len(text), "这段文字可以有很多种断法，请在词与词之间加空格", expected=("空格",))


_SNAGS: dict[str, Callable[[str, SnagError], Problem]] = {
    "mixed_logic": _mixed_logic,
    "contradicting_mark": _contradicting_mark,
    "ambiguous_code": _ambiguous_code,
    "years_expected": _years_expected,
    "too_ambiguous": _too_ambiguous,
}


def _list(classes: tuple[str, ...]) -> str:
    return "：" + "、".join(classes) if classes else "其他内容"
