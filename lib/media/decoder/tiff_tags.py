"""Find the tags of a TIFF that tell where, when and by what it was taken (TIFF 6.0, BigTIFF, Exif 2.32)."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from typing import IO, NamedTuple

from lib.media.decoder.patches import Patch
from lib.media.decoder.refusals import Refusal

MAX_DIRECTORIES = 10_000
MAX_ENTRIES = 10_000
MAX_OFFSETS = 1_000_000
# Bytes of a value, by its type.
TYPE_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
OFFSET_TYPES = {3: "H", 4: "I", 13: "I", 16: "Q", 18: "Q"}
SUB_DIRECTORIES = 330
EXIF, GPS, INTEROPERABILITY = 34665, 34853, 40965
# Directories of metadata, which go with all that they name.
POINTERS = (EXIF, GPS, INTEROPERABILITY)
# Make, model, software, time, artist, computer, XMP, IPTC, Photoshop, words of Windows, time zone. Not the description:
# microscopes and scanners tell there how the pixels are to be read.
STRIPPED_TAGS = {*POINTERS, 271, 272, 305, 306, 315, 316, 700, 33723, 34377, *range(40091, 40096), 34858}
# Where pixels are, and their sizes: strips, tiles, old JPEG.
PIXELS = ((273, 279), (324, 325), (513, 514))
# A raw photo is developed by what its camera says. Its place alone can go.
DNG_VERSION, COMPRESSION, PHOTOMETRIC = 50706, 259, 262
RAW_COMPRESSIONS, RAW_PHOTOMETRICS = (32767, 34713, 65000, 65535), (32803, 34892)


class Entry(NamedTuple):
    """A tag with the number and the place of its values, and the bytes of its entry."""

    tag: int
    kind: int
    number: int
    start: int
    size: int
    raw: bytes


class Directory(NamedTuple):
    """A list of tags: where it begins and ends, its entries by tag, and the bytes that name the next one."""

    start: int
    end: int
    entries: dict[int, Entry]
    next: bytes


class Tags(NamedTuple):
    """What blanks the tags, and whether it is a raw photo, of which its camera's stay."""

    patches: list[Patch]
    is_raw: bool


class _Reader:
    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.size = file, file.seek(0, 2)
        head = self.read(0, 16)
        self.order = "<" if head[:2] == b"II" else ">"
        self.is_big = 43 in head[2:4]
        self.is_raw = head[8:10] == b"CR"
        self.first = self.unpack("Q" if self.is_big else "I", head[8 if self.is_big else 4 :])

    def read(self, start: int, size: int) -> bytes:
        self.file.seek(start)
        data = self.file.read(size)
        if len(data) < size:
            raise Refusal("broken", "A tag is behind the end.")
        return data

    def unpack(self, letter: str, data: bytes) -> int:
        return int(struct.unpack_from(self.order + letter, data)[0])

    def read_directory(self, start: int) -> Directory:
        """Read a list of tags."""
        width, entry_size, head = (8, 20, "Q") if self.is_big else (4, 12, "H")
        count = self.unpack(head, self.read(start, struct.calcsize("=" + head)))
        if count > MAX_ENTRIES:
            raise Refusal("broken", "Too many tags.")
        body = start + struct.calcsize("=" + head)
        entries = {}
        for at in range(body, body + count * entry_size, entry_size):
            entry = self._read_entry(at, self.read(at, entry_size), width)
            entries[entry.tag] = entry
        end = body + count * entry_size
        return Directory(start, end + width, entries, self.file.read(width).ljust(width, b"\0"))

    def _read_entry(self, at: int, raw: bytes, width: int) -> Entry:
        tag, kind = struct.unpack_from(self.order + "HH", raw)
        letter = "Q" if self.is_big else "I"
        count = self.unpack(letter, raw[4:])
        size = TYPE_SIZES.get(kind, 1) * count
        start = at + len(raw) - width if size <= width else self.unpack(letter, raw[4 + width :])
        return Entry(tag, kind, count, start, size, raw)

    def read_numbers(self, entry: Entry | None) -> tuple[int, ...]:
        """Return the values of a tag that names places."""
        if entry is None or entry.kind not in OFFSET_TYPES or entry.number > MAX_OFFSETS:
            return ()
        data = self.read(entry.start, entry.size)
        return struct.unpack(f"{self.order}{entry.number}{OFFSET_TYPES[entry.kind]}", data)

    def walk(self, starts: list[int]) -> Iterator[Directory]:
        """Yield the directories at some places, those that follow, and those inside."""
        seen: set[int] = set()
        while starts:
            start = starts.pop()
            if not 0 < start < self.size or start in seen:
                continue
            if len(seen) == MAX_DIRECTORIES:
                raise Refusal("broken", "Too many lists of tags.")
            seen.add(start)
            directory = self.read_directory(start)
            yield directory
            starts.append(self.unpack("Q" if self.is_big else "I", directory.next))
            starts += self.read_numbers(directory.entries.get(SUB_DIRECTORIES))


