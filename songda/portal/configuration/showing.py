"""Showing the configuration: what is in force (secrets masked), what looks like a mistake, the table of the handbook."""

from __future__ import annotations

import re
from collections.abc import Mapping
from difflib import get_close_matches

from songda.portal.configuration.shapes import WORDS
from songda.portal.configuration.variables import NAMES, OF_TESTS, VARIABLES, Variable

MASK = "（已设置，不显示）"
LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")


def effective(environment: Mapping[str, str]) -> list[tuple[str, str, str]]:
    """Each variable, the value in force as one may show it, and where it comes from."""
    return [(one.name, shown(one, environment.get(one.name, "")), _origin(one, environment)) for one in VARIABLES]


def shown(variable: Variable, given: str) -> str:
    """A value fit for a screen: of a database address only the password is hidden, of other secrets everything."""
    value = given or variable.default
    if not value:
        return f"（{variable.instead}）"
    if variable.shape == "database":
        return re.sub(r"(://[^:/@]*:)[^@]*(?=@)|((?:password|passwd)=)[^&]*", r"\1\2***", value)
    return MASK if variable.secret else value


def advice(environment: Mapping[str, str]) -> list[str]:
    """What can be used and still looks like a mistake: names nobody reads, and settings that do not go together."""
    unknown = sorted(name for name in environment if name.startswith("SONGDA_") and name not in {*NAMES, *OF_TESTS})
    said = [_unknown(name) for name in unknown]
    given = {one.name: environment.get(one.name) or one.default for one in VARIABLES}
    outside = [host for host in given["SONGDA_HOSTS"].split(",") if host.strip() not in LOOPBACK]
    if outside and given["SONGDA_HTTPS"] == "no" and given["SONGDA_DEMO"] == "no":
        said.append("SONGDA_HOSTS 有本机以外的域名，而 SONGDA_HTTPS 为 no：口令将以明文传送。请配置 HTTPS 代理并设为 yes。")
    if given["SONGDA_DEBUG"] == "yes" and given["SONGDA_DEMO"] == "no":
        said.append("SONGDA_DEBUG 为 yes：出错页会显示程序内部的值。正式环境请设为 no。")
    return said


def _unknown(name: str) -> str:
    near = get_close_matches(name, NAMES, n=1, cutoff=0.6)
    return f"不认识的变量 {name}，未起作用。" + (f"是否想写 {near[0]}？" if near else "运行 songda config 可看到全部变量。")


def _origin(variable: Variable, environment: Mapping[str, str]) -> str:
    return "环境变量" if environment.get(variable.name) else "默认"


def table() -> str:
    """The table of the handbook, as Markdown."""
    rows = [
        f"| `{one.name}` | {one.meaning} | {WORDS[one.shape]} | {_default(one)} | `{one.example}` | {'是' if one.secret else ''} |"
        for one in VARIABLES
    ]
    return "\n".join(["| 变量 | 意思 | 取值 | 默认 | 例 | 保密 |", "|---|---|---|---|---|---|", *rows])


def _default(variable: Variable) -> str:
    return f"`{variable.default}`" if variable.default else variable.instead
