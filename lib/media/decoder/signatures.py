"""Recognise formats by their first bytes. What only looks like one is found out by its decoder."""

from __future__ import annotations

import re

# As Pillow calls them, by what they begin with.
PICTURES = (
    (b"\x89PNG\r\n\x1a\n", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF87a", "GIF"),
    (b"GIF89a", "GIF"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
    (b"II+\0", "TIFF"),
    (b"MM\0+", "TIFF"),
    (b"BM", "BMP"),
    (b"\0\0\1\0", "ICO"),
)
# Containers of sound and pictures, as FFmpeg calls them.
RECORDINGS = (
    (b"\x1a\x45\xdf\xa3", "matroska"),
    (b"OggS\0", "ogg"),
    (b"fLaC\0", "flac"),
    (b"fLaC\x80", "flac"),
    (b"FLV\1", "flv"),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (b"#!AMR", "amr"),
    (b"caff\0\1", "caf"),
    (b"\0\0\1\xba", "mpeg"),
)
OTHERS = (
    (b"%PDF-", "application/pdf"),
    (b"{\\rtf", "application/rtf"),
    (b"PK\3\4", "application/zip"),
    (b"PK\5\6", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/x-ole-storage"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"Rar!\x1a\x07", "application/vnd.rar"),
    (b"\x1f\x8b\x08", "application/gzip"),
    (b"\xfd7zXZ\0", "application/x-xz"),
    (b"\x28\xb5\x2f\xfd", "application/zstd"),
)
BZIP2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")
AVIF_BRANDS = (b"avif", b"avis")
HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"mif1", b"msf1")
# Sizes of MPEG frames: bit rates by version (1, or 2 and 2.5) and layer, sample rates by version.
FREE_BIT_RATE, BAD_BIT_RATE, BAD_SAMPLE_RATE = 0, 15, 3


def detect_picture(head: bytes) -> str | None:
    """Return what Pillow calls the format of a picture, None for another file."""
    for start, format in PICTURES:
        if head.startswith(start):
            return format
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    brands = _read_brands(head)
    if brands and brands[0] in (*AVIF_BRANDS, *HEIF_BRANDS):
        return "AVIF" if any(brand in AVIF_BRANDS for brand in brands) else "HEIF"
    return None


def detect_recording(head: bytes) -> str | None:
    """Return what FFmpeg calls the format of a video or sound, None for another file."""
    for start, format in RECORDINGS:
        if head.startswith(start):
            return format
    if head[:4] == b"RIFF" and head[8:12] in (b"WAVE", b"AVI "):
        return "wav" if head[8:12] == b"WAVE" else "avi"
    if head[:4] == b"FORM" and head[8:12] in (b"AIFF", b"AIFC"):
        return "aiff"
    if head[4:8] in (b"ftyp", b"moov", b"mdat", b"wide") and head[:2] in (b"\0\0", b"\0\1"):
        return "mov"
    if head[:1] == b"G" and head[188:189] == b"G" and head[376:377] == b"G":
        return "mpegts"
    if head[:3] == b"ID3" and len(head) > 10 and head[3] < 16 and max(head[6:10]) < 128:
        return "mp3"
    return _detect_frames(head)


def detect_other(head: bytes) -> str | None:
    """Return the MIME type of a document or archive as its first bytes tell it, None for another file."""
    for start, mime_type in OTHERS:
        if head.startswith(start):
            return mime_type
    if BZIP2.match(head):
        return "application/x-bzip2"
    if head[257:262] == b"ustar":
        return "application/x-tar"
    return None


def read_brand(head: bytes) -> bytes:
    """Return the major brand of an MP4 or one of its relatives."""
    return head[8:12] if head[4:8] == b"ftyp" else b""


def _read_brands(head: bytes) -> list[bytes]:
    if head[4:8] != b"ftyp":
        return []
    end = min(int.from_bytes(head[:4], "big"), len(head))
    return [head[8:12], *(head[at : at + 4] for at in range(16, end - 3, 4))]


def _detect_frames(head: bytes) -> str | None:
    """Tell MP3 and raw AAC, which have no signature, by two frames one behind the other."""
    if len(head) < 8 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return None
    if head[1] & 0xF6 == 0xF0:
        size = (head[3] & 3) << 11 | head[4] << 3 | head[5] >> 5
        return "aac" if size > 7 and head[size : size + 2] == head[:2] else None
    layer, bit_rate, sample_rate = head[1] >> 1 & 3, head[2] >> 4, head[2] >> 2 & 3
    if layer != 1 or bit_rate in (FREE_BIT_RATE, BAD_BIT_RATE) or sample_rate == BAD_SAMPLE_RATE:
        return None
    size = _measure_mp3_frame(head)
    return "mp3" if head[size : size + 1] == b"\xff" and head[size + 1] == head[1] else None


def _measure_mp3_frame(head: bytes) -> int:
    """Return the bytes of a frame of MPEG 1, 2 or 2.5, layer III (ISO/IEC 11172-3, 2.4.2.3)."""
    version = head[1] >> 3 & 3
    is_first = version == 3
    rates = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
    low_rates = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
    kilobits = (rates if is_first else low_rates)[(head[2] >> 4) - 1]
    hertz = (44_100, 48_000, 32_000)[head[2] >> 2 & 3] // {3: 1, 2: 2, 0: 4}.get(version, 1)
    return (144 if is_first else 72) * kilobits * 1000 // hertz + (head[2] >> 1 & 1)
