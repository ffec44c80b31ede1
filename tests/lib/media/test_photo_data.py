"""From the original goes what tells where and by what it was taken. Its pixels stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from pathlib import Path
from typing import Any

import pillow_heif
import pytest
from PIL import Image, PngImagePlugin

from lib.media import child
from lib.media.errors import MediaFailed
from lib.media.photo_data import PhotoData, remove_photo_data
from tests.accounts.pictures import LISBON, halves, knowing
from tests.lib.icc import DISPLAY_P3, rgb_profile
from tests.lib.media.conftest import Write, probe
from tests.lib.media.tiffs import PIXELS, build_tiff

pillow_heif.register_heif_opener()
SECRETS = (b"Harbour", b"quay", b"tiff:Make", b"Lisbon")
XMP = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'><tiff:Make>Harbour</tiff:Make></x:xmpmeta>"


def photo(kind: str, orientation: int = 1, **options: Any) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Harbour Cameras"
    exif.get_ifd(0x8825).update(LISBON)
    exif.get_ifd(0x8769)[0x927C] = b"a note of the Harbour camera"
    if kind == "TIFF":
        exif[700] = XMP
        return halves(kind=kind, exif=exif, icc_profile=rgb_profile(DISPLAY_P3), **options)
    return halves(kind=kind, exif=exif.tobytes(), xmp=XMP, icc_profile=rgb_profile(DISPLAY_P3), **options)


def has_secrets(path: Path) -> bool:
    return any(secret in path.read_bytes() for secret in SECRETS)


def copy_of(path: Path) -> Image.Image:
    """The picture as it is now, whatever becomes of its file."""
    image = Image.open(BytesIO(path.read_bytes()))
    image.load()
    return image


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "HEIF", "AVIF", "TIFF"])
@pytest.mark.parametrize("orientation", [1, 6])
def test_a_photo_forgets_its_place_and_keeps_its_pixels(write: Write, kind: str, orientation: int) -> None:
    path = write("photo", photo(kind, orientation))
    before, probed = copy_of(path), probe(path)
    assert has_secrets(path)

    assert remove_photo_data(path) == PhotoData.REMOVED

    after = copy_of(path)
    assert not has_secrets(path)
    assert before.tobytes() == after.tobytes()
    assert before.info["icc_profile"] == after.info["icc_profile"]
    assert probe(path) == probed
    assert not after.getexif().get_ifd(0x8825) and not after.getexif().get_ifd(0x8769)
    if kind in ("JPEG", "PNG", "WEBP"):
        assert after.getexif().get(0x0112, 1) == orientation
    content = path.read_bytes()
    assert remove_photo_data(path) == PhotoData.NONE
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_behind_the_first_picture_of_a_phone_nothing_stays(write: Write) -> None:
    first, second = Image.open(BytesIO(knowing(1))), Image.open(BytesIO(knowing(3)))
    written = BytesIO()
    first.save(written, "MPO", save_all=True, append_images=[second], exif=first.getexif())
    path = write("a.jpg", written.getvalue() + b"Lisbon")
    before = copy_of(path)

    assert remove_photo_data(path) == PhotoData.REMOVED

    assert not has_secrets(path)
    assert copy_of(path).tobytes() == before.tobytes()


@pytest.mark.parametrize("options", [{"progressive": True}, {"restart_marker_blocks": 1}, {"subsampling": 0}])
def test_jpegs_of_all_kinds_stay_whole(write: Write, options: dict[str, Any]) -> None:
    path = write("a.jpg", photo("JPEG", 3, comment=b"on the quay", **options))
    before = copy_of(path)

    assert remove_photo_data(path) == PhotoData.REMOVED

    assert not has_secrets(path)
    assert copy_of(path).tobytes() == before.tobytes()


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_animations_play_on(write: Write, kind: str) -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue", "green")]
    written = BytesIO()
    exif = Image.open(BytesIO(knowing(1))).getexif()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=100, exif=exif)
    path = write("a", written.getvalue())
    probed = probe(path)

    assert remove_photo_data(path) == PhotoData.REMOVED

    assert not has_secrets(path)
    assert probe(path) == probed and probed.frames == 3


def test_words_in_a_png_go_and_drawings_stay(write: Write) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Author", "Harbour")
    words.add_itxt("Place", "Lisbon", zip=False)
    words.add_text("mxfile", "<mxfile>a plan</mxfile>")
    path = write("a.png", halves(pnginfo=words))

    assert remove_photo_data(path) == PhotoData.REMOVED

    assert not has_secrets(path)
    assert copy_of(path).info["mxfile"] == "<mxfile>a plan</mxfile>"


# Pillow reads no large ones of the other order.
@pytest.mark.parametrize(("order", "big"), [("<", False), (">", False), ("<", True)])
def test_tiffs_of_all_kinds_forget(write: Write, order: str, big: bool) -> None:
    tags: Mapping[int, Any] = {271: b"Harbour Cameras\0", 274: 1, 270: b"Channels of a scan\0"}
    exif = {37500: b"the maker's note of Harbour"}
    path = write("a.tif", build_tiff(tags, exif=exif, gps={29: b"2026:01:01 Lisbon\0"}, order=order, big=big))
    before = copy_of(path)

    assert remove_photo_data(path) == PhotoData.REMOVED

    assert not has_secrets(path)
    assert copy_of(path).tobytes() == before.tobytes() == PIXELS
    assert b"Channels of a scan" in path.read_bytes()
    assert remove_photo_data(path) == PhotoData.NONE


def test_of_a_tiff_with_pages_all_forget(write: Write) -> None:
    pages = [Image.new("L", (8, 8), grey) for grey in (10, 20, 30)]
    written = BytesIO()
    pages[0].save(
        written, "TIFF", save_all=True, append_images=pages[1:], tiffinfo={271: "Harbour Cameras", 316: "quay-1"}
    )
    path = write("a.tif", written.getvalue())

    assert remove_photo_data(path) == PhotoData.REMOVED

    assert not has_secrets(path)
    with Image.open(path) as image:
        greys = []
        for page in range(3):
            image.seek(page)
            greys.append(image.getpixel((0, 0)))
    assert greys == [10, 20, 30]


def test_a_raw_photo_keeps_what_it_is_developed_by(write: Write) -> None:
    tags = {271: b"Harbour Cameras\0", 50706: 0x01040000}
    path = write("a.dng", build_tiff(tags, gps={29: b"2026:01:01 Lisbon\0"}))

    assert remove_photo_data(path) == PhotoData.PARTIAL

    assert b"Lisbon" not in path.read_bytes() and b"Harbour" in path.read_bytes()
    assert copy_of(path).tobytes() == PIXELS


def test_a_tiff_whose_tags_are_pixels_too_stays_as_it_is(write: Write) -> None:
    """The text of a tag is where the strip of pixels is."""
    honest = build_tiff({271: b"Harbour Cameras\0"}, order="<")
    place = honest.index(b"Harbour")
    crooked = honest.replace(place.to_bytes(4, "little"), (12).to_bytes(4, "little"))
    assert crooked != honest
    path = write("a.tif", crooked)

    assert remove_photo_data(path) == PhotoData.FAILED
    assert path.read_bytes() == crooked


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (halves(), PhotoData.NONE),
        (halves(kind="JPEG"), PhotoData.NONE),
        (halves(kind="GIF"), PhotoData.UNSUPPORTED),
        (b"text", PhotoData.UNSUPPORTED),
        (b"", PhotoData.UNSUPPORTED),
        (knowing(1)[:60] + b"\xff", PhotoData.FAILED),
        (photo("PNG")[:-20], PhotoData.FAILED),
        (b"II*\0\x08\0\0\0\xff\xff", PhotoData.FAILED),
    ],
)
def test_where_nothing_can_be_taken_the_file_stays(write: Write, content: bytes, outcome: PhotoData) -> None:
    path = write("a", content)

    assert remove_photo_data(path) == outcome
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]


def test_a_child_that_dies_midway_leaves_the_file_whole(write: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    content = photo("JPEG")
    path = write("a.jpg", content)

    def die(operation: str, arguments: Mapping[str, str], **given: Any) -> None:
        Path(arguments["output"]).write_bytes(content[:100])
        raise MediaFailed("crash")

    monkeypatch.setattr(child.foreground, "call", die)

    assert remove_photo_data(path) == PhotoData.FAILED
    assert path.read_bytes() == content
    assert list(path.parent.iterdir()) == [path]
