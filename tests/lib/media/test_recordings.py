"""Videos and sounds: told by their tracks, as long as their packets last, upright."""

from __future__ import annotations

import struct
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from lib.media.kinds import Kind
from tests.accounts.pictures import halves
from tests.lib.media.conftest import Render, Write, probe
from tests.lib.media.recordings import FRAGMENTED, write_sound, write_video


@pytest.mark.parametrize(
    ("name", "codec", "mime_type"),
    [
        ("a.mp4", "libx264", "video/mp4"),
        ("a.mov", "mpeg4", "video/quicktime"),
        ("a.webm", "libvpx", "video/webm"),
        ("a.mkv", "libx264", "video/x-matroska"),
        ("a.avi", "mpeg4", "video/x-msvideo"),
        ("a.ts", "mpeg2video", "video/mp2t"),
    ],
)
def test_a_video_has_a_size_a_length_and_a_poster(
    tmp_path: Path, render: Render, name: str, codec: str, mime_type: str
) -> None:
    path = write_video(tmp_path / name, codec=codec)

    told, made = probe(path), render(path)

    assert (told.mime_type, told.kind, told.width, told.height) == (mime_type, Kind.VIDEO, 64, 32)
    assert told.duration == pytest.approx(1, abs=0.15)
    assert [(small.size, small.width, small.height) for small in made.thumbnails] == [
        ("large", 64, 32),
        ("small", 64, 32),
    ]
    assert made.metadata["codecs"]


@pytest.mark.parametrize(("rotation", "left"), [(0, "red"), (90, None), (180, "blue"), (-90, None)])
def test_a_video_that_was_filmed_upright_stands_upright(
    tmp_path: Path, render: Render, rotation: int, left: str | None
) -> None:
    path = write_video(tmp_path / "turned.mp4", rotation=rotation)

    told, poster = probe(path), Image.open(render(path).thumbnails[0].path).convert("RGB")

    assert (told.width, told.height) == poster.size == ((64, 32) if left else (32, 64))
    if left:
        assert is_red(poster, 5, 16) == (left == "red")
    else:  # turned against the clock by 90 degrees, what was on the right is at the top
        assert is_red(poster, 16, 5) == (rotation == -90)


def test_pixels_of_a_film_need_not_be_square(tmp_path: Path, render: Render) -> None:
    path = write_video(tmp_path / "wide.mp4", pixel_shape=Fraction(3, 2))

    told, made = probe(path), render(path)

    assert (told.width, told.height) == (made.thumbnails[0].width, made.thumbnails[0].height) == (96, 32)


@pytest.mark.parametrize(
    ("name", "codec", "container", "mime_type"),
    [
        ("voice.m4a", "aac", {"format": "mp4"}, "audio/mp4"),
        ("voice.mp4", "aac", {"format": "mp4", "options": FRAGMENTED}, "audio/mp4"),
        ("voice.webm", "libopus", {"format": "webm"}, "audio/webm"),
        ("live.webm", "libopus", {"format": "webm", "options": {"live": "1"}}, "audio/webm"),
        ("voice.ogg", "libopus", {}, "audio/ogg"),
        ("song.mp3", "libmp3lame", {}, "audio/mpeg"),
        ("without-head.mp3", "libmp3lame", {"options": {"write_xing": "0", "id3v2_version": "0"}}, "audio/mpeg"),
        ("raw.aac", "aac", {"format": "adts"}, "audio/aac"),
        ("sound.wav", "pcm_s16le", {}, "audio/wav"),
        ("sound.flac", "flac", {}, "audio/flac"),
    ],
)
def test_a_sound_is_a_sound_whatever_holds_it(
    tmp_path: Path, render: Render, name: str, codec: str, container: dict[str, Any], mime_type: str
) -> None:
    path = write_sound(tmp_path / name, codec=codec, **container)

    told, made = probe(path), render(path)

    assert (told.mime_type, told.kind, told.width) == (mime_type, Kind.AUDIO, None)
    assert told.duration == pytest.approx(3, abs=0.1)
    assert made.metadata["duration"] == pytest.approx(3, abs=0.1)
    assert made.thumbnails == []


def test_peaks_show_where_it_is_loud(tmp_path: Path, render: Render) -> None:
    peaks = render(write_sound(tmp_path / "a.ogg", codec="libopus", quiet_until=1.5)).peaks

    assert len(peaks) == 64 and max(peaks) == 100
    assert max(peaks[:30]) < 15 and min(peaks[34:63]) > 80


def test_the_cover_of_a_song_is_no_film(tmp_path: Path, write: Write, render: Render) -> None:
    cover = b"\0image/png\0\3\0" + halves(300, 300)
    frame = b"APIC" + struct.pack(">IH", len(cover), 0) + cover
    size = bytes(len(frame) >> shift & 127 for shift in (21, 14, 7, 0))
    options = {"write_xing": "0", "id3v2_version": "0"}
    song = write_sound(tmp_path / "song.mp3", codec="libmp3lame", options=options).read_bytes()
    path = write("covered.mp3", b"ID3\3\0\0" + size + frame + song)

    told, made = probe(path), render(path)

    assert (told.mime_type, told.kind, told.width) == ("audio/mpeg", Kind.AUDIO, None)
    assert [(small.size, small.width) for small in made.thumbnails] == [("large", 300), ("small", 300)]


def test_a_recording_that_was_cut_off_is_no_player(tmp_path: Path, write: Write) -> None:
    whole = write_video(tmp_path / "a.mp4").read_bytes()

    assert probe(write("cut.mp4", whole[: len(whole) // 3])).kind == Kind.OTHER


def test_a_playlist_opens_no_other_file(write: Write) -> None:
    told = probe(write("a.m3u8", b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/secret.ts\n"))

    assert told.kind == Kind.TEXT


def is_red(picture: Image.Image, x: int, y: int) -> bool:
    red, _, blue = picture.getpixel((x, y))  # type: ignore[misc]
    return red > blue
