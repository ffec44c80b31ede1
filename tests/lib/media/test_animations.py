"""A film stays one in its large thumbnail, and plays as it did."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from PIL import Image

from lib.media.decoder import animations
from tests.lib.media.conftest import Render, Write, probe

TIMES = [100, 500, 1000, 40]


def film(kind: str, *, size: tuple[int, int] = (60, 40), times: list[int] = TIMES, **options: Any) -> bytes:
    frames = [Image.new("RGB", size, (40 * number % 256, 0, 250)) for number in range(len(times))]
    written = BytesIO()
    frames[0].save(written, kind, save_all=True, append_images=frames[1:], duration=times, **options)
    return written.getvalue()


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG", "AVIF"])
def test_each_frame_keeps_its_time(write: Write, render: Render, kind: str) -> None:
    path = write("a", film(kind, loop=0))

    told, made = probe(path), render(path)

    large, small = (Image.open(thumbnail.path) for thumbnail in made.thumbnails)
    assert (told.frames, made.metadata) == (4, {"frames": 4, "duration": 1.64})
    assert [read_time(large, number) for number in range(4)] == TIMES
    assert (large.n_frames, small.n_frames) == (4, 1)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("kind", "options", "loop"),
    [
        ("GIF", {}, 1),
        ("GIF", {"loop": 0}, 0),
        ("GIF", {"loop": 2}, 3),
        ("WEBP", {"loop": 2}, 2),
        ("PNG", {"loop": 1}, 1),
    ],
)
def test_it_is_repeated_as_often(write: Write, render: Render, kind: str, options: dict[str, int], loop: int) -> None:
    large, _small = render(write("a", film(kind, **options))).thumbnails

    assert Image.open(large.path).info["loop"] == loop


def test_frames_without_time_are_shown_as_browsers_show_them(write: Write, render: Render) -> None:
    large, _small = render(write("a", film("GIF", times=[0, 10, 30]))).thumbnails

    assert [read_time(Image.open(large.path), number) for number in range(3)] == [100, 100, 30]


def test_a_long_film_is_made_smaller_and_cut(write: Write, render: Render, monkeypatch: pytest.MonkeyPatch) -> None:
    times = [50] * (animations.MAX_FRAMES + 20)

    made = render(write("a", film("GIF", size=(420, 330), times=times)))

    large = Image.open(made.thumbnails[0].path)
    assert large.n_frames <= animations.MAX_FRAMES  # type: ignore[attr-defined]
    assert large.width * large.height * animations.MAX_FRAMES <= 1.1 * animations.MAX_PIXELS
    assert max(made.thumbnails[1].width, made.thumbnails[1].height) == 360


def read_time(image: Image.Image, number: int) -> int:
    image.seek(number)
    image.load()
    return int(image.info["duration"])
