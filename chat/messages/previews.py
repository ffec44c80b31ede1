"""The previews below a message, as REST answers and events carry them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse


def list_previews(stored: Sequence[dict[str, Any]] | None) -> list[dict[str, Any]]:
    """Return the shapes of the entries of `Message.previews`."""
    return [
        {
            "url": shown["url"],
            "title": shown["title"],
            "description": shown["description"],
            "site_name": shown["site_name"],
            "image_url": build_image_url(shown["image"]),
            "image_width": shown["width"],
            "image_height": shown["height"],
        }
        for shown in stored or ()
    ]


def build_image_url(preview_id: str | None) -> str | None:
    """Return the path of a preview's picture, None where it has none."""
    return reverse("api:get_preview_image", args=[preview_id]) if preview_id else None
