"""Terms of texts and questions."""

from __future__ import annotations

from songda.kernel.search.rules.folding import fold
from songda.kernel.search.rules.marks import marked, snippet
from songda.kernel.search.rules.terms import asked, initials_of, terms_of, words_in


def test_folding_keeps_every_place():
    text = "《关于〔２０２０〕ＡＢ》　İ𠮷"
    assert len(fold(text)) == len(text)
    assert fold("〔２０２０〕5号") == fold("[2020]5号") == fold("（2020）5号") == "[2020]5号"


def test_terms():
    assert terms_of(fold("贴息，5G基站")) == {"贴息", "息", "5g", "基站", "站"}
    assert terms_of("𠮷林") == {"𠮷林", "林"}


def test_what_a_word_asks():
    assert asked("稳岗返还").terms == ("岗返", "稳岗", "返还")
    assert asked("稳岗返还").in_one_piece
    assert not asked("稳岗").in_one_piece
    assert asked("岗").prefixes == ("岗",)
    assert asked("wg").initials == ("§wg",)
    assert asked("2020").initials == ()


def test_words_of_a_question():
    assert words_in("  贴息　房租 、 贴息") == ["贴息", "房租"]
    assert len(words_in(" ".join(f"词{n}" for n in range(50)))) == 8


def test_initials():
    assert initials_of("稳岗返还（2020）") == "wgfh2020"
    assert initials_of("重庆、银行") == "cqyh"


def test_marks():
    assert marked("甲乙丙乙丙丁", ["乙丙"]) == (("甲", False), ("乙丙乙丙", True), ("丁", False))
    assert snippet("前" * 100 + "贴息" + "后" * 100, ["贴息"], length=30)[0][0].startswith("…")
    assert snippet("没有", ["贴息"]) == ()
