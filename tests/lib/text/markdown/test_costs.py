"""What a message may cost: it is rendered on the thread that stores all messages."""

from __future__ import annotations

import sys
from types import FrameType
from typing import Any

import pytest

from lib.text.markdown.document import render

LONGEST = 10_000


def count_rendering(piece: str, length: int) -> int:
    """Return how many functions, Python's and C's, are called to render a text."""
    text, calls = fill(piece, length), 0

    def note(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    sys.setprofile(note)
    try:
        render(text, {"bob": ("1", "Bob")})
    finally:
        sys.setprofile(None)
    return calls


def fill(piece: str, length: int) -> str:
    return (piece * length)[:length]


BURDENS = [
    *(
        "*a_ ",
        "[",
        "[[a](b",
        "[a](x.com) ",
        "http://",
        "https://.",
        "a.com/(",
        "(x.co/",
        "a@b.co ",
        "a+",
        "a__",
        "a.a.",
    ),
    *(
        "`a``",
        "``` \n",
        "```a\nb```\n",
        "x ```\n",
        "x ```a\n",
        "~~~\n",
        ">\n",
        "> ",
        "- ",
        "-\n",
        "- a\n",
        "* a\n  ",
        "+ a\n\n",
    ),
    *(
        "1. ",
        "1.\n",
        "1. a\n\n",
        "1. a\n2. b\n",
        "2. a\n1. b\n",
        "   1. a\n\n",
        "|",
        "|a",
        "|a|b|\n|-|-|\n",
        "a|b\n-|-\n",
    ),
    *(
        "#\n",
        "# a\n",
        "@bob ",
        "@bob.",
        "@a/",
        "@b--",
        "@a.",
        "<a",
        "<http://",
        "&amp;",
        "\\@",
        "~~a",
        "_a_ ",
        "**a** ",
    ),
    *(
        "https://a.b/_",
        "_https://a.b/_ ",
        "*x https://a.b/ ",
        "\n\n",
        "\u3000",
        "a\n",
        "「https://a.b",
        "é@",
        "\\\n",
        "<!--",
    ),
]


@pytest.mark.parametrize("piece", BURDENS)
def test_work_grows_with_the_length_of_a_text_and_no_faster(piece: str) -> None:
    render(fill(piece, 100), {"bob": ("1", "Bob")})
    # Two texts for the half: what is odd in the one is even in the other.
    half = max(count_rendering(piece, LONGEST // 2), count_rendering(piece, LONGEST // 2 + len(piece)))
    whole = count_rendering(piece, LONGEST)

    assert whole < 2.4 * half + 1000
    assert whole < 80 * LONGEST


@pytest.mark.parametrize("piece", BURDENS)
def test_html_is_not_much_longer_than_its_text(piece: str) -> None:
    assert len(render(fill(piece, LONGEST), {"bob": ("1", "Bob")})) < 16 * LONGEST


@pytest.mark.parametrize("burden", ["*a_ " * 2500, "[" * LONGEST])
def test_a_text_that_is_all_marks_is_shown_plain(burden: str) -> None:
    assert render(burden) == f'<p dir="auto">{burden.strip()}</p>'


@pytest.mark.parametrize("burden", ["a.com/( " * 1250, "(x.com/ " * 1250, "a@b.com " * 1250])
def test_of_very_many_addresses_only_some_are_links(burden: str) -> None:
    assert render(burden).count("<a ") == 300


@pytest.mark.parametrize(
    "code", ["/*" + "*" * 76 + "*/\n" + "int a[3] = {1};\n" * 3, "*-_[]" * 15 + "\n", "|  __  |_[ ]*\n"]
)
@pytest.mark.parametrize("language", ["", "c"])
def test_code_is_code_whatever_is_in_it(language: str, code: str) -> None:
    code = code * (3000 // len(code) + 1)
    shown = render(f"Look:\n\n```{language}\n{code}```\n\nIt *works*, `{'*' * 1600}` too")

    assert "<pre" in shown
    assert "  " in shown or "  " not in code
    assert "<em>works</em>" in shown
    assert f"<code>{'*' * 1600}</code>" in shown


def test_a_block_that_costs_too_much_leaves_the_others_alone() -> None:
    shown = render(f"**bold**\n\n{'*a_ ' * 1000}\n\n```\n**code**\n```")

    assert "<strong>bold</strong>" in shown
    assert "<pre" in shown


def test_the_address_under_a_long_stack_trace_is_a_link() -> None:
    line = "  at com.example.harbour.berths.BerthService$Inner.lambda$find.0(BerthService.java:{}) ~[app.jar:1.2.{}]"
    trace = "\n".join(line.format(number, number) for number in range(60))
    shown = render(f"java.lang.NullPointerException: x.y.z\n{trace}\nsee https://errors.example/issues/960")

    assert '<a href="https://errors.example/issues/960"' in shown
    assert shown.count("<a ") == 1


def test_a_table_of_very_many_cells_is_shown_plain() -> None:
    assert "<table" not in render("|" + "a|" * 99 + "\n|" + "-|" * 99 + "\n" + "|\n" * 100)
