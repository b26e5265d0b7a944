"""What a photograph says of itself, and what is left when it may not."""

from __future__ import annotations

import io
from zoneinfo import ZoneInfo

import pytest
from PIL import Image, ImageOps

from songda.ledger.evidence.rules import papers, pictures
from songda.ledger.evidence.rules.traces import without_traces
from songda.ledger.evidence.tests import samples

ZONE = ZoneInfo("Asia/Shanghai")


def shown(data: bytes) -> Image.Image:
    return ImageOps.exif_transpose(Image.open(io.BytesIO(data))).convert("RGB")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_moment_and_place_are_read(form):
    found = pictures.traces(samples.photo(form), ZONE)
    assert found.taken_at.isoformat() == "2020-03-10T09:30:00+08:00"
    assert found.place == samples.PLACE


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_nothing_is_left_of_them_and_the_picture_is_the_same(form):
    given = samples.photo(form)
    bare = without_traces(given + b"trailer")
    assert samples.SECRET in given
    assert samples.SECRET not in bare
    assert b"2020:03:10" not in bare
    assert not bare.endswith(b"trailer")
    assert pictures.traces(bare, ZONE) == pictures.Traces()
    assert shown(bare).tobytes() == shown(given).tobytes()


def test_a_turned_photograph_stays_turned():
    given = samples.photo(turned=6)
    bare = without_traces(given)
    assert shown(bare).size == (480, 640)
    assert shown(bare).tobytes() == shown(given).tobytes()


def test_a_progressive_picture_of_many_scans_survives():
    out = io.BytesIO()
    Image.effect_noise((300, 200), 90).convert("RGB").save(out, "JPEG", progressive=True, restart_marker_rows=2)
    bare = without_traces(out.getvalue())
    assert shown(bare).tobytes() == shown(out.getvalue()).tobytes()


def test_the_small_picture_is_small_upright_and_bare():
    small = pictures.thumbnail(samples.photo(size=(1600, 1200), turned=6))
    image = Image.open(io.BytesIO(small))
    assert image.size == (240, 320)
    assert not image.getexif()
    right, left = image.convert("RGB").getpixel((220, 160)), image.convert("RGB").getpixel((20, 160))
    assert right[0] > 200  # what was above is now at the right
    assert left[2] > 200


def test_a_copy_bears_a_mark_and_no_traces():
    given = samples.photo()
    marked = pictures.marked_copy(given, "示例人员 2020-03-10 10:00 凭证1")
    assert samples.SECRET not in marked
    assert shown(marked).tobytes() != shown(given).tobytes()
    assert marked != pictures.marked_copy(given, "另一人员 2020-03-10 10:00 凭证1")


def test_a_pdf_copy_bears_a_mark_and_keeps_its_text():
    import pypdfium2

    marked = papers.marked_pdf(samples.pdf(), "示例人员 2020-03-10 10:00 凭证1")
    with pypdfium2.PdfDocument(marked) as document, pypdfium2.PdfDocument(samples.pdf()) as plain:
        assert "示例回执" in document[0].get_textpage().get_text_range()
        assert document[0].render().to_pil().tobytes() != plain[0].render().to_pil().tobytes()


def test_a_broken_pdf_is_not_marked():
    assert papers.marked_pdf(b"%PDF-1.7 broken %%EOF", "x") is None
