"""Calls invented from the description: mostly what it asks for, often with what is really there, and always something hostile."""

from __future__ import annotations

import json
import random
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

HOSTILE: tuple[Any, ...] = (
    "", " ", "\x00", "a\x00b", "\ud800", "\udfff\ud800", "𝕏" * 300, "9" * 400, "示" * 5000, -1, 0, 1, 2**31, 2**63 - 1, 2**63, 2**64, 10**30, 1e308,
    1.5, -0.0, None, True, False, [], {}, [[]], {"a": {}}, "'; DROP TABLE subjects_subject;--", "%' OR 1=1 --", "../../etc/passwd", "%00", "%ff",
    "2020-02-30", "9999-12-31", "0001-01-01", "2020-03-18", "2020-03-18T09:00:00", "2020-03-10T10:00:00+08:00", "2020-03-10T10:00:00+99:00",
    "2999-12-31T23:59:59-12:00", "1900-01-01T00:00:00+14:00", "10000-01-01", "١٢٣", "１２３", "\u202e\u200b\ufeff", "{{7*7}}", "${jndi:ldap://x}", "<script>", "NaN",
    "Infinity", "-0", "1e5", "0x10", "1_000", "48人", "500万元", "是", "否", "约1.2万", "labour", "demand", "e\u0301", "\r\nX-Header: 1", "\t", "\\", "%", "_", "?",
    "#", "&", "=", ";", ",", "true", "null", "0", "-1", "1.0", "٣", "𝟘", "²", "Ⅷ", "½",
)  # fmt: skip
BODIES = (
    b"", b"{", b"null", b"[]", b"1", b'"x"', b"\xff\xfe", b"NaN", b"[Infinity]", b"{" * 3000, b"[" * 100_000, b'{"a":' * 5000, b"1" * 5000,
    b'{"title": "\\ud800"}', b'{"title": "\xed\xa0\x80"}', b"\x00", b'{"a":1,"a":2}', "{\"title\": \"示\"}".encode("utf-16"), b"{}" + b" " * 1_048_577,
)  # fmt: skip
TYPES = ("application/json", "application/json", "", "text/plain", "application/json; charset=utf-16", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "x" * 300, "application/json; charset=nonsense")  # fmt: skip
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "BREW")


@dataclass
class Call:
    """One call, as bytes go out."""

    operation: str
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: bytes = b""
    asked: str = ""
    declared: frozenset[int] = field(default_factory=frozenset)


