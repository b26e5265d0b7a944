"""The unified social credit code 统一社会信用代码 (GB 32100-2015): what a well-formed code is, and what is wrong with another.

The check digit is `stdnum`'s. Its `validate` is not used: it refuses every code whose first two characters are not digits
(A 军队, N 农村集体经济组织, Y 其他), and it does not look at the check digit of the organisation code inside (GB 11714).
"""

from __future__ import annotations

import unicodedata

from stdnum.cn.uscc import calc_check_digit

from songda.kernel.words import gettext as _

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # no I, O, S, V, Z
LENGTH = 18
# Registering authority → kinds of body it registers (GB 32100-2015, table of 登记管理部门 and 机构类别).
AUTHORITIES: dict[str, str] = {
    "1": "1239", "2": "19", "3": "123459", "4": "19", "5": "1239", "6": "129",
    "7": "129", "8": "19", "9": "1239", "A": "19", "N": "1239", "Y": "1",
}  # fmt: skip
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_BLANKS = str.maketrans("", "", " \t\r\n-\u3000\u00a0\u200b\ufeff")


def normalise(text: str) -> str:
    """A code as typed or pasted → the form it is kept in: half width, upper case, no blanks or hyphens."""
    return unicodedata.normalize("NFKC", text).translate(_BLANKS).upper()


def problem(code: str) -> str:
    """What is wrong with a normalised code, in a sentence; empty when nothing is."""
    if len(code) != LENGTH:
        return _("统一社会信用代码应为18位，现为%(n)d位。") % {"n": len(code)}
    strange = next((one for one in code if one not in ALPHABET), "")
    if strange:
        return _("统一社会信用代码不使用字符“%(one)s”（不含 I、O、S、V、Z）。") % {"one": strange}
    return _shape_problem(code) or _digit_problem(code)


def _shape_problem(code: str) -> str:
    if code[1] not in AUTHORITIES.get(code[0], ""):
        return _("前两位“%(pair)s”不是登记管理部门与机构类别的有效组合。") % {"pair": code[:2]}
    if not code[2:8].isdigit():
        return _("第3至8位应为6位行政区划数字，现为“%(area)s”。") % {"area": code[2:8]}
    return ""


def _digit_problem(code: str) -> str:
    if code[16] != organisation_digit(code[8:16]):
        return _("第9至17位（组织机构代码）校验不符，请核对是否录错。")
    if code[17] != calc_check_digit(code[:17]):
        return _("末位校验码不符，请核对是否录错。")
    return ""


def organisation_digit(body: str) -> str:
    """The check digit of an organisation code's eight characters (GB 11714: 11 − Σ mod 11; 10 is X, 11 is 0)."""
    total = sum(int(one, 36) * weight for one, weight in zip(body, _ORGANISATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def complete(head: str) -> str:
    """The whole code of its first sixteen characters (for invented codes of a demonstration, and for tests)."""
    with_organisation = head + organisation_digit(head[8:16])
    return with_organisation + str(calc_check_digit(with_organisation))
