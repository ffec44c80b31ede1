"""Snippets show where a message was found."""

import pytest

from chat.search.snippets import LENGTH, cut_snippet, format_snippet
from lib.text.search_text import build_search_term, build_search_text


def snippet(content: str, *terms: str) -> str:
    return format_snippet(cut_snippet(content, build_search_text(content), [build_search_term(term) for term in terms]))


@pytest.mark.parametrize(
    ("content", "term", "shown"),
    [
        ("The tide window", "TIDE", "The <mark>tide</mark> window"),
        ("The **tide** window", "tide window", "The <mark>tide window</mark>"),
        ("a ﬁne day", "in", "a <mark>ﬁn</mark>e day"),
        ("e\u0301tude in Å", "etu", "<mark>e\u0301tu</mark>de in Å"),
        ("Hauptstraße 4", "strasse", "Haupt<mark>straße</mark> 4"),
        ("明天去上海。", "上海", "明天去<mark>上海</mark>。"),
        ("ไม่เป็นไร", "เป็น", "ไม่<mark>เป็น</mark>ไร"),
        ("one\ntwo", "two", "one <mark>two</mark>"),
        ("<img src=x> & co", "img", "&lt;<mark>img</mark> src=x&gt; &amp; co"),
        ("tide and tide", "tide", "<mark>tide</mark> and <mark>tide</mark>"),
        ("nothing of it", "missing", "nothing of it"),
    ],
)
def test_matches_are_marked_and_all_else_is_escaped(content: str, term: str, shown: str) -> None:
    assert snippet(content, term) == shown


def test_overlapping_matches_are_one() -> None:
    assert snippet("harbour", "harb", "arbour") == "<mark>harbour</mark>"


def test_a_long_message_is_cut_around_the_first_match() -> None:
    shown = snippet("word " * 1_800 + "the harbour office " + "end " * 200, "harbour")

    assert "the <mark>harbour</mark> office" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(shown) < LENGTH + 40


def test_a_long_message_without_a_match_shows_its_beginning() -> None:
    assert snippet("First " + "word " * 1_800).startswith("First word")
