"""Read a message and render it as safe HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any

from markdown_it.token import Token

from lib.text.emoji import EMOJI_ONLY
from lib.text.invisible import is_visible
from lib.text.markdown.highlighting import Highlighter
from lib.text.markdown.parser import build_parser
from lib.text.markdown.quick import NEEDS_PARSER, render_quickly
from lib.text.markdown.sanitizer import sanitize_html

# To be raised with every change of what is rendered: `manage.py rerender` finds by it what was rendered before.
VERSION = 1

VISIBLE = re.compile(r">[^<&]*[A-Za-z0-9]")
TAG = re.compile(r"<[^>]*>")

# The id and the short name of a user who is in the room; None for a user who is not, and whom nobody is told of.
User = tuple[str, str] | None
# What another name means: a kind, `broadcast` or `group`, and which one.
Mark = tuple[str, str]

_parser = build_parser()


class Document:
    """A message that was read. `usernames` are those that it may name: look them up, then render."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._env: dict[str, Any] = {"usernames": set()}
        self._html = render_quickly(content) if NEEDS_PARSER.search(content) else _render_plain(content)
        self._tokens: list[Token] = _parser.parse(content, self._env) if self._html is None else []

    @property
    def usernames(self) -> set[str]:
        """Return the lower-case names after an @, whether or not they are usernames."""
        names: set[str] = self._env["usernames"]
        return names

    def render(self, users: Mapping[str, User], marks: Mapping[str, Mark] | None = None) -> tuple[str, set[str]]:
        """Return safe HTML, and which of the names in `users` and `marks` it names."""
        if self._html is not None:
            return self._html, set()
        env = self._env | {"users": users, "marks": marks or {}, "named": set(), "highlighter": Highlighter()}
        html = sanitize_html(_parser.renderer.render(self._tokens, _parser.options, env).strip())
        return html if _shows_something(html) else _render_plain(self._content), env["named"]


def render(content: str, users: Mapping[str, User] | None = None) -> str:
    """Return safe HTML for a text."""
    return Document(content).render(users or {})[0]


def _render_plain(content: str) -> str:
    kind = ' class="emoji-only"' if EMOJI_ONLY.fullmatch(content) else ""
    lines = escape(content, quote=False).replace("\n", "<br>\n")
    return f'<p dir="auto"{kind}>{lines}</p>'


def _shows_something(html: str) -> bool:
    return bool(VISIBLE.search(html)) or is_visible(unescape(TAG.sub("", html)))
