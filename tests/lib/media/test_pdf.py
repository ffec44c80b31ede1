"""The first page of a PDF is drawn as readers show it, and its text is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from lib.media.errors import MediaFailed
from lib.media.kinds import Kind
from tests.lib.media.conftest import Render, Write, probe

A4 = (595, 842)
# Red in the lower half of the page, and words.
DRAWING = b"1 0 0 rg 0 0 595 421 re f BT /F 24 Tf 0 g 50 700 Td (Harbour dues 2026) Tj ET"


def pdf(*, boxes: str = "/MediaBox [0 0 595 842]", pages: int = 1, drawing: bytes = DRAWING) -> bytes:
    """A PDF by hand (ISO 32000-1, 7.5)."""
    kids = " ".join(f"{5 + n} 0 R" for n in range(pages))
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
    page = f"<< /Type /Page /Parent 2 0 R {boxes} /Contents 4 0 R /Resources << /Font << /F 3 0 R >> >> >>".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing),
        *[page] * pages,
    ]
    written, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(written))
    return written + head + table + end


def test_the_first_page_and_all_words(write: Write, render: Render) -> None:
    path = write("dues.bin", pdf(pages=3))

    told, made = probe(path), render(path)

    assert (told.mime_type, told.kind, told.pages, told.width, told.height) == ("application/pdf", Kind.PDF, 3, *A4)
    assert [(small.size, small.width, small.height) for small in made.thumbnails] == [
        ("large", 1131, 1600),
        ("small", 254, 360),
    ]
    assert made.text.count("Harbour dues 2026") == 3
    assert is_red(made.thumbnails[0].path, 0.5, 0.9) and not is_red(made.thumbnails[0].path, 0.5, 0.3)


def test_a_soft_hyphen_stands_where_a_line_divides_a_word(write: Write, render: Render) -> None:
    drawing = b"BT /F 24 Tf 50 700 Td (by the harbour-) Tj 0 -30 Td (master and a) Tj 0 -30 Td (well-known tide) Tj ET"

    text = render(write("dues.bin", pdf(drawing=drawing))).text

    assert text == "by the harbour\u00admaster and a\nwell-known tide"


@pytest.mark.parametrize(
    ("boxes", "size", "red"),
    [
        ("/MediaBox [0 0 595 842] /Rotate 90", (842, 595), (0.1, 0.5)),
        ("/MediaBox [0 0 595 842] /Rotate 180", (595, 842), (0.5, 0.1)),
        ("/MediaBox [0 0 595 842] /Rotate 270", (842, 595), (0.9, 0.5)),
        ("/MediaBox [0 0 595 842] /CropBox [0 0 595 400]", (595, 400), (0.5, 0.05)),
    ],
)
def test_pages_are_turned_and_cropped(
    write: Write, render: Render, boxes: str, size: tuple[int, int], red: tuple[float, float]
) -> None:
    path = write("a.pdf", pdf(boxes=boxes))

    told, [large, _small] = probe(path), render(path).thumbnails

    assert (told.width, told.height) == size
    assert large.width / large.height == pytest.approx(size[0] / size[1], rel=0.01)
    assert is_red(large.path, *red)


@pytest.mark.parametrize(
    ("box", "longest"),
    [("0 0 200000 200000", 1600), ("0 0 14400 1", 1600), ("0 0 10 20", 80), ("0 0 1e9 1e9", 1600)],
)
def test_huge_and_tiny_pages_make_pictures_of_a_usual_size(
    write: Write, render: Render, box: str, longest: int
) -> None:
    [large, _small] = render(write("a.pdf", pdf(boxes=f"/MediaBox [{box}]"))).thumbnails

    assert max(large.width, large.height) == pytest.approx(longest, abs=1)


def test_a_document_without_pages_has_no_preview(write: Write, render: Render) -> None:
    path = write("a.pdf", pdf(pages=0))

    assert probe(path).kind == Kind.PDF and not probe(path).pages
    with pytest.raises(MediaFailed, match="broken"):
        render(path)


def test_a_document_with_a_password_says_so(write: Write, render: Render) -> None:
    locked = pdf().replace(
        b"/Root 1 0 R",
        b"/Root 1 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4"
        b" /O <" + b"ab" * 32 + b"> /U <" + b"cd" * 32 + b"> >>",
    )
    path = write("locked.pdf", locked)

    assert (probe(path).mime_type, probe(path).pages) == ("application/pdf", None)
    with pytest.raises(MediaFailed) as failure:
        render(path)
    assert failure.value.reason == "password"


@pytest.mark.parametrize(
    "spoil",
    [lambda whole: whole[:200], lambda whole: b"%PDF-1.7\n" + bytes(500), lambda _: b"%PDF-"],
    ids=["cut", "zeros", "head"],
)
def test_a_broken_document_is_a_document_without_preview(
    write: Write, render: Render, spoil: Callable[[bytes], bytes]
) -> None:
    path = write("a.pdf", spoil(pdf()))

    assert probe(path).mime_type == "application/pdf"
    with pytest.raises(MediaFailed, match="broken"):
        render(path)


def test_what_pdfium_itself_writes_is_read(tmp_path: Path, render: Render) -> None:
    document = pypdfium2.PdfDocument.new()
    document.new_page(300, 100)
    document.save(tmp_path / "a.pdf")

    assert [small.width for small in render(tmp_path / "a.pdf").thumbnails] == [1200, 360]


def is_red(path: Path, x: float, y: float) -> bool:
    image = Image.open(path).convert("RGB")
    red, green, blue = image.getpixel((int(x * image.width), int(y * image.height)))  # type: ignore[misc]
    return red > 200 and green < 80 and blue < 80
