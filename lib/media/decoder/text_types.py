"""MIME types of text, by the ends of names."""

from __future__ import annotations

TYPES = {
    "text/csv": ("csv",),
    "text/tab-separated-values": ("tsv", "tab"),
    "text/markdown": ("md", "markdown", "mdown"),
    "text/html": ("html", "htm", "xht"),
    "application/xhtml+xml": ("xhtml",),
    "application/xml": ("xml", "xsl", "xslt", "xsd", "rss", "atom", "plist", "gpx", "kml"),
    "image/svg+xml": ("svg",),
    "application/json": ("json", "geojson", "webmanifest", "ipynb"),
    "application/x-ndjson": ("ndjson", "jsonl"),
    "application/toml": ("toml",),
    "application/yaml": ("yaml", "yml"),
    "text/css": ("css",),
    "text/javascript": ("js", "mjs", "cjs"),
    "text/calendar": ("ics",),
    "text/vcard": ("vcf",),
}
BY_ENDING = {ending: mime_type for mime_type, endings in TYPES.items() for ending in endings}


def name_text_type(name: str) -> str:
    """Return the MIME type of a text by its name; plain text where that tells nothing."""
    return BY_ENDING.get(name.rpartition(".")[2].lower(), "text/plain")
