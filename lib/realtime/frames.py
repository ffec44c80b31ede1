"""Encode what goes over a WebSocket."""

from __future__ import annotations

from operator import methodcaller
from typing import Any

import orjson


def encode_text_frame(payload: bytes) -> bytes:
    """Encode an unmasked, unfragmented WebSocket text frame (RFC 6455, section 5.2)."""
    size = len(payload)
    if size < 126:
        return bytes((0x81, size)) + payload
    if size < 65536:
        return b"\x81\x7e" + size.to_bytes(2, "big") + payload
    return b"\x81\x7f" + size.to_bytes(8, "big") + payload


def encode_frame(type: str, **fields: Any) -> bytes:
    """Encode a frame of the API as JSON: its type and fields, among them shapes of REST."""
    return orjson.dumps({"type": type} | fields, default=_dump_shape, option=orjson.OPT_NON_STR_KEYS)


_dump_shape = methodcaller("model_dump", mode="json")
