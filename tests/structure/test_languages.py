"""Chinese pages are Chinese, and every sentence of the sources has its English."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver

import songda
from songda.portal.languages import catalogue
from songda.portal.languages.extracting import messages_under
from songda.registry.people.tests.cast import Cast, enter

SOURCES = messages_under(Path(songda.__file__).parent)
CATALOGUE = catalogue.read()
KEPT_IN_CHINESE = {
    "DOCX", "XLSX", "HEIC", "WebP",
    "TOTP", "Excel", "Word", "JSON", "HTTP", "Songda", "songda", "init", "upgrade", "tallies", "snapshot", "pack", "check", "docx", "xlsx",
    "yes", "SONGDA_DEMO", "SONGDA_HOME", "SONGDA_HOOK_HOSTS", "SONGDA_ADMIN_ADDRESSES", "name", "example", "SONGDA", "apply", "export", "from", "over",
    "linjiang", "docs", "handbook", "kind", "https", "providers",
}  # fmt: skip


def test_every_sentence_has_its_english() -> None:
    fresh = catalogue.updated(CATALOGUE, SOURCES)
    assert len(SOURCES) > 1000
    assert catalogue.untranslated(fresh) == [], "run `make messages` and translate what is empty"


def test_the_catalogue_holds_nothing_that_vanished() -> None:
    vanished = {catalogue.texts(message.id)[0] for message in CATALOGUE if message.id} - {message[0] for message in SOURCES}
    assert vanished == set(), "run `make messages`"


def test_placeholders_survive_the_translation() -> None:
    assert catalogue.broken(CATALOGUE) == []


def test_translations_are_english() -> None:
    """Chinese stays only inside an example of what to type, beside its explanation or in quotes."""
    said = [text for message in CATALOGUE if message.id for text in catalogue.texts(message.string)]
    chinese = [
        text for text in said if re.search(r"[\u4e00-\u9fff]", re.sub(r"“[^”]*”|\([^)]*\)|[\u4e00-\u9fff]+(?= \()", "", text))
    ]
    assert len(chinese) <= 3, chinese


def test_sources_are_chinese() -> None:
    """No English word on a Chinese page but names of products, formats, commands and examples."""
    for message in SOURCES:
        for text in message:
            words = re.findall(r"[A-Za-z_]{4,}", catalogue.PLACEHOLDER.sub("", text))
            assert set(words) <= KEPT_IN_CHINESE, text


@pytest.fixture
def compiled(tmp_path, settings) -> None:
    """The catalogue as it stands now, whether or not the installation has compiled it."""
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue.compile_to(folder / "django.mo")
    settings.LOCALE_PATHS = [tmp_path]


@pytest.mark.usefixtures("compiled")
@pytest.mark.django_db
def test_the_sign_in_page_speaks_the_readers_language(client) -> None:
    chinese = client.get("/sign-in/").content.decode()
    english = client.get("/sign-in/", headers={"accept-language": "en-GB,en;q=0.9"}).content.decode()
    assert '<html lang="zh-CN">' in chinese
    assert ">登录</button>" in chinese
    assert '<html lang="en">' in english
    assert ">Sign in</button>" in english
    assert not re.search(r"[\u4e00-\u9fff]", english.replace("中文", "")), "Chinese left on the English page"


@pytest.mark.usefixtures("compiled")
@pytest.mark.django_db
def test_the_switch_keeps_the_language_and_comes_back(client) -> None:
    answer = client.post("/language/", {"language": "en"}, headers={"referer": "http://testserver/sign-in/"})
    assert (answer.status_code, answer["location"]) == (302, "http://testserver/sign-in/")
    assert ">Sign in</button>" in client.get("/sign-in/").content.decode()
    client.post("/language/", {"language": "zh-hans"})
    assert ">登录</button>" in client.get("/sign-in/", headers={"accept-language": "en"}).content.decode()


def addresses(resolver: URLResolver, prefix: str = "/") -> Iterator[str]:
    """The pages that need no number."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from addresses(entry, prefix + str(entry.pattern))
        elif "<" not in str(entry.pattern):
            yield prefix + str(entry.pattern)


@pytest.mark.usefixtures("compiled")
@pytest.mark.parametrize("part", ["dispatcher", "editor", "officer", "clerk", "security_admin", "audit_admin"])
def test_english_pages_are_english(part: str, cast: Cast, client: Client) -> None:
    """Nothing Chinese on a page in English but data: the cast's names, code lists in a choice, and “中文” on the switch."""
    enter(client, getattr(cast, part))
    looked, left = 0, {}
    for address in addresses(get_resolver()):
        answer = client.get(address, headers={"accept-language": "en"})
        if answer.status_code == 200 and "html" in answer["content-type"]:
            looked += 1
            page = re.sub(r"<option.*?</option>|<script.*?</script>|\([^)]*\)", "", answer.content.decode(), flags=re.DOTALL)
            left |= dict.fromkeys(re.findall(r"[^<>\"\n]*[\u4e00-\u9fff][^<>\"\n]*", page), address)
    ours = {text: address for text, address in left.items() if not re.search("示例|甲|乙|^中文$", text)}
    assert looked >= 3
    assert ours == {}
