"""Draw the first page of a PDF, and read its text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pypdfium2
from pypdfium2 import raw

from lib.media.decoder.refusals import Refusal
from lib.media.decoder.texts import MAX_TEXT_BYTES, clean_text, cut_text
from lib.media.decoder.thumbnails import SIDES, write_thumbnails

# Times the points of a page. A stamp need not fill the screen.
MAX_SCALE = 4.0
MAX_PAGES = 200
# What PDFium gives in place of a hyphen at the end of a line and the line's end, whether or not it belongs to the word.
DIVISION = re.compile("[\x02\ufffe]|(?:\r?\n)?[\u00ad\u2010]\r?\n")
TEXT_SECONDS = 8


def probe_pdf(path: Path) -> dict[str, Any]:
    """Return the number of pages and the size of the first one in points; nothing of a broken or locked file."""
    try:
        with _open_document(path) as document:
            pages = len(document)
            if not pages:
                return {"pages": 0}
            width, height = document[0].get_size()
            return {"pages": pages, "width": max(1, round(width)), "height": max(1, round(height))}
    except (Refusal, pypdfium2.PdfiumError):
        return {}


def render_first_page(path: Path, folder: Path) -> dict[str, Any]:
    """Write the thumbnails of the first page, turned and cropped as readers show it."""
    with _open_document(path) as document:
        document.init_forms()
        if not len(document):
            raise Refusal("broken", "No pages.")
        page = document[0]
        width, height = page.get_size()
        if not (width > 0 and height > 0):
            raise Refusal("broken", "A page without area.")
        scale = min(MAX_SCALE, SIDES["large"] / max(width, height))
        bitmap = page.render(scale=scale, limit_image_cache=True)
        return write_thumbnails(bitmap.to_pil().convert("RGB"), folder)


def read_text(path: Path) -> str:
    """Return the text of a PDF, at most 100 KB, of as many pages as can be read in some seconds.

    A soft hyphen stands where the end of a line divides a word.
    """
    deadline = monotonic() + TEXT_SECONDS
    texts: list[str] = []
    size = 0
    with _open_document(path) as document:
        for number in range(min(len(document), MAX_PAGES)):
            if size > MAX_TEXT_BYTES or monotonic() > deadline:
                break
            page = document[number]
            texts.append(clean_text(DIVISION.sub("\u00ad", page.get_textpage().get_text_bounded())))
            size += len(texts[-1])
            page.close()
    return cut_text("\n".join(texts).strip(), MAX_TEXT_BYTES)


@contextmanager
def _open_document(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code == raw.FPDF_ERR_PASSWORD
        raise Refusal("password" if is_locked else "broken", str(error)) from error
    try:
        yield document
    finally:
        document.close()
