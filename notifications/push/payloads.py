"""Write what a push holds: JSON that browsers with Declarative Web Push show by themselves, and our worker else."""

from __future__ import annotations

import hashlib
from typing import Any
from urllib.parse import urljoin

import orjson

from notifications.push.encryption import MAX_PLAINTEXT, encode_base64url

# Says that the JSON is of Declarative Web Push: the number of the RFC of web push.
DECLARATIVE = 8030
MAX_TITLE, MAX_TEXT = 120, 500
MAX_TAGS = 40


def build_notification_payload(
    *, title: str, text: str, url: str, origin: str, tag: str, language: str, badge: int | None, is_silent: bool = False
) -> bytes:
    """Return the payload that shows a notification, at most 3 KB. `url` is a path of this server."""
    notification: dict[str, Any] = {
        "title": _shorten_text(title, MAX_TITLE),
        "body": _shorten_text(text, MAX_TEXT),
        "navigate": urljoin(origin, url or "/"),
        "lang": language,
        "tag": tag,
        "silent": is_silent,
    }
    payload: dict[str, Any] = {"web_push": DECLARATIVE, "notification": notification}
    if badge is not None:
        # Present browsers look for a number beside the notification; the first ones that could, for a text in it.
        payload["app_badge"] = badge
        notification["app_badge"] = str(badge)
    while len(encoded := orjson.dumps(payload)) > MAX_PLAINTEXT:
        notification["body"] = _shorten_text(notification["body"], len(notification["body"]) // 2)
    return encoded


def build_closing_payload(tags: list[str], *, badge: int | None) -> bytes:
    """Return the payload that takes back the notifications with these tags. Only our worker understands it."""
    return orjson.dumps({"close": tags[:MAX_TAGS], "app_badge": badge})


def build_topic(name: str) -> str:
    """Return the topic of a name: of two pushes of a topic that still wait for a device, it gets the later alone.

    32 characters of URL-safe base64 at most (RFC 8030, 5.4); "" for no name.
    """
    return encode_base64url(hashlib.sha256(name.encode()).digest())[:32] if name else ""


def _shorten_text(text: str, length: int) -> str:
    return text if len(text) <= length else f"{text[: max(length - 1, 0)]}…"
