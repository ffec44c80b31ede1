"""Write the HTML of a message. `docs/message-html.md` lists its classes and attributes."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence
from html import escape
from re import compile as compile_pattern
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host
from markdown_it.common.utils import escapeHtml
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict

from lib.text.invisible import is_visible
from lib.text.markdown.fences import get_language
from lib.text.markdown.sanitizer import RELATION

Env = MutableMapping[str, Any]

# Emoji of an organisation in one message: each is thirty times as long as its name. Further ones stay text.
MAX_PICTURES = 300

# Pages of this application that a message may link to without leaving it.
OWN_PAGES = compile_pattern(r"/(?:rooms|o)/[\w/-]+")


class Renderer(RendererHTML):
    """Renders tokens. `env` has the users, pictures of emoji and the highlighter, and receives who was mentioned."""

    def link_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Return the tag of a link, which opens a new tab unless it leads to a page of this application."""
        link = tokens[idx]
        href, title = str(link.attrs["href"]), link.attrs.get("title")
        named = f' title="{escape(str(title))}"' if title else ""
        away = "" if is_own_page(href) else f' target="_blank" rel="{RELATION}"'
        shown = escapeHtml(href) if _is_empty(tokens, idx + 1) else ""
        return f'<a href="{escape(href)}"{named}{away}>{shown}'

    def mention(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Return a mention, or the text where the user with the longest matching name is not in the room."""
        token, users, marks = tokens[idx], env["users"], env["marks"]
        name = next((name for name in token.meta["names"] if name in users or name in marks), None)
        if name is None:
            return escapeHtml(token.content)
        is_first = name not in env["named"]
        env["named"].add(name)
        typed, rest = token.content[1 : 1 + len(name)], escapeHtml(token.content[1 + len(name) :])
        if name in marks:
            mark = marks[name]
            # Once is enough for whoever reads it; a text can repeat a name a thousand times.
            told = f' data-told="{escape(mark.told)}"' if mark.told and is_first else ""
            return (
                f'<span class="mention" data-{mark.kind}="{escape(mark.value)}"{told}>@{escapeHtml(typed)}</span>{rest}'
            )
        if users[name] is None:
            return escapeHtml(token.content)
        user_id, shown = users[name]
        return f'<span class="mention" data-user="{escape(user_id)}">@{escape(shown)}</span>{rest}'

    def emoji(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Return an emoji, the picture of one of the organisation's own, or the text where there is none."""
        token = tokens[idx]
        source = env["pictures"].get(token.meta["name"])
        if token.markup or source is None or env["picture_count"] == MAX_PICTURES:
            return token.markup or escapeHtml(token.content)
        env["picture_count"] += 1
        shown = escape(token.content)
        return f'<img class="emoji" src="{escape(source)}" alt="{shown}" title="{shown}">'

    def task_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Return a box to tick. Browsers let its author do that."""
        checked = " checked" if tokens[idx].meta["done"] else ""
        return f'<label><input type="checkbox" disabled{checked}> '

    def task_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Return the end of what a box is about."""
        return "</label>"

    def fence(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Return a block of code, coloured where its language is known."""
        code, info = tokens[idx].content, tokens[idx].info
        language = f' data-language="{escape(info)}"' if info else ""
        plain = not info or tokens[idx].meta.get("plain")
        coloured = "" if plain else env["highlighter"].colour(code, get_language(info))
        box = 'dir="ltr" tabindex="0" role="group" aria-label="Code"'
        return f"<pre {box}{language}><code>{coloured or escapeHtml(code)}</code></pre>\n"

    def code_block(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Return a block of code that is indented."""
        return self.fence(tokens, idx, options, env)

    def table_open(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Return the tags of a table, and of the box in which it scrolls."""
        return '<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>\n'

    def table_close(self, tokens: Sequence[Token], idx: int, options: OptionsDict, env: Env) -> str:
        """Return the end of a table."""
        return "</table></div>\n"


def _is_empty(tokens: Sequence[Token], idx: int) -> bool:
    """Tell whether the link whose content begins at an index shows nothing that could be followed."""
    if tokens[idx].type == "text" and not is_visible(tokens[idx].content):
        idx += 1
    return tokens[idx].type == "link_close"


def is_own_page(href: str) -> bool:
    """Tell whether an address is that of a room or a page of an organisation on this server."""
    if "/rooms/" not in href and "/o/" not in href:
        return False
    try:
        parts = urlsplit(href)
        host = parts.hostname or ""
    except ValueError:
        return False
    return is_own_host(host) and bool(OWN_PAGES.fullmatch(parts.path))


def is_own_host(host: str) -> bool:
    """Tell whether a host is named as one of this server."""
    return validate_host(host, [own for own in settings.ALLOWED_HOSTS if own != "*"])
