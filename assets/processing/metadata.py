"""Describe what is known of a blob."""

from __future__ import annotations

from typing import Any

from assets.models import PROBED, Blob
from lib.media.kinds import Kind
from lib.media.probing import Probe
from lib.media.rendering import Rendering

RENDERED = ("placeholder", "first_lines", "peaks")


def describe_probe(probe: Probe) -> dict[str, Any]:
    """Return the metadata that a probe tells, without what it does not know."""
    found = {name: getattr(probe, name) for name in PROBED}
    return {name: value for name, value in found.items() if value is not None}


def rebuild_probe(blob: Blob) -> Probe:
    """Return what the probe of a blob has told."""
    known = {name: blob.metadata.get(name) for name in PROBED[1:]}
    return Probe(blob.mime_type, Kind(blob.kind), blob.metadata.get("format", ""), **known)


def describe_rendering(rendering: Rendering) -> dict[str, Any]:
    """Return the metadata that previews tell."""
    found = {name: getattr(rendering, name) for name in RENDERED}
    # Not the text for the search, which is long and never shown.
    return rendering.metadata | {name: value for name, value in found.items() if value}
