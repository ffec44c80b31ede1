"""Thumbnails show a picture as it is seen: upright, in its colours, without what the camera knows."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image

from lib.media.kinds import Kind
from lib.media.rendering import Rendering
from tests.accounts.pictures import halves, knowing
from tests.lib.icc import DISPLAY_P3, cmyk_profile, rgb_profile
from tests.lib.media.conftest import Render, Write, probe
from tests.lib.test_images import seen

pillow_heif.register_heif_opener()


def picture_of(rendering: Rendering, size: str = "large") -> Image.Image:
    [small] = [small for small in rendering.thumbnails if small.size == size]
    image = Image.open(small.path)
    assert small.mime_type == f"image/{(image.format or '').lower()}" in ("image/webp", "image/avif")
    assert image.size == (small.width, small.height)
    return image


def encode(image: Image.Image, kind: str, **options: Any) -> bytes:
    written = BytesIO()
    image.save(written, kind, **options)
    return written.getvalue()


@pytest.mark.parametrize(
    ("kind", "mime_type"),
    [
        ("PNG", "image/png"),
        ("JPEG", "image/jpeg"),
        ("GIF", "image/gif"),
        ("WEBP", "image/webp"),
        ("AVIF", "image/avif"),
        ("HEIF", "image/heic"),
        ("TIFF", "image/tiff"),
        ("BMP", "image/bmp"),
    ],
)
def test_a_picture_is_told_by_its_bytes_and_made_smaller(
    write: Write, render: Render, kind: str, mime_type: str
) -> None:
    path = write("holiday.exe", halves(2000, 1000, kind=kind))

    told, made = probe(path), render(path)

    assert (told.mime_type, told.kind, told.width, told.height) == (mime_type, Kind.IMAGE, 2000, 1000)
    assert (told.frames, told.pages, told.duration) == (None, None, None)
    assert picture_of(made).size == (1600, 800) and picture_of(made, "small").size == (360, 180)
    assert is_red(picture_of(made), 10, 400) and not is_red(picture_of(made, "small"), 350, 90)
    assert made.placeholder.startswith("#") and len(made.placeholder) == 7


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "HEIF", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_stands_upright_however_the_camera_was_held(
    write: Write, render: Render, kind: str, orientation: int
) -> None:
    corner = Image.new("RGB", (80, 40), "blue")
    corner.paste((255, 0, 0), (0, 0, 40, 20))  # at the top on the left, as stored
    exif = Image.Exif()
    exif[0x0112] = orientation
    path = write("a", encode(corner, kind, exif=exif.tobytes()))

    told, shown = probe(path), picture_of(render(path))

    assert (told.width, told.height) == shown.size == ((80, 40) if orientation < 5 else (40, 80))
    corners = {"top left": (3, 3), "top right": (-4, 3), "bottom right": (-4, -4), "bottom left": (3, -4)}
    width, height = shown.size
    red = [name for name, (x, y) in corners.items() if is_red(shown, x % width, y % height)]
    # Where row 0 and column 0 are seen, as Exif counts (CIPA DC-008, Orientation).
    where = ["top left", "top right", "bottom right", "bottom left"]
    assert red == [[*where, "top left", "top right", "bottom right", "bottom left"][orientation - 1]]


def test_thumbnails_know_nothing_of_the_camera_and_the_place(write: Write, render: Render) -> None:
    held = knowing(6)

    made = render(write("photo.jpg", held))

    for small in made.thumbnails:
        content = small.path.read_bytes()
        assert not any(known in content for known in (b"Harbour", b"quay", b"Exif", b"EXIF", b"XMP"))


def test_a_photo_with_a_second_picture_inside_is_a_jpeg(write: Write, render: Render) -> None:
    first, second = Image.new("RGB", (300, 200), "red"), Image.new("RGB", (30, 20), "blue")
    path = write("phone.jpg", encode(first, "MPO", save_all=True, append_images=[second]))
    assert Image.open(path).format == "MPO"

    told = probe(path)

    assert (told.mime_type, told.format, told.width, told.frames) == ("image/jpeg", "jpeg", 300, None)
    assert is_red(picture_of(render(path)), 100, 100)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "AVIF", "HEIF", "TIFF"])
def test_colours_of_a_wide_space_are_seen_as_they_were(write: Write, render: Render, kind: str) -> None:
    photo = Image.new("RGB", (300, 300), (200, 60, 60))
    path = write("wide", encode(photo, kind, icc_profile=rgb_profile(DISPLAY_P3)))

    shown = picture_of(render(path))

    assert near(shown, seen((200, 60, 60), DISPLAY_P3), by=8)
    assert "icc_profile" not in shown.info


@pytest.mark.parametrize(
    ("make", "colour"),
    [
        (lambda: encode(Image.new("CMYK", (99, 99), (0, 255, 255, 0)), "JPEG", quality=95), (255, 0, 0)),
        (lambda: encode(Image.new("CMYK", (99, 99), (0, 0, 0, 255)), "TIFF"), (0, 0, 0)),
        (
            lambda: encode(
                Image.new("CMYK", (99, 99), (0, 0, 0, 0)),
                "JPEG",
                icc_profile=cmyk_profile(ink=(140, 178, 128)),
            ),
            (255, 255, 255),
        ),
        (lambda: encode(Image.new("I;16", (99, 99), 128 * 257), "PNG"), (128, 128, 128)),
        (lambda: encode(Image.new("I;16", (99, 99), 200 * 257), "TIFF"), (200, 200, 200)),
        (lambda: encode(Image.new("LA", (99, 99), (90, 255)), "PNG"), (90, 90, 90)),
        (lambda: encode(Image.new("1", (99, 99), 1), "PNG"), (255, 255, 255)),
        (lambda: encode(Image.new("RGB", (99, 99), (9, 99, 9)).quantize(2), "GIF"), (9, 99, 9)),
    ],
    ids=["CMYK", "CMYK TIFF", "paper", "16 bits", "16 bits TIFF", "grey and alpha", "bits", "palette"],
)
def test_colours_of_any_depth_are_right(
    write: Write, render: Render, make: Callable[[], bytes], colour: tuple[int, ...]
) -> None:
    assert near(picture_of(render(write("a", make()))), colour, by=6)


def test_what_is_transparent_stays_so(write: Write, render: Render) -> None:
    logo = Image.new("RGBA", (100, 100), (0, 0, 0, 0))
    logo.paste((255, 0, 0, 255), (0, 0, 50, 100))

    shown = picture_of(render(write("logo.png", encode(logo, "PNG"))), "small")

    assert shown.mode == "RGBA"
    assert shown.getpixel((90, 50))[3] == 0 and shown.getpixel((10, 50))[3] == 255  # type: ignore[index]


def test_a_small_picture_is_not_blown_up(write: Write, render: Render) -> None:
    made = render(write("dot.png", halves(3, 1)))

    assert picture_of(made).size == picture_of(made, "small").size == (3, 1)


def test_a_scan_of_several_pages_shows_the_first(write: Write, render: Render) -> None:
    pages = [Image.new("1", (300, 400), white) for white in (1, 0, 0)]
    path = write("scan.tif", encode(pages[0], "TIFF", save_all=True, append_images=pages[1:], compression="group4"))

    assert (probe(path).pages, probe(path).frames) == (3, None)
    assert near(picture_of(render(path)), (255, 255, 255), by=2)


def test_the_placeholder_is_the_mean_colour(write: Write, render: Render) -> None:
    assert render(write("a.png", encode(Image.new("RGB", (90, 90), (1, 200, 30)), "PNG"))).placeholder == "#01c81e"


def test_only_the_rest_of_a_photo_that_was_cut_off_is_grey(write: Write, render: Render) -> None:
    photo = halves(1000, 800, kind="JPEG", quality=95)

    shown = picture_of(render(write("cut.jpg", photo[: int(len(photo) * 0.7)])))

    assert is_red(shown, 20, 20) and not is_red(shown, 20, 790)


def is_red(image: Image.Image, x: int, y: int) -> bool:
    red, _, blue = image.convert("RGB").getpixel((x, y))  # type: ignore[misc]
    return red > blue + 60


def near(image: Image.Image, colour: tuple[int, ...], by: int) -> bool:
    middle = image.convert("RGB").getpixel((image.width // 2, image.height // 2))
    assert isinstance(middle, tuple)
    return all(abs(one - other) <= by for one, other in zip(middle, colour, strict=True))


def test_files_stay_as_they_are(write: Write, render: Render) -> None:
    path: Path = write("a.png", halves())
    before = path.read_bytes()
    render(path)

    assert path.read_bytes() == before
