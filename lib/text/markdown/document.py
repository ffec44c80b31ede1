"""Read a message and render it as safe HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from typing import Any, NamedTuple

from markdown_it.token import Token

from lib.text.emoji import EMOJI_ONLY
from lib.text.invisible import is_visible
from lib.text.markdown.highlighting import Highlighter
from lib.text.markdown.parser import build_parser
from lib.text.markdown.quick import NEEDS_PARSER, render_quickly
from lib.text.markdown.sanitizer import sanitize_html
from lib.text.markdown.task_lists import mark_task

# To be raised with every change of what is rendered: `manage.py rerender` finds by it what was rendered before.
VERSION = 3

VISIBLE = re.compile(r">[^<&]*[A-Za-z0-9]")
# Stands for a picture where emoji are counted.
PICTURE = "⭐"
TAG = re.compile(r"<[^>]*>")

# The id and the short name of a user who is in the room; None for a user who is not, and whom nobody is told of.
User = tuple[str, str] | None


class Mark(NamedTuple):
    """What another name means: a kind, `broadcast` or `group`, which one, and of a group the ids of who is told."""

    kind: str
    value: str
    told: str = ""


_parser = build_parser()


class Document:
    """A message that was read. `usernames` and `emoji_names` are those that it may name: look them up, then render."""

    def __init__(self, content: str) -> None:
        self._content = content
        self._env: dict[str, Any] = {"usernames": set(), "emoji_names": set()}
        self._html = render_quickly(content) if NEEDS_PARSER.search(content) else _render_plain(content)
        self._tokens: list[Token] = _parser.parse(content, self._env) if self._html is None else []

    @property
    def usernames(self) -> set[str]:
        """Return the lower-case names after an @, whether or not they are usernames."""
        names: set[str] = self._env["usernames"]
        return names

    @property
    def emoji_names(self) -> set[str]:
        """Return the folded names between colons that are no emoji of Unicode."""
        names: set[str] = self._env["emoji_names"]
        return names

    def render(
        self,
        users: Mapping[str, User],
        marks: Mapping[str, Mark] | None = None,
        pictures: Mapping[str, str] | None = None,
    ) -> tuple[str, set[str]]:
        """Return safe HTML, and which of the names in `users` and `marks` it names.

        `pictures` are the addresses of the pictures of an organisation's own emoji, by folded name.
        """
        if self._html is not None:
            return self._html, set()
        pictures = pictures or {}
        self._mark_emoji_alone(pictures)
        env = self._env | {"users": users, "marks": marks or {}, "named": set(), "pictures": pictures}
        env |= {"picture_count": 0, "highlighter": Highlighter()}
        markup = _parser.renderer.render(self._tokens, _parser.options, env).strip()
        html = sanitize_html(markup, has_pictures=bool(pictures))
        return html if _shows_something(html) else _render_plain(self._content), env["named"]

    def mark_task(self, index: int, *, done: bool) -> str | None:
        """Return the source with one of its boxes, counted from 0, ticked or not; None where there is no such box."""
        return mark_task(self._content, self._tokens, index, done=done)

    def _mark_emoji_alone(self, pictures: Mapping[str, str]) -> None:
        """Let a few emoji and nothing else be drawn large, whether they were typed or named."""
        if len(self._tokens) != 3 or self._tokens[0].type != "paragraph_open":
            return
        shown = [_read_as_emoji(token, pictures) for token in self._tokens[1].children or ()]
        if EMOJI_ONLY.fullmatch("".join(shown)):
            self._tokens[0].attrs["class"] = "emoji-only"


def render(content: str, users: Mapping[str, User] | None = None) -> str:
    """Return safe HTML for a text."""
    return Document(content).render(users or {})[0]


def _render_plain(content: str) -> str:
    kind = ' class="emoji-only"' if EMOJI_ONLY.fullmatch(content) else ""
    lines = escape(content, quote=False).replace("\n", "<br>\n")
    return f'<p dir="auto"{kind}>{lines}</p>'


def _read_as_emoji(token: Token, pictures: Mapping[str, str]) -> str:
    """Return what counts for emoji that stand alone: a picture is one, and what is neither text nor emoji is none."""
    if token.type != "emoji":
        return token.content if token.type == "text" else "\n"
    return token.markup or (PICTURE if token.meta["name"] in pictures else token.content)


def _shows_something(html: str) -> bool:
    return "<img " in html or bool(VISIBLE.search(html)) or is_visible(unescape(TAG.sub("", html)))
