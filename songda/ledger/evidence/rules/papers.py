"""A PDF marked for its receiver 水印: the mark is laid over each page as a picture; the text below it stays text."""

from __future__ import annotations

import io
from typing import Final

import pypdfium2 as pdfium
from PIL import Image

from songda.ledger.evidence.rules.pictures import mark_layer

MOST_PAGES: Final = 100
SCALE: Final = 1.5  # pixels of the mark for a point of the page


def marked_pdf(data: bytes, text: str) -> bytes | None:
    """A copy with `text` across every page; None where the PDF cannot be written or has too many pages."""
    try:
        with pdfium.PdfDocument(data) as document:
            if len(document) > MOST_PAGES:
                return None
            layers: dict[tuple[int, int], Image.Image] = {}
            for page in document:
                width, height = page.get_size()
                size = (max(int(width * SCALE), 200), max(int(height * SCALE), 200))
                _lay(document, page, layers.setdefault(size, layers.get(size) or mark_layer(size, text)))
            out = io.BytesIO()
            document.save(out)
    except pdfium.PdfiumError:
        return None
    return out.getvalue()


def _lay(document: pdfium.PdfDocument, page: pdfium.PdfPage, layer: Image.Image) -> None:
    image = pdfium.PdfImage.new(document)
    image.set_bitmap(pdfium.PdfBitmap.from_pil(layer))
    image.set_matrix(pdfium.PdfMatrix().scale(*page.get_size()))
    page.insert_obj(image)
    page.gen_content()
