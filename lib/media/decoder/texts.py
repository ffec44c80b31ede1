"""Tell text from other bytes, by the bytes alone, and read it."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from charset_normalizer import from_bytes

SAMPLE_BYTES = 64 * 1024
GUESSED_BYTES = 16 * 1024
# Of less a guess is mostly wrong, and most files are western, or of bytes that are no text.
MIN_GUESSED_BYTES, MIN_OTHER_BYTES = 64, 24
MAX_TEXT_BYTES = 100 * 1024
MAX_FIRST_BYTES = 4 * 1024
MAX_FIRST_LINES = 60
# Longer first, since the mark of UTF-32 begins with that of UTF-16.
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Apart from tab, line feed, carriage return, form feed, and escape, by which terminals colour what they log.
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
# Of the letters of a text in a western language. What has more, and is no other encoding, is no text.
MAX_SPECIAL_SHARE = 0.3


def detect_encoding(sample: bytes) -> str | None:
    """Return the encoding of text by its beginning, None for what is no text.

    Those of Unicode are told for sure, old ones by how often their letters stand side by side.
    """
    for mark, encoding in MARKS:
        if sample.startswith(mark):
            return encoding if _is_text(sample, encoding) else None
    if b"\0" in sample:
        return next((name for name in ("utf-16-le", "utf-16-be") if _is_wide_text(sample, name)), None)
    if _is_text(sample, "utf-8"):
        return "utf-8"
    return _guess_encoding(sample)


def read_text(path: Path) -> tuple[str, str]:
    """Return the text of a file, at most 100 KB of it, and its first lines, at most 4 KB; empty ones of no text."""
    with path.open("rb") as file:
        data = file.read(2 * MAX_TEXT_BYTES)
    encoding = detect_encoding(data[:SAMPLE_BYTES])
    if encoding is None:
        return "", ""
    text = clean_text(codecs.getincrementaldecoder(encoding)("replace").decode(data))
    first = "\n".join(text[:MAX_FIRST_BYTES].split("\n")[:MAX_FIRST_LINES])
    return cut_text(text, MAX_TEXT_BYTES), cut_text(first, MAX_FIRST_BYTES)


def clean_text(text: str) -> str:
    """Return text with plain line ends, without control characters and lone surrogates, which no database takes."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROLS.sub("", lines).encode("utf-8", "ignore").decode()


def cut_text(text: str, size: int) -> str:
    """Return the beginning of a text, at most `size` bytes of UTF-8."""
    return text.encode()[:size].decode(errors="ignore")


def _is_text(sample: bytes, encoding: str) -> bool:
    try:
        # A character may be cut at the end of the sample.
        text = codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return not CONTROLS.search(text)


def _guess_encoding(sample: bytes) -> str | None:
    """Return the encoding of text that is not Unicode. All of those that are found have the control bytes of ASCII."""
    if CONTROLS.search(sample.decode("latin-1")):
        return None
    is_western = sum(byte > 127 for byte in sample) <= MAX_SPECIAL_SHARE * len(sample)
    if len(sample) >= (MIN_GUESSED_BYTES if is_western else MIN_OTHER_BYTES):
        guess = from_bytes(sample[:GUESSED_BYTES]).best()
        if guess and _is_text(sample, guess.encoding):
            return guess.encoding
    return "cp1252" if is_western and _is_text(sample, "cp1252") else None


def _is_wide_text(sample: bytes, encoding: str) -> bool:
    """Tell UTF-16 without its mark: every other byte of what has some ASCII in it is zero."""
    zeros = sample[1::2] if encoding == "utf-16-le" else sample[::2]
    others = sample[::2] if encoding == "utf-16-le" else sample[1::2]
    is_wide = len(sample) > 1 and zeros.count(0) > 0.4 * len(zeros) and others.count(0) == 0
    return is_wide and _is_text(sample, encoding)
