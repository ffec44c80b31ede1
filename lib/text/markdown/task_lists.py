"""Read `- [ ] to do` and `- [x] done` as boxes to tick, and tick them in the source."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

BOX = re.compile(r"\[([ xX])\][ \t]+")
# The same in a line of the source: behind the marks of quotes, and of the lists that begin in it.
SOURCE = re.compile(r"((?:[\s>]*(?:[-*+]|\d{1,9}[.)])[ \t]+)+)\[[ xX]\](?=[ \t])")


def read_task_boxes(state: StateCore) -> None:
    """Make boxes of the beginnings of items, before what stands in them is parsed. A rule of markdown-it."""
    for before, paragraph, token in zip(state.tokens, state.tokens[1:], state.tokens[2:], strict=False):
        if (before.type, paragraph.type, token.type) != ("list_item_open", "paragraph_open", "inline"):
            continue
        match = BOX.match(token.content)
        if match is None or match.end() == len(token.content):
            continue
        token.content = token.content[match.end() :]
        token.meta = {"done": match[1] != " "}
        before.attrs["class"] = "task-item"


def add_task_boxes(state: StateCore) -> None:
    """Put the boxes before the text of their items, which is their label. A rule of markdown-it."""
    for token in state.tokens:
        if token.type == "inline" and "done" in token.meta:
            box = Token("task_open", "label", 1, meta=token.meta)
            token.children = [box, *(token.children or ()), Token("task_close", "label", -1)]


def untick_tasks(content: str) -> str:
    """Return a source without its ticks: what was written, whatever has been done since."""
    return SOURCE.sub(r"\g<1>[ ]", content)


def mark_task(content: str, tokens: list[Token], index: int, *, done: bool) -> str | None:
    """Return a source with one of its boxes, counted from 0, ticked or not; None where there is no such box."""
    boxes = [token for token in tokens if token.type == "inline" and "done" in token.meta]
    if index >= len(boxes) or boxes[index].map is None:
        return None
    lines, number = content.split("\n"), (boxes[index].map or [0])[0]
    line, count = SOURCE.subn(rf"\g<1>[{'x' if done else ' '}]", lines[number], count=1)
    lines[number] = line
    return "\n".join(lines) if count else None
