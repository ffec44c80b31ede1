"""Write notices in Markdown."""

from __future__ import annotations

import re

SPECIAL = re.compile(r"([!-/:-@\[-`{-~])")


def escape_markdown(text: str) -> str:
    """Return Markdown that shows a text as it is, in one line."""
    return SPECIAL.sub(r"\\\1", " ".join(text.split()))
