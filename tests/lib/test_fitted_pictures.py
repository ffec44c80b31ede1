from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image

from lib.images import fit_picture
from lib.web.errors import TooLarge, UnsupportedType
from tests.accounts.pictures import halves, knowing
from tests.lib.icc import DISPLAY_P3, rgb_profile


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
@pytest.mark.parametrize(
    ("size", "fitted"), [((400, 200), (100, 50)), ((90, 300), (30, 100)), ((80, 40), (80, 40)), ((5000, 3), (100, 1))]
)
def test_a_picture_keeps_its_shape(kind: str, size: tuple[int, int], fitted: tuple[int, int]) -> None:
    picture = fit_picture(BytesIO(halves(*size, kind=kind)), 100)

    image = Image.open(BytesIO(picture.content))
    assert (picture.width, picture.height) == image.size == fitted
    assert image.format == "WEBP"


def test_a_photograph_stands_upright_and_tells_no_place() -> None:
    picture = fit_picture(BytesIO(knowing(6)), 100)

    image = Image.open(BytesIO(picture.content))
    assert picture.height > picture.width
    assert not image.getexif()


def test_colours_of_a_wide_space_are_seen_as_they_were() -> None:
    profile = rgb_profile(DISPLAY_P3)
    file = BytesIO()
    Image.new("RGB", (300, 300), (200, 60, 60)).save(file, "PNG", icc_profile=profile)

    red, *_ = Image.open(BytesIO(fit_picture(BytesIO(file.getvalue()), 100).content)).getpixel((50, 50))

    assert red > 210


def test_what_is_no_small_picture_is_refused() -> None:
    with pytest.raises(UnsupportedType):
        fit_picture(BytesIO(b"<svg/>"), 100)
    with pytest.raises(TooLarge):
        fit_picture(BytesIO(halves(6000, 5000, mode="L")), 100)