def find_tags(file: IO[bytes]) -> Tags:
    """Return what blanks the tags of a TIFF. Refuse one whose tags and pixels share bytes."""
    reader = _Reader(file)
    directories = list(reader.walk([reader.first]))
    is_raw = reader.is_raw or any(_is_raw(reader, each.entries) for each in directories)
    stripped = {GPS} if is_raw else STRIPPED_TAGS
    blanked: list[Patch] = []
    rewritten: list[Patch] = []
    for directory in directories:
        if gone := [entry for entry in directory.entries.values() if entry.tag in stripped]:
            for entry in gone:
                blanked += _blank_values(reader, entry, depth=0)
            rewritten.append(_drop_entries(reader, directory, stripped))
    _require_apart(blanked, _list_kept(reader, directories, stripped))
    return Tags([*blanked, *rewritten], is_raw)


def _is_raw(reader: _Reader, entries: Mapping[int, Entry]) -> bool:
    compressions = reader.read_numbers(entries.get(COMPRESSION))
    photometrics = reader.read_numbers(entries.get(PHOTOMETRIC))
    is_raw = set(compressions) & set(RAW_COMPRESSIONS) or set(photometrics) & set(RAW_PHOTOMETRICS)
    return bool(is_raw) or DNG_VERSION in entries


def _blank_values(reader: _Reader, entry: Entry, *, depth: int) -> Iterator[Patch]:
    """Yield what blanks the values of a tag outside its directory, with those of the directory that it names."""
    if entry.tag in POINTERS and depth < len(POINTERS):
        for start in reader.read_numbers(entry):
            directory = reader.read_directory(start)
            for inner in directory.entries.values():
                yield from _blank_values(reader, inner, depth=depth + 1)
            yield Patch(start, min(directory.end, reader.size) - start)
    elif entry.size > len(entry.raw) - (12 if reader.is_big else 8):
        yield Patch(entry.start, entry.size)


def _drop_entries(reader: _Reader, directory: Directory, stripped: set[int]) -> Patch:
    """Return a directory without some of its tags, in its place."""
    kept = [entry.raw for entry in directory.entries.values() if entry.tag not in stripped]
    count = struct.pack(reader.order + ("Q" if reader.is_big else "H"), len(kept))
    return Patch(directory.start, directory.end - directory.start, count + b"".join(kept) + directory.next)


def _list_kept(reader: _Reader, directories: list[Directory], stripped: set[int]) -> list[tuple[int, int]]:
    """Return begin and end of all that stays: directories, the values of their tags, pixels."""
    kept = [(directory.start, directory.end) for directory in directories]
    for directory in directories:
        entries = directory.entries
        kept += [(each.start, each.start + each.size) for each in entries.values() if each.tag not in stripped]
        for starts, sizes in PIXELS:
            places = reader.read_numbers(entries.get(starts)), reader.read_numbers(entries.get(sizes))
            kept += [(start, start + size) for start, size in zip(*places, strict=False)]
    return kept


def _require_apart(blanked: list[Patch], kept: list[tuple[int, int]]) -> None:
    """Raise Refusal where bytes that are to be blanked belong to what stays, too."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(kept):
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    starts = [start for start, _end in merged]
    for patch in blanked:
        before = bisect_right(starts, patch.start + patch.size - 1) - 1
        if patch.size and before >= 0 and merged[before][1] > patch.start:
            raise Refusal("broken", "Tags and pixels share bytes.")
