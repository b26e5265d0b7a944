"""The HTML page escapes everything and links its contents."""

from __future__ import annotations

from html.parser import HTMLParser

from songda.engines.printing import Form, to_html
from songda.engines.printing.tests.papers import NASTY, official, sample


class Seen(HTMLParser):
    """Tags and text of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def seen(page: str) -> Seen:
    reader = Seen()
    reader.feed(page)
    return reader


def test_everything_is_escaped():
    page = seen(to_html(sample(title=NASTY, issuer=NASTY)))
    assert NASTY in page.text
    assert "b" not in page.tags
    assert "script" not in page.tags


def test_contents_link_to_headings():
    page = to_html(official())
    assert '<a href="#b2">一、总体要求</a>' in page
    assert '<h2 id="b2">一、总体要求</h2>' in page
    assert "演示数据" in page


def test_forms_have_their_heads():
    assert "示例市人民政府文件" in to_html(official())
    assert "2020年3月18日" in to_html(sample(form=Form.BULLETIN, masthead="日报"))
