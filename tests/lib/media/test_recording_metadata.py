"""From films and sounds goes where and by what they were taken. They play on."""

from __future__ import annotations

from pathlib import Path

import av
import pytest

from lib.media.photo_data import PhotoData, remove_photo_data
from tests.lib.media.conftest import Write, probe
from tests.lib.media.films import MEASURED, SEEN, build_film
from tests.lib.media.recordings import write_sound, write_video


@pytest.mark.parametrize("name", ["a.mp4", "a.mov"])
def test_a_video_forgets_its_place_and_plays_on(tmp_path: Path, name: str) -> None:
    path = tell(write_video(tmp_path / name, options={"movflags": "use_metadata_tags"}))
    assert b"+38.7" in path.read_bytes() or b"loci" in path.read_bytes()
    probed = probe(path)

    assert remove_photo_data(path) == PhotoData.REMOVED

    assert not any(secret in path.read_bytes() for secret in (b"+38.7", b"loci", b"Lisbon", b"Harbour"))
    assert probe(path) == probed
    assert remove_photo_data(path) == PhotoData.NONE


def test_a_sound_forgets_its_place_and_keeps_its_title(tmp_path: Path) -> None:
    path = tell(write_sound(tmp_path / "a.m4a", codec="aac", format="mp4"))
    assert b"loci" in path.read_bytes()

    assert remove_photo_data(path) == PhotoData.REMOVED

    assert b"loci" not in path.read_bytes() and b"Lavf" not in path.read_bytes()
    with av.open(str(path)) as container:
        assert container.metadata["title"] == "Lisbon"
        assert sum(1 for _ in container.decode(audio=0)) > 100
    assert remove_photo_data(path) == PhotoData.NONE


def tell(path: Path) -> Path:
    """Write a recording again, with where and by what it was taken."""
    told = path.with_name(f"told-{path.name}")
    with (
        av.open(str(path)) as source,
        av.open(str(told), "w", format="mov" if path.suffix == ".mov" else "mp4") as output,
    ):
        output.metadata.update({"location": "+38.7000-009.1333/", "make": "Harbour", "title": "Lisbon"})
        stream = output.add_stream_from_template(source.streams[0])
        for packet in source.demux(source.streams[0]):
            if packet.dts is not None:
                packet.stream = stream
                output.mux(packet)
    return told


def test_measurements_beside_the_picture_go(write: Write) -> None:
    content = build_film()
    path = write("a.mp4", content)

    assert remove_photo_data(path) == PhotoData.REMOVED

    stripped = path.read_bytes()
    assert len(stripped) == len(content)
    assert (stripped.count(SEEN), stripped.count(MEASURED), stripped.count(b"trak")) == (2, 0, 1)
    assert remove_photo_data(path) == PhotoData.NONE


@pytest.mark.parametrize("film", [build_film(fragmented=True), build_film(broken=True)])
def test_measurements_that_are_not_found_are_told_of(write: Write, film: bytes) -> None:
    path = write("a.mp4", film)

    assert remove_photo_data(path) == PhotoData.PARTIAL
    assert path.read_bytes() == film


def test_a_film_may_be_larger_than_what_a_child_writes(write: Write) -> None:
    """Only what is overwritten is written, and not by the child."""
    film = build_film()
    front, moov = film[: film.index(b"moov") - 4], film[film.index(b"moov") - 4 :]
    path = write("a.mp4", front)
    hole = 300 * 1024 * 1024
    with path.open("r+b") as file:
        file.seek(0, 2)
        file.write(hole.to_bytes(4, "big") + b"free")
        file.seek(len(front) + hole)
        file.write(moov)

    assert remove_photo_data(path) == PhotoData.REMOVED

    assert path.stat().st_size == len(film) + hole
    with path.open("rb") as file:
        assert MEASURED not in file.read(len(front))
