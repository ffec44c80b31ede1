"""Blocks that differ from CommonMark: numbers, dashes and lone marks stay as typed, and deep lists are flattened."""

from __future__ import annotations

import re

from markdown_it.rules_block import StateBlock, blockquote, heading, list_block, paragraph
from markdown_it.token import Token

# Levels of tokens, of which a list takes two and a quote one. What is nested deeper is text in the innermost one.
MAX_LEVEL = 40
# Empty lines of a quote before its text.
MAX_EMPTY_LINES = 5

NUMBER = re.compile(r"(\d{1,9})([.)])(?:[ \t]|$)")
BULLET = re.compile(r"[-+*](?:[ \t]|$)")
ENDS_ITEM = re.compile(r"[>#`~]|[-+*][ \t]")
EMPTY_QUOTE = re.compile(r">[> \t]*")


def read_list(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a list whose first item has content, and of whose numbers two are in a row. A rule of markdown-it."""
    line = get_line(state, start_line)
    number = NUMBER.match(line)
    marker = number or BULLET.match(line)
    if marker is None or state.level >= MAX_LEVEL:
        return False
    # An item of a list around this one: it ends the text of the item before.
    if silent and state.sCount[start_line] < state.blkIndent:
        return list_block(state, start_line, end_line, silent)
    if not line[marker.end() :].strip():
        return False
    if number and not _has_next_number(state, start_line, end_line, number):
        return False
    return list_block(state, start_line, end_line, silent)


def read_number_break(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """End a list before an item whose number does not follow the one before. A rule of markdown-it."""
    number = NUMBER.match(get_line(state, start_line))
    if number is None or not silent or state.parentType != "list":
        return False
    previous = _find_last_item(state)
    return previous is not None and previous.info != "" and int(previous.info) + 1 != int(number[1])


def read_quote(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a quote that quotes something. A rule of markdown-it."""
    if state.level >= MAX_LEVEL:
        return False
    for number in range(start_line, min(end_line, start_line + MAX_EMPTY_LINES)):
        line = get_line(state, number)
        if not line.startswith(">"):
            return False
        if not EMPTY_QUOTE.fullmatch(line):
            return blockquote(state, start_line, end_line, silent)
    return False


def read_heading(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a heading that has a text. A rule of markdown-it."""
    if not get_line(state, start_line).strip("# \t"):
        return False
    return heading(state, start_line, end_line, silent)


def read_paragraph(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a paragraph, whose first line may be indented by a wide space. A rule of markdown-it."""
    line = get_line(state, start_line)
    paragraph(state, start_line, end_line, silent)
    state.tokens[-2].content = line[: len(line) - len(line.lstrip())] + state.tokens[-2].content
    return True


def get_line(state: StateBlock, number: int) -> str:
    """Return a line without its indentation."""
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _has_next_number(state: StateBlock, start_line: int, end_line: int, first: re.Match[str]) -> bool:
    """Tell whether the item after the one on a line has the next number."""
    indent = state.sCount[start_line] + first.end()
    after_empty = False
    for number in range(start_line + 1, end_line):
        if state.isEmpty(number):
            after_empty = True
        elif state.sCount[number] < indent:
            line = get_line(state, number)
            match = NUMBER.match(line)
            if match:
                return match[2] == first[2] and int(match[1]) == int(first[1]) + 1
            if after_empty or ENDS_ITEM.match(line):
                return False
    return False


def _find_last_item(state: StateBlock) -> Token | None:
    """Return the opening token of the item that was read last at this level."""
    for token in reversed(state.tokens):
        if token.type == "list_item_open" and token.level == state.level:
            return token
    return None
