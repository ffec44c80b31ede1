"""Read `:name:` in text as an emoji, never in code or addresses. `10:30:45` and `a:b:c` are none."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from lib.text.emoji_names import find_named_emoji
from lib.text.folding import fold_text
from lib.text.markdown.addresses import LETTERS

MAX_NAME = 60
# A name between colons, as standard names and those of organisations are made.
NAME = rf":[\w+-]{{1,{MAX_NAME}}}:"
# As Slack writes it: ":wave::skin-tone-3:", where 2 is the lightest.
NAMED = re.compile(rf":(?P<name>[\w+-]{{1,{MAX_NAME}}}):(?::skin-tone-(?P<tone>[2-6]):)?")
# What stands beside it makes it a time, a path or a list of settings.
BESIDE = re.compile(rf"[{LETTERS}\u0300-\u036f:/\\]")


def read_emoji(state: StateInline, silent: bool) -> bool:
    """Read an emoji, or a name that may be one of the organisation's own. A rule of markdown-it."""
    start = state.pos
    if state.src[start] != ":":
        return False
    match = NAMED.match(state.src, start, state.posMax)
    if match is None or not _may_begin(state, start) or not _may_end(state, match.end()):
        return False
    name = match["name"]
    emoji = find_named_emoji(name.lower(), int(match["tone"] or 1) - 1)
    if emoji is None and match["tone"]:
        return False
    if not silent:
        token = state.push("emoji", "", 0)
        token.content, token.markup, token.meta = match[0], emoji or "", {"name": fold_text(name)}
        if emoji is None:
            state.env["emoji_names"].add(token.meta["name"])
        state.env["emoji_end"] = match.end()
    state.pos = match.end()
    return True


def _may_begin(state: StateInline, start: int) -> bool:
    return start == 0 or state.env.get("emoji_end") == start or not BESIDE.match(state.src[start - 1])


def _may_end(state: StateInline, end: int) -> bool:
    """Tell whether nothing touches the end of a name but another name, as in `:tada::tada:`."""
    return not BESIDE.match(state.src, end, state.posMax) or bool(NAMED.match(state.src, end, state.posMax))
