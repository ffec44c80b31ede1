"""What users type is parsed, whatever it is."""

import random

import pytest

from chat.search.filters import FILTERS
from chat.search.language import MAX_TERMS, FilterUse, Term, parse_query


def parse(text: str) -> list[str]:
    """Terms and filters as text, excluded ones behind a minus."""
    query = parse_query(text, FILTERS)
    return [f"{'-' * term.is_excluded}{term.text}" for term in query.terms] + [str(use) for use in query.filters]


@pytest.mark.parametrize(
    ("text", "parsed"),
    [
        ("tide window", ["tide", "window"]),
        ('"tide window" gate', ["tide window", "gate"]),
        ("“tide window”", ["tide window"]),
        ('"never closed', ["never closed"]),
        ('-draft -"old plan"', ["-draft", "-old plan"]),
        ("from:bob in:#design tide", ["tide", "from:bob", "in:#design"]),
        ("FROM:bob -in:general", ["from:bob", "-in:general"]),
        ('in:"season 2027"', ['in:"season 2027"']),
        ("https://halyard.example a:b", ["https:// halyard. example", "a: b"]),
        ("well-known", ["well- known"]),
        ('from: in:""', []),
        ('* \u0301 ""', []),
        ("tide TIDE", ["tide"]),
        ("", []),
    ],
)
def test_queries_are_parsed(text: str, parsed: list[str]) -> None:
    assert parse(text) == parsed


def test_words_beyond_a_dozen_are_left_out_and_named() -> None:
    query = parse_query(" ".join(f"w{n}" for n in range(MAX_TERMS + 2)), FILTERS)

    assert len(query.terms) == MAX_TERMS
    assert query.left_out == ("w12", "w13")


def test_any_text_is_parsed() -> None:
    characters = "ab \"-:'\\%_*()[]{}\0\ud800\u0301部ส\n\t“”€𝕏~^|&!NEAR"
    generator = random.Random(4)  # noqa: S311  the same texts in every run
    for _ in range(2_000):
        text = "".join(generator.choices(characters, k=generator.randint(0, 40)))

        query = parse_query(text, FILTERS)

        assert all(isinstance(part, Term | FilterUse) for part in (*query.terms, *query.filters))
        assert all(term.text and term.text.isprintable() for term in query.terms)
