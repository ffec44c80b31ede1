"""Tables that keep surplus cells, and their alignment as a class."""

from __future__ import annotations

from bisect import bisect_left

from markdown_it.common.utils import mdTrim
from markdown_it.rules_block import StateBlock, table
from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from lib.text.markdown.blocks import get_line

# Empty cells are filled in: a short text could become a table of many thousands.
MAX_CELLS = 2_000


def read_table(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read a table. A rule of markdown-it."""
    if not table(state, start_line, end_line, True) or not _is_small(state, start_line, end_line):
        return False
    if not silent:
        first = len(state.tokens)
        table(state, start_line, end_line, False)
        state.tokens[first:] = [kept for token in state.tokens[first:] for kept in _complete_token(state, token)]
    return True


def _is_small(state: StateBlock, start_line: int, end_line: int) -> bool:
    empty = state.env.get("empty_lines")
    if empty is None:
        empty = state.env["empty_lines"] = [number for number in range(state.lineMax) if state.isEmpty(number)]
    index = bisect_left(empty, start_line)
    rows = (empty[index] if index < len(empty) else end_line) - start_line
    return rows * (get_line(state, start_line + 1).count("|") + 1) <= MAX_CELLS


def _complete_token(state: StateBlock, token: Token) -> list[Token]:
    """Return a token of a table with a class for its alignment, and before the end of a row its surplus cells."""
    style = token.attrs.pop("style", None)
    if style:
        token.attrs["class"] = str(style).replace(":", "-")
    if token.type == "tr_open" and token.map:
        state.env["row"] = get_line(state, token.map[0]), 0
    elif token.type in ("th_open", "td_open"):
        row, cells = state.env["row"]
        state.env["row"] = row, cells + 1
    elif token.type == "tr_close":
        return [*_build_surplus_cells(token.level + 1, *state.env.pop("row")), token]
    return [token]


def _build_surplus_cells(level: int, row: str, cells: int) -> list[Token]:
    columns = escapedSplit(row.strip())
    columns = columns[columns[0] == "" :]
    columns = columns[: len(columns) - (columns[-1:] == [""])]
    return [
        part
        for content in columns[cells:]
        for part in (
            Token("td_open", "td", 1, block=True, level=level),
            Token("inline", "", 0, content=mdTrim(content), children=[], block=True, level=level + 1),
            Token("td_close", "td", -1, block=True, level=level),
        )
    ]
