"""Keywords in texts: whole words, in any script and spelling."""

from uuid import uuid4

import pytest

from lib.text.search_text import build_search_term, build_search_text
from notifications.preferences.keywords import KeywordIndex

ME, OTHER = uuid4(), uuid4()


def index_of(*keywords: str) -> KeywordIndex:
    return KeywordIndex((ME, build_search_term(keyword), keyword) for keyword in keywords)


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("deploy", "Deploy at noon"),
        ("deploy", "we **deploy**, _deploy_ and `deploy`"),
        ("Deploy", "(deploy)"),
        ("release notes", "The release  notes\nare up"),
        ("release notes", "The **release** notes"),
        ("ärzte", "die ARZTE"),
        ("lodz", "do Łodzi? Łódź!"),
        ("C++", "in C++ or C"),
        (".net", "on .NET 9"),
        ("node.js", "node.js, again"),
        ("#42", "see #42."),
        ("会議", "明日の会議は十時"),
        ("ประชุม", "พรุ่งนี้ประชุมสิบโมง"),
        ("встреча", "Встреча в десять"),
        ("don’t", "I don't"),
        ("alpha-2", "alpha-2 is out"),
    ],
)
def test_a_keyword_stands_in_a_text(keyword: str, text: str) -> None:
    assert index_of(keyword).find_matches(build_search_text(text)) == {ME: keyword}


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("deploy", "redeployed"),
        ("deploy", "deployment"),
        ("art", "start, party, Art1"),
        ("release notes", "release of notes"),
        ("C++", "in C"),
        ("42", "420 and 142"),
        ("会議", "会の議"),
        ("встреча", "Встречались"),
        ("notes of", "notes"),
    ],
)
def test_a_part_of_a_word_is_none(keyword: str, text: str) -> None:
    assert index_of(keyword).find_matches(build_search_text(text)) == {}


def test_each_user_gets_the_first_of_theirs() -> None:
    rows = [(ME, "noon", "Noon"), (ME, "deploy", "deploy"), (OTHER, "noon", "noon"), (OTHER, "tea", "tea")]

    assert KeywordIndex(rows).find_matches(" deploy at noon") == {ME: "deploy", OTHER: "noon"}


def test_keywords_that_lack_a_word_of_the_text_cost_no_look_at_it(monkeypatch: pytest.MonkeyPatch) -> None:
    looked_for: list[str] = []
    monkeypatch.setattr(
        "notifications.preferences.keywords._find_alone", lambda text, term: looked_for.append(term) or text.find(term)
    )
    index = index_of("a a", *(f"a a {number}" for number in range(50)))

    assert index.find_matches(build_search_text("a " * 500)) == {ME: "a a"}
    assert looked_for == ["a a"]


def test_without_keywords_nothing_is_looked_through() -> None:
    assert not KeywordIndex([])
    assert KeywordIndex([]).find_matches(" deploy at noon") == {}
