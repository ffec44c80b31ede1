"""Find the keywords of users in texts: whole words, folded as searches fold them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from uuid import UUID

from lib.text.search_text import WIDE

# Of a search text: a letter of a script without spaces, else letters and digits up to the next space or sign.
WORDS = re.compile(rf"[{WIDE}]|[^\W_{WIDE}]+")
# The same for texts of ASCII alone, ten times as fast.
ASCII_WORDS = re.compile("[a-z0-9]+")
# Between these no word begins or ends.
LETTER = re.compile(rf"[^\W_{WIDE}]")


class Keyword(NamedTuple):
    """A term as search texts have it, its words, and whose it is, as they wrote it."""

    term: str
    words: frozenset[str]
    users: tuple[tuple[UUID, str], ...]


class KeywordIndex:
    """The keywords of some users, by their first word.

    A text is looked through once for its words, and again for each keyword all of whose words it has. So the keywords
    of a user cost the messages of others little, even where both repeat one word over and over.
    """

    def __init__(self, rows: Iterable[tuple[UUID, str, str]]) -> None:
        """Index rows of user id, term and text."""
        users: defaultdict[str, list[tuple[UUID, str]]] = defaultdict(list)
        for user_id, term, text in rows:
            users[term].append((user_id, text))
        self._by_word: defaultdict[str, list[Keyword]] = defaultdict(list)
        for term, owners in users.items():
            if words := _choose_pattern(term).findall(term):
                self._by_word[words[0]].append(Keyword(term, frozenset(words), tuple(owners)))

    def __bool__(self) -> bool:
        return bool(self._by_word)

    def find_matches(self, search_text: str) -> dict[UUID, str]:
        """Return the users whose keywords stand in a search text, each with the first of theirs in it."""
        found: dict[UUID, str] = {}
        for _, keyword in sorted(self._iterate_matches(search_text), key=lambda match: match[0]):
            for user_id, text in keyword.users:
                found.setdefault(user_id, text)
        return found

    def _iterate_matches(self, text: str) -> Iterator[tuple[int, Keyword]]:
        """Yield the keywords that stand in a text, with where each first does."""
        words = set(_choose_pattern(text).findall(text)) if self._by_word else set()
        for word in words & self._by_word.keys():
            for keyword in self._by_word[word]:
                if keyword.words <= words and (begin := _find_alone(text, keyword.term)) >= 0:
                    yield begin, keyword


def _choose_pattern(text: str) -> re.Pattern[str]:
    return ASCII_WORDS if text.isascii() else WORDS


def _find_alone(text: str, term: str) -> int:
    """Return where a term first stands in a text with no word going on before or behind it, -1 where it does not."""
    begin = text.find(term)
    while begin >= 0 and not _stands_alone(text, begin, term):
        begin = text.find(term, begin + 1)
    return begin


def _stands_alone(text: str, begin: int, term: str) -> bool:
    """Tell whether no word goes on before or behind a term that stands in a text."""
    end = begin + len(term)
    joins_before = begin > 0 and LETTER.match(term[0]) and LETTER.match(text[begin - 1])
    joins_behind = end < len(text) and LETTER.match(term[-1]) and LETTER.match(text[end])
    return not joins_before and not joins_behind
