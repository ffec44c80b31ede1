"""Join the style sheets in the order in which `_styles.html` links them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from django.conf import settings

# Beside its sources: what they link to by relative addresses is the same.
JOINED = "css/joined.css"
LINK = re.compile(r'{% static "(css/[\w-]+\.css)" %}')
COMMENT = re.compile(r"/\*.*?\*/\n?", re.DOTALL)
INDENT = re.compile(r"\n\s+")
# Only valid at the beginning of a file.
UNSUPPORTED = re.compile(r"@(?:import|charset|namespace)\b")


class UnsupportedStyleSheet(ValueError):
    """A style sheet has a rule that would be ignored in the middle of a joined one."""


def list_stylesheets() -> list[str]:
    """Return the names of all style sheets in their order."""
    return LINK.findall((settings.BASE_DIR / "templates/_styles.html").read_text())


def join_stylesheets(sources: Mapping[str, str]) -> str:
    """Return the text of all style sheets, given by name, without comments and indents."""
    for name in list_stylesheets():
        if found := UNSUPPORTED.search(sources[name]):
            raise UnsupportedStyleSheet(f"{name}: {found[0]}")
    return "".join(strip_stylesheet(sources[name]) for name in list_stylesheets())


def strip_stylesheet(text: str) -> str:
    """Return a style sheet without comments, indents and blank lines: a twentieth of what is sent."""
    return INDENT.sub("\n", COMMENT.sub("", text)).strip() + "\n"
