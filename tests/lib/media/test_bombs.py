"""What would take too much is refused by its head; what is broken fails, and nothing else does."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from lib.media import child
from lib.media.errors import MediaFailed, MediaRefused
from lib.media.kinds import Kind
from tests.accounts.pictures import bomb, halves, webp_bomb
from tests.lib.media.conftest import Render, Write, probe


@pytest.mark.parametrize(
    "content",
    [bomb(), bomb(2**31 - 1, 1), bomb(20_000, 20_000), webp_bomb()],
    ids=["square", "line", "smaller", "WebP"],
)
def test_a_bomb_is_refused_before_it_is_decoded(write: Write, content: bytes) -> None:
    probe(write("warm", b"text"))
    before = measure_memory()

    with pytest.raises(MediaRefused) as refusal:
        probe(write("a.png", content))

    assert "At most 100 megapixels" in str(refusal.value)
    assert measure_memory() - before < 60 * 1024 * 1024


def test_a_jpeg_may_be_larger_since_it_is_decoded_smaller(write: Write, render: Render) -> None:
    photo = write("a.jpg", halves(16_000, 12_000, kind="JPEG", quality=50))

    assert (probe(photo).width, probe(photo).height) == (16_000, 12_000)
    assert [small.width for small in render(photo).thumbnails] == [1600, 360]


BROKEN: dict[str, tuple[bytes, Kind]] = {
    "PNG head": (b"\x89PNG\r\n\x1a\n", Kind.OTHER),
    "PNG cut": (halves()[:100], Kind.IMAGE),
    "GIF cut": (halves(kind="GIF")[:60], Kind.IMAGE),
    "JPEG head": (b"\xff\xd8\xff\xe0", Kind.OTHER),
    "WebP cut": (halves(kind="WEBP")[:40], Kind.OTHER),
    "AVIF cut": (halves(kind="AVIF")[:60], Kind.OTHER),
    "GIF and script": (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", Kind.OTHER),
    "MP4 head": (b"\0\0\0\x20ftypisom\0\0\2\0isomiso2avc1mp41", Kind.OTHER),
    "WebM head": (b"\x1a\x45\xdf\xa3" + bytes(200), Kind.OTHER),
}


@pytest.mark.parametrize(("content", "kind"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_has_no_preview(write: Write, render: Render, content: bytes, kind: Kind) -> None:
    path = write("a", content)

    assert probe(path).kind == kind
    if kind != Kind.OTHER:
        with pytest.raises(MediaFailed, match="broken"):
            render(path)


@pytest.mark.parametrize("behind", [b"<script>alert(1)</script>", b"PK\3\4" + bytes(40), b"%PDF-1.7\n"])
def test_what_is_two_things_is_the_first_of_them(write: Write, render: Render, behind: bytes) -> None:
    path = write("a.html", halves() + behind)

    assert probe(path).mime_type == "image/png"
    assert all(behind not in small.path.read_bytes() for small in render(path).thumbnails)


def test_a_gif_whose_comment_is_a_page_is_a_gif(write: Write) -> None:
    written = write("a.html", halves(kind="GIF", comment=b"<html><script>alert(1)</script>"))

    assert probe(written).mime_type == "image/gif"


def test_formats_that_run_programs_are_not_opened(write: Write) -> None:
    told = probe(write("a.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n"))

    assert told.kind == Kind.TEXT


@pytest.mark.parametrize("kind", ["PPM", "TGA", "PCX", "SGI", "JPEG2000", "DDS"])
def test_formats_that_nobody_sends_are_not_decoded(write: Write, kind: str) -> None:
    assert probe(write("a.png", halves(kind=kind))).kind in (Kind.OTHER, Kind.TEXT)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "TIFF", "BMP"])
def test_no_spoilt_byte_ends_more_than_its_own_preview(write: Write, tmp_path: Path, render: Render, kind: str) -> None:
    whole = halves(120, 90, kind=kind)
    for at in range(0, len(whole), max(1, len(whole) // 25)):
        path = write("spoilt", whole[:at] + bytes([whole[at] ^ 0xFF]) + whole[at + 1 :])
        try:
            render(path)
        except (MediaFailed, MediaRefused):
            continue

    assert probe(write("good", halves())).mime_type == "image/png"


def test_memory_has_an_end(write: Write, render: Callable[[Path], object]) -> None:
    """More than the child may have: it says so, and lives on."""
    path = write("a.png", bomb(9_999, 9_999))
    Image.new("L", (1, 1))

    with pytest.raises(MediaFailed):
        render(path)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < 2 * 1024**2


def measure_memory() -> int:
    """The most bytes that the child has ever held."""
    status = Path(f"/proc/{child.foreground.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM")) * 1024
