"""Everyday messages are rendered without the parser, exactly as it would."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from lib.text.markdown import document
from lib.text.markdown.document import render
from lib.text.markdown.quick import LONGEST, render_quickly

SIMPLE = [
    "The **second** draft is ready; see `notes/harbour.md`, please.",
    "*Please*, keep an eye on `queue_depth` (**all** of you)!",
    "Read [the report](https://example.com/r/2026-11) first.",
    "- berth 4 is free\n- the pump needs a **new** seal",
    "**one**\ntwo and three",
]
SPANS = ["**bold**", "**two words**", "*em*", "*é and e*", "`code`", "`a-b c/d.e`", "[text](https://example.com/a-b)"]
PIECES = [
    *SPANS,
    *SPANS,
    *(
        "word",
        "é",
        "日本",
        "3",
        "a_b",
        "**",
        "*",
        "`",
        "[",
        "](",
        ")",
        "(",
        "https://example.com/",
        "www.x.de",
        "x.com",
    ),
    *("[x](https://example.com/rooms/1)", "[x](http://a.b.co/)", "[x](https://a_b.co/)", "[](https://a.co/)"),
    *(" ", " ", " ", "  ", "\n", "\n", "- ", "\n- ", "1. ", "# ", "> ", "| ", "~~", "\\", "<b>", "&amp;", "@bob"),
    *(".", ",", "!", "?", ":", ";", "'", '"', "-", "—", "…", "“", "/", "=", "+", "^", "{", "🎉", ":tada:"),
    *("\u3164", "\u200b", "\u3000", "\xa0", "\t", "\r", "\x00"),
]


@pytest.mark.parametrize("text", SIMPLE)
def test_everyday_marks_need_no_parser(text: str) -> None:
    assert render_quickly(text) is not None


@pytest.mark.parametrize(
    "text", ["a*b*", "**a*", "\\*a*", "[a](b)", "*a*\n\nb", "- *a*\nb", "*a* @bob", "*a*" + " b" * LONGEST]
)
def test_anything_else_is_for_the_parser(text: str) -> None:
    assert render_quickly(text) is None


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PIECES), max_size=10).map("".join))
@example("*em* ")
@example("- *em* \n- b")
@example("`code`\n- b")
@example("- \u00ad")
@example("- \u0301\n- b")
def test_what_is_rendered_quickly_is_what_the_parser_renders(text: str) -> None:
    html = render(text)

    with patch.object(document, "render_quickly", lambda _: None):
        assert html == render(text)
