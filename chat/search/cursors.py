"""Say where a page of results ended, so that the next one goes on there whatever was posted meanwhile."""

from __future__ import annotations

import re
from typing import NamedTuple

from chat.search.ranking import Rank

PATTERN = re.compile(
    r"p([12])\.(\d{1,3})(?:\.(\d{1,18})\.(\d{1,18}))?(?:~(\d{1,2})\.([01])\.(\d{1,18})\.(\d{1,18}))?", re.ASCII
)


class Key(NamedTuple):
    """The place of an entry in the order of time: its position and its id."""

    position: int
    id: int


class Cursor(NamedTuple):
    """The end of a page: in which pass, in the block of results that begins below a key, after which rank in it."""

    search_pass: int = 1
    block_size: int = 0
    below: Key | None = None
    after: Rank | None = None

    def __str__(self) -> str:
        text = f"p{self.search_pass}.{self.block_size}"
        if self.below:
            text += f".{self.below.position}.{self.below.id}"
        if self.after:
            tier, is_elsewhere, position, id_ = self.after
            text += f"~{tier}.{int(is_elsewhere)}.{-position}.{-id_}"
        return text


def parse_cursor(text: str) -> Cursor | None:
    """Return the cursor of a text that `str` made of one; None for any other."""
    match = PATTERN.fullmatch(text)
    if match is None:
        return None
    search_pass, block_size, position, id_, *rank = (None if part is None else int(part) for part in match.groups())
    below = None if position is None or id_ is None else Key(position, id_)
    after = None
    if rank[0] is not None:
        tier, is_elsewhere, rank_position, rank_id = (part or 0 for part in rank)
        after = Rank(tier, is_elsewhere, -rank_position, -rank_id)
    return Cursor(search_pass or 1, block_size or 0, below, after)