class Inventor:
    """Makes calls; the same seed makes the same ones."""

    def __init__(
        self, description: dict[str, Any], tokens: dict[str, frozenset[str]], known: dict[str, list[object]], seed: int
    ) -> None:
        self.chance, self.tokens, self.known = random.Random(seed), tokens, known
        self.shapes = description["components"]["schemas"]
        self.operations = [
            (path, method.upper(), operation)
            for path, methods in description["paths"].items()
            for method, operation in methods.items()
        ]
        self.keys: list[str] = ["reused-key-0"]
        self.number = 0

    def call(self) -> Call:
        """The next call."""
        self.number += 1
        path, method, operation = self.chance.choice(self.operations)
        given = {where: {} for where in ("path", "query")}
        for one in operation["parameters"]:
            if one["in"] in given and (one["in"] == "path" or self.chance.random() < 0.4):
                given[one["in"]][one["name"]] = self.value(one["schema"], one["name"])
        address = path
        for name, value in given["path"].items():
            address = address.replace(f"{{{name}}}", quoted(value))
        query = "&".join(f"{name}={quoted(value)}" for name, value in given["query"].items())
        made = Call(operation["operationId"], method, address, query, self.headers(method, operation["x-scopes"]), asked=path)
        made.declared = frozenset(map(int, operation["responses"]))
        if "requestBody" in operation:
            made.body = self.body(operation["requestBody"]["content"]["application/json"]["schema"])
        return self.mangled(made)

    def headers(self, method: str, scopes: list[str]) -> dict[str, str]:
        """Who calls (mostly one who may), and under which key."""
        able = [text for text, held in self.tokens.items() if held.intersection(scopes)]
        token = self.chance.choice(able if able and self.chance.random() < 0.85 else list(self.tokens))
        found = {"HTTP_AUTHORIZATION": f"Bearer {token}", "CONTENT_TYPE": "application/json"}
        if self.chance.random() < 0.03:
            found["HTTP_AUTHORIZATION"] = self.chance.choice(
                ("", "Bearer", "Bearer ", f"bearer  {token}", f"Basic {token}", f"Bearer {token}x", f"Bearer {token[:-1]}0", "Bearer sda_0_" + "0" * 64,
                 "Bearer sda_999999999999999999_" + "a" * 64, "Bearer \xff\xfe", "Bearer " + "x" * 9000)
            )  # fmt: skip
        if method == "POST":
            fresh = f"fuzz-key-{self.number}-{self.chance.getrandbits(40)}"
            pick = self.chance.random()
            key = (
                fresh
                if pick < 0.9
                else self.chance.choice(self.keys)
                if pick < 0.97
                else self.chance.choice(("", "short", "\xe9" * 9, "x" * 300, "a b c d e f"))
            )
            self.keys = [*self.keys[-20:], fresh]
            found["HTTP_IDEMPOTENCY_KEY"] = key
        if self.chance.random() < 0.05:
            found["HTTP_ACCEPT"] = self.chance.choice(("text/html", "*/*", "application/xml", "\xff", "application/json;q=0"))
        if self.chance.random() < 0.05:
            found["HTTP_ACCEPT_LANGUAGE"] = self.chance.choice(("en", "zh-CN", "xx-" + "y" * 600, "\xff"))
        return found

    def body(self, shape: dict[str, Any]) -> bytes:
        """A body by its shape, or one that is none."""
        if self.chance.random() < 0.06:
            return self.chance.choice(BODIES)
        made = self.value(shape, "")
        if isinstance(made, dict) and self.chance.random() < 0.15:
            self.spoil(made)
        text = json.dumps(made, ensure_ascii=self.chance.random() < 0.5)
        return text.encode("utf8", "surrogatepass")

    def spoil(self, made: dict[str, Any]) -> None:
        """One thing more, less or other than asked."""
        how = self.chance.randrange(3)
        if how == 0 or not made:
            made[str(self.chance.choice(("stranger", "", "\x00", "__proto__", "id")))] = self.chance.choice(HOSTILE)
        elif how == 1:
            made.pop(self.chance.choice(list(made)))
        else:
            made[self.chance.choice(list(made))] = self.chance.choice(HOSTILE)

    def mangled(self, made: Call) -> Call:
        """Now and then another method, type, query or path."""
        if self.chance.random() < 0.03:
            made.method = self.chance.choice(METHODS)
        if self.chance.random() < 0.03:
            made.headers["CONTENT_TYPE"] = self.chance.choice(TYPES)
        if self.chance.random() < 0.03:
            made.query += "&" + self.chance.choice(
                ("limit=1&limit=2", "x", "=", "&&", "%", "after=%00", "a" * 3000, "limit[]=1", "cursor=1")
            )
        if self.chance.random() < 0.02:
            made.path += self.chance.choice(("/", "//", "/x", "%2f", "%00", ".json", "/../me", ";x", "\xff"))
        return made

    def value(self, shape: dict[str, Any], name: str) -> Any:
        """A value of a shape; often one that is really there, sometimes anything."""
        pick = self.chance.random()
        if name in self.known and pick < 0.75:
            return self.chance.choice(self.known[name])
        if pick > 0.93:
            return self.chance.choice(HOSTILE)
        if "$ref" in shape:
            return self.value(self.shapes[shape["$ref"].rpartition("/")[2]], name)
        if "anyOf" in shape:
            return self.value(self.chance.choice(shape["anyOf"]), name)
        if "enum" in shape:
            return self.chance.choice(shape["enum"])
        return self.typed(shape, name)

    def typed(self, shape: dict[str, Any], name: str) -> Any:
        """A value by its type."""
        kind = shape.get("type")
        if kind == "object":
            return self.thing(shape)
        if kind == "array":
            return [self.value(shape.get("items", {}), name) for _ in range(self.chance.randrange(4))]
        if kind == "integer":
            return self.chance.choice(
                (shape.get("minimum", 0), shape.get("maximum", 9), 1, 2, 3, 7, self.chance.randrange(1, 60))
            )
        if kind == "boolean":
            return self.chance.random() < 0.5
        if kind == "null":
            return None
        if shape.get("format") == "date":
            return f"20{self.chance.randrange(10, 30)}-{self.chance.randrange(1, 13):02}-{self.chance.randrange(1, 32):02}"
        if shape.get("format") == "date-time":
            return f"2020-0{self.chance.randrange(1, 10)}-{self.chance.randrange(1, 29):02}T{self.chance.randrange(24):02}:00:00+08:00"
        return self.chance.choice(
            (
                "",
                "a",
                "示例",
                "demand",
                "labour",
                "phone",
                "return",
                "web",
                "12",
                "3.5",
                "48人",
                "500万元",
                "是",
                "2020-03-01",
                "x" * shape.get("maxLength", 9),
            )
        )

    def thing(self, shape: dict[str, Any]) -> dict[str, Any]:
        """An object with what it must have, and some of what it may."""
        must = shape.get("required", [])
        made = {
            key: self.value(inner, key)
            for key, inner in shape.get("properties", {}).items()
            if key in must or self.chance.random() < 0.5
        }
        extra = shape.get("additionalProperties")
        if isinstance(extra, dict):
            made |= {str(self.chance.choice(self.known["code"])): self.value(extra, "") for _ in range(self.chance.randrange(4))}
        return made


def quoted(value: object) -> str:
    """A value as an address carries it, whatever it is."""
    text = value if isinstance(value, str) else json.dumps(value)
    return quote(text.encode("utf8", "surrogatepass"), safe="")
