"""Tell whether a PDF could run a script where it is opened: viewers let it show dialogs, send forms and follow links.

Names stand in the file as they are, but for those in compressed object streams (ISO 32000-1, 7.5.7), which are
unpacked, and for `#xx`, which stands for any character (7.3.5).
"""

from __future__ import annotations

import mmap
import re
import zlib
from pathlib import Path

SCRIPTS = re.compile(rb"/(JavaScript|JS|Launch|XFA|RichMedia|ImportData|SubmitForm|Encrypt)(?![A-Za-z0-9])")
ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
# The name of an object stream, each letter of which may be escaped.
OBJECT_STREAM = re.compile(b"".join(rb"(?:%c|#(?i:%02x))" % (letter, letter) for letter in b"ObjStm"))
# An object's dictionary ends here, and its bytes begin.
STREAM = re.compile(rb"(?<!end)stream\r?\n?")
# What writers put into the dictionary of an object stream: names, numbers, references and lists. Strings, comments and
# dictionaries in it could make us read another one than viewers do.
PLAIN_DICTIONARY = re.compile(rb"\s*+<<(?>\s*+(?:/[\w.+-]++|\d++|R\b|[\[\]]))*+\s*+>>\s*+")
FLATE = re.compile(rb"/Filter\s*+\[?\s*+/FlateDecode\b(?!\s*/\w+Decode)")
OTHER_PACKING = re.compile(rb"/(DecodeParms|DP|F|FFilter|FDecodeParms)\b")
DICTIONARY_BYTES = 4096
# Of what object streams hold, in all. Those of a book of a thousand pages have some ten megabytes.
MAX_UNPACKED = 64 * 1024 * 1024
PIECE = 1024 * 1024


def has_script(path: Path) -> bool:
    """Tell whether a PDF names anything that runs. What can't be looked into counts as a script: it is encrypted, or
    packed in another way or to more than 64 MB.
    """
    if not path.stat().st_size:
        return False
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return _names_script(content) or _hides_script(content)


def _names_script(content: mmap.mmap | bytes) -> bool:
    """Look for names, piece by piece, each with the end of the one before."""
    for start in range(0, len(content), PIECE):
        piece = content[max(0, start - 100) : start + PIECE]
        if SCRIPTS.search(ESCAPE.sub(_decode_escape, piece)):
            return True
    return False


def _hides_script(content: mmap.mmap) -> bool:
    left = MAX_UNPACKED
    for match in OBJECT_STREAM.finditer(content):
        begin = content.rfind(b"obj", max(0, match.start() - DICTIONARY_BYTES), match.start())
        stream = STREAM.search(content, match.end(), match.end() + DICTIONARY_BYTES)
        if begin < 0 or stream is None:
            return True
        dictionary = ESCAPE.sub(_decode_escape, content[begin + len(b"obj") : stream.start()])
        if not PLAIN_DICTIONARY.fullmatch(dictionary):
            return True
        unpacked = _unpack_stream(content, stream.end(), dictionary, left)
        if unpacked is None or _names_script(unpacked):
            return True
        left -= len(unpacked)
    return False


def _decode_escape(escape: re.Match[bytes]) -> bytes:
    return bytes([int(escape[1], 16)])


def _unpack_stream(content: mmap.mmap, start: int, dictionary: bytes, limit: int) -> bytes | None:
    """Return what a stream holds; None for one that is packed in a way that we don't know, or to more than `limit`."""
    if OTHER_PACKING.search(dictionary) or dictionary.count(b"/Filter") > 1:
        return None
    if b"/Filter" not in dictionary:
        end = content.find(b"endstream", start)
        return content[start:end] if 0 <= end - start <= limit else None
    if not FLATE.search(dictionary):
        return None
    inflater, parts = zlib.decompressobj(), []
    try:
        while not inflater.eof and limit > 0 and start < len(content):
            parts.append(inflater.decompress(inflater.unconsumed_tail or content[start : start + PIECE], limit))
            start += 0 if inflater.unconsumed_tail else PIECE
            limit -= len(parts[-1])
    except zlib.error:
        return None
    return b"".join(parts) if inflater.eof else None
