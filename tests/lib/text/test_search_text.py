"""Search texts hold every piece of a text, and say where it stands in the original."""

import pytest

from lib.text.search_text import (
    FILLER,
    begins_with_narrow_letter,
    build_search_term,
    build_search_text,
    trace_search_text,
)

TEXTS = [
    "The **tide** window (see `docs/tides.md`)",
    "Straße, ﬁne ﬀ, Ærø and e\u0301tude in Łódź",
    "部署方案 v2，上海のカフェ ｶﾞﾃﾞ ＡＢＣ",
    "สวัสดีครับ ไม่เป็นไร",
    "नमस्ते दुनिया, Ελλάδα and Москва",
    "İstanbul’da “don’t” \u00ad\u200bsoft",
    "",
]


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("report_final.pdf", "final"),
        ("report_final.pdf", "Report_Final"),
        ("mail@halyard.example", "halyard.example"),
        ("**tide** window", "tide window"),
        ("tide\n\twindow", "tide window"),
        ("Straße", "STRASSE"),
        ("ﬁne", "fin"),
        ("İstanbul", "istanbul"),
        ("don’t", "don't"),
        ("部署方案", "署方"),
        ("部署方案", "案"),
        ("ＡＢＣ", "abc"),
        ("नमस्ते", "मस्"),
    ],
)
def test_a_text_holds_its_pieces(text: str, term: str) -> None:
    assert build_search_term(term) in build_search_text(text)


def test_a_vowel_mark_is_no_end_of_a_word_and_no_other_word_is_found() -> None:
    assert build_search_term("किताब") not in build_search_text("कतब")


def test_the_first_letters_of_a_word_make_a_group_of_three_with_the_space_before() -> None:
    assert build_search_text("see(db)") == " see( db)"


def test_a_letter_of_a_script_without_spaces_makes_a_group_of_three() -> None:
    assert build_search_text("部a") == f" 部{FILLER}a"


@pytest.mark.parametrize("text", ["", "*", "**`", "\u0301", "\u200b", "\u01c0"])
def test_nothing_is_left_of_a_term_of_marks(text: str) -> None:
    assert build_search_term(text) == ""


@pytest.mark.parametrize(("term", "is_word"), [("db", True), ("9", True), ("部", False), (".pdf", False), ("", False)])
def test_words_begin_with_letters_of_scripts_with_spaces(term: str, is_word: bool) -> None:
    assert begins_with_narrow_letter(build_search_term(term)) is is_word


@pytest.mark.parametrize("text", TEXTS)
def test_a_traced_text_is_the_search_text(text: str) -> None:
    traced = trace_search_text(text)

    assert traced.text == build_search_text(text)
    assert len(traced.spans) == len(traced.text)


@pytest.mark.parametrize(
    ("text", "term", "found"),
    [
        ("a ﬁne day", "in", "ﬁn"),
        ("e\u0301tude", "etu", "e\u0301tu"),
        ("Straße", "ss", "ß"),
        ("go to 上海。", "海", "海"),
        ("the **tide** window", "tide window", "tide** window"),
    ],
)
def test_a_match_is_traced_to_whole_letters(text: str, term: str, found: str) -> None:
    traced, term = trace_search_text(text), build_search_term(term)
    place = traced.text.index(term)

    spans = traced.spans[place : place + len(term)]

    assert text[spans[0][0] : spans[-1][1]] == found
