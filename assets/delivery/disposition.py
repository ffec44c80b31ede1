"""Decide what a browser does with a file: show it, or save it under its name."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

from assets.models import Asset
from lib.media.kinds import UNKNOWN_TYPE

PDF_TYPE = "application/pdf"
# Those that run nothing when they are opened, but for some PDFs. All others are saved, SVG and text among them.
SHOWN_TYPES = frozenset(
    {
        "image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/heic", "image/bmp",
        "video/mp4", "video/webm", "video/ogg", "video/quicktime", "video/x-matroska",
        "audio/mpeg", "audio/mp4", "audio/aac", "audio/ogg", "audio/webm", "audio/wav", "audio/x-wav", "audio/flac",
        "audio/opus",
        PDF_TYPE,
    }
)  # fmt: skip
# Else all but letters and digits, as RFC 8187 has it.
ATTRIBUTE_CHARACTERS = "!#$&+-.^_`|~"


def choose_sent_type(mime_type: str) -> str:
    """Return the type under which bytes are sent: that of what is saved anyway tells no browser that it is a script.

    Our pages may load scripts and styles of our origin, which uploads must never be.
    """
    return mime_type if mime_type in SHOWN_TYPES else UNKNOWN_TYPE


def is_shown(asset: Asset) -> bool:
    """Tell whether a browser may show a file: a PDF once we have looked, and there is no script in it."""
    return asset.mime_type in SHOWN_TYPES and (asset.mime_type != PDF_TYPE or asset.metadata.get("scripted") is False)


def build_disposition(name: str, *, shown: bool) -> str:
    """Return the header Content-Disposition: the name as it is, and one of ASCII for clients that know no other."""
    kind = "inline" if shown else "attachment"
    exact = quote(name, safe=ATTRIBUTE_CHARACTERS, errors="replace")
    return f"{kind}; filename=\"{_simplify_name(name)}\"; filename*=UTF-8''{exact}"


def _simplify_name(name: str) -> str:
    """Return a name of ASCII that needs no escapes: without accents, and with _ for what it can't hold."""
    plain = unicodedata.normalize("NFKD", name)
    kept = [each for each in plain if not unicodedata.combining(each)]
    return "".join(each if " " <= each <= "~" and each not in '"\\%;' else "_" for each in kept)
