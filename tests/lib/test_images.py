"""Pictures keep their colours, whatever space they come in."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from lib.images import OUTPUT_SIDE, crop_square
from tests.lib.icc import ADOBE_RGB, DISPLAY_P3, SRGB, cmyk_profile, grey_profile, rgb_profile

Colour = tuple[int, ...]
# From XYZ under D50 to linear sRGB.
TO_SRGB = (
    (3.13413, -1.61722, -0.49073),
    (-0.97878, 1.91608, 0.03345),
    (0.07197, -0.22896, 1.40541),
)


def picture(colour: Any, mode: str = "RGB", kind: str = "PNG", **options: Any) -> BytesIO:
    written = BytesIO()
    Image.new(mode, (300, 300), colour).save(written, kind, **options)
    return BytesIO(written.getvalue())


def middle(file: BytesIO) -> Colour:
    """The colour that a browser shows: it takes what has no profile for sRGB."""
    small = Image.open(BytesIO(crop_square(file)))
    assert (small.format, small.size, small.mode) == ("WEBP", (OUTPUT_SIDE, OUTPUT_SIDE), "RGB")
    assert "icc_profile" not in small.info
    colour = small.getpixel((OUTPUT_SIDE // 2, OUTPUT_SIDE // 2))
    assert isinstance(colour, tuple)
    return colour


def seen(colour: Colour, primaries: Any, gamma: float = 2.2) -> Colour:
    """What a colour of another space is in sRGB, by the book."""
    linear = [(value / 255) ** gamma for value in colour]
    xyz = [sum(primaries[n][axis] * linear[n] for n in range(3)) for axis in range(3)]
    light = [min(1.0, max(0.0, sum(row[axis] * xyz[axis] for axis in range(3)))) for row in TO_SRGB]
    return tuple(round(255 * (12.92 * v if v <= 0.0031308 else 1.055 * v ** (1 / 2.4) - 0.055)) for v in light)


def is_near(one: Colour, other: Colour, by: int = 5) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("primaries", [DISPLAY_P3, ADOBE_RGB], ids=["P3", "Adobe"])
@pytest.mark.parametrize("colour", [(200, 60, 60), (60, 170, 80), (60, 150, 180), (128, 128, 128)])
def test_colours_of_wide_spaces_are_seen_as_they_were(kind: str, primaries: Any, colour: Colour) -> None:
    options = {} if kind == "PNG" else {"quality": 95}

    shown = middle(picture(colour, kind=kind, icc_profile=rgb_profile(primaries), **options))

    assert is_near(shown, seen(colour, primaries))
    if len(set(colour)) > 1:
        assert not is_near(shown, colour)


def test_colours_of_srgb_and_those_without_a_profile_stay() -> None:
    colour = (200, 60, 60)

    assert is_near(middle(picture(colour, icc_profile=rgb_profile(SRGB))), colour)
    assert is_near(middle(picture(colour)), colour)


def test_transparent_pictures_are_converted_and_put_on_white() -> None:
    profile = rgb_profile(DISPLAY_P3)

    assert is_near(middle(picture((200, 60, 60, 255), "RGBA", icc_profile=profile)), seen((200, 60, 60), DISPLAY_P3))
    assert is_near(middle(picture((200, 60, 60, 0), "RGBA", icc_profile=profile)), (255, 255, 255))
    assert is_near(middle(picture((90, 255), "LA")), (90, 90, 90))


def test_palettes_have_profiles_too() -> None:
    file = BytesIO()
    Image.new("RGB", (300, 300), (200, 60, 60)).quantize(4).save(file, "PNG", icc_profile=rgb_profile(DISPLAY_P3))

    assert is_near(middle(file), seen((200, 60, 60), DISPLAY_P3))


@pytest.mark.parametrize(("gamma", "shown"), [(1.0, 188), (2.2, 128), (3.0, 100)])
def test_greys_follow_their_curve(gamma: float, shown: int) -> None:
    assert is_near(middle(picture(128, "L", icc_profile=grey_profile(gamma=gamma))), (shown,) * 3)


@pytest.mark.parametrize("level", [0, 64, 128, 255])
def test_greys_of_16_bits_are_not_cut_off(level: int) -> None:
    assert is_near(middle(picture(level * 257, "I;16")), (level,) * 3)


def test_prints_look_like_their_paper_and_ink() -> None:
    pink = {"quality": 95, "icc_profile": cmyk_profile(ink=(140, 178, 128))}
    paper, ink = (middle(picture((0, 0, 0, key), "CMYK", "JPEG", **pink)) for key in (0, 255))

    assert is_near(paper, (255, 255, 255))
    assert ink[0] > ink[1] + 40
    assert is_near(middle(picture((0, 0, 0, 255), "CMYK", "JPEG", quality=95)), (0, 0, 0))


@pytest.mark.parametrize(
    "profile",
    [
        b"no profile at all",
        b"\0" * 400,
        rgb_profile(DISPLAY_P3)[:200],
        rgb_profile(DISPLAY_P3).replace(b"rXYZ", b"zzzz", 1),
        grey_profile(gamma=1.0),
        cmyk_profile(ink=(140, 178, 128)),
    ],
    ids=["text", "zeros", "cut", "no red", "of greys", "of a printer"],
)
@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_broken_profile_fails_no_upload(profile: bytes, kind: str) -> None:
    assert is_near(middle(picture((200, 60, 60), kind=kind, icc_profile=profile)), (200, 60, 60), by=8)
