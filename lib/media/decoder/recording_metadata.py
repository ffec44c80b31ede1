"""Find what tells where and by what a film or sound was taken: MP4, QuickTime, M4A, and moving HEIC and AVIF."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, NamedTuple

from lib.media.decoder.boxes import Box, blank_box, read_boxes
from lib.media.decoder.chunks import list_chunks
from lib.media.decoder.patches import Patch

CONTAINERS = (b"moov", b"trak", b"moof", b"traf")
# What users, cameras and programs have added to a film or track. Players need none of it. MPVD is the film of a photo.
USER_DATA = (b"udta", b"meta", b"uuid", b"XMP_")
TOP_LEVEL_DATA = (b"uuid", b"XMP_", b"udta", b"mpvd")
# Of a sound, what a listener looks for stays: title, performer, album, cover, chapters.
SONG_DATA = (b"meta", b"name", b"chpl", b"titl", b"perf", b"auth", b"albm", b"gnre", b"yrrc", b"cprt")
SONG_TAGS = (
    b"\xa9nam", b"\xa9ART", b"\xa9alb", b"aART", b"\xa9gen", b"gnre", b"\xa9day", b"\xa9wrt", b"\xa9grp", b"\xa9lyr",
    b"trkn", b"disk", b"tmpo", b"cpil", b"pgap", b"covr", b"stik", b"rtng", b"desc", b"ldes", b"cprt",
)  # fmt: skip
# Tracks of these are measurements beside the picture, positions among them: by action cameras, drones, phones.
SEEN, MEASURED = (b"vide", b"pict"), (b"meta", b"camm")


class RecordingMetadata(NamedTuple):
    """What blanks metadata, and whether some stays."""

    patches: list[Patch]
    is_partial: bool


def find_metadata(file: IO[bytes]) -> RecordingMetadata:
    """Return what blanks the metadata of a recording: of a sound what is no title, of others all that users add."""
    patches: list[Patch] = []
    is_partial = False
    for box in list(read_boxes(file, 0, file.seek(0, 2))):
        if box.kind in TOP_LEVEL_DATA:
            patches += blank_box(box)
        elif box.kind == b"moov":
            tracks = [(track, _read_handler(file, track)) for track in _find_all(file, box, b"trak")]
            is_sound = bool(tracks) and not any(handler in SEEN for _track, handler in tracks)
            measured = [track for track, handler in tracks if handler in MEASURED]
            patches += _blank_user_data(file, box, is_sound=is_sound)
            if measured and _find_all(file, box, b"mvex"):  # its samples are all over the file
                is_partial = True
                continue
            for track in measured:
                chunks = list_chunks(file, _find_tables(file, track))
                is_partial |= chunks is None
                patches += [Patch(*chunk) for chunk in chunks or ()]
                patches += blank_box(track) if chunks is not None else ()
        elif box.kind in CONTAINERS:
            patches += _blank_user_data(file, box, is_sound=False)
    return RecordingMetadata(patches, is_partial)


def _blank_user_data(file: IO[bytes], parent: Box, *, is_sound: bool) -> Iterator[Patch]:
    for box in list(read_boxes(file, parent.body, parent.end)):
        if box.kind in CONTAINERS:
            yield from _blank_user_data(file, box, is_sound=is_sound)
        elif box.kind == b"udta" and is_sound:
            yield from _blank_all_but_songs(file, box)
        elif box.kind in USER_DATA:
            yield from blank_box(box)


def _blank_all_but_songs(file: IO[bytes], user_data: Box) -> Iterator[Patch]:
    for box in list(read_boxes(file, user_data.body, user_data.end)):
        if box.kind not in SONG_DATA:
            yield from _blank_filled(box)
        elif box.kind == b"meta":
            for tags in _find_all(file, box._replace(body=box.body + 4), b"ilst"):
                for tag in list(read_boxes(file, tags.body, tags.end)):
                    if tag.kind not in SONG_TAGS:
                        yield from _blank_filled(tag)


def _blank_filled(box: Box) -> list[Patch]:
    return [] if box.kind == b"free" else blank_box(box)


def _read_handler(file: IO[bytes], track: Box) -> bytes:
    for media in _find_all(file, track, b"mdia"):
        for handler in _find_all(file, media, b"hdlr"):
            file.seek(handler.body + 8)
            return file.read(4)
    return b""


def _find_tables(file: IO[bytes], track: Box) -> dict[bytes, Box]:
    """Return the tables of where the samples of a track are, by their types."""
    boxes = [track]
    for kind in (b"mdia", b"minf", b"stbl"):
        boxes = [inside for box in boxes for inside in _find_all(file, box, kind)]
    return {table.kind: table for box in boxes for table in read_boxes(file, box.body, box.end)}


def _find_all(file: IO[bytes], parent: Box, kind: bytes) -> list[Box]:
    return [box for box in read_boxes(file, parent.body, parent.end) if box.kind == kind]
