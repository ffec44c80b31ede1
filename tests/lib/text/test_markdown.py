"""What people write, as safe HTML."""

import html
from html.parser import HTMLParser
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.text import markdown
from lib.text.markdown import render

BOB = {"bob": ("01939c5e-7b1a-7c3e-9f00-6f1d2a3b4c5d", "Bob")}


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)
@settings(max_examples=400, deadline=None)
def test_plain_text_means_the_same_with_and_without_the_parser(text: str) -> None:
    if markdown.NEEDS_PARSER.search(text):
        return
    quick = render(text)
    parsed = markdown.sanitize_html(markdown._parser.render(text, {"people": {}}).strip())

    assert html.unescape(quick) == html.unescape(parsed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold**", "<p><strong>bold</strong></p>"),
        ("a\nb", "<p>a<br>\nb</p>"),
        ("~~gone~~", "<p><s>gone</s></p>"),
        ('it\'s "fine"', '<p>it\'s "fine"</p>'),
    ],
)
def test_common_marks(text: str, expected: str) -> None:
    assert render(text) == expected


def test_links_open_elsewhere_and_give_nothing_away() -> None:
    assert 'target="_blank"' in render("see https://example.com/a")
    assert "noopener" in render("see https://example.com/a")


def test_code_is_coloured_when_short() -> None:
    assert '<span class="k">def</span>' in render("```python\ndef f(): pass\n```")


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:alert(1))",
        '<a href="javascript:alert(1)">x</a>',
        "<svg onload=alert(1)>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        '```"><script>alert(1)</script>\nx\n```',
        "[x](https://e.com '\"><script>alert(1)</script>')",
        "![x](https://e.com/x.png)",
    ],
)
def test_nothing_written_runs(attack: str) -> None:
    seen = Markup()
    seen.feed(render(attack))

    assert seen.tags <= {"p", "a", "pre", "code", "br"}
    assert all(target.startswith("https://e.com") for target in seen.targets)
    assert not any(name.startswith("on") for name in seen.attributes)


class Markup(HTMLParser):
    """The tags, attributes and link targets a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.tags, self.attributes, self.targets = set(), set(), []

    def handle_starttag(self, tag: str, attrs: list[Any]) -> None:
        self.tags.add(tag)
        self.attributes.update(name for name, _ in attrs)
        self.targets += [value for name, value in attrs if name in ("href", "src")]


def test_a_member_named_is_marked_and_others_are_not() -> None:
    shown = render("@bob and @eve", BOB)

    assert shown == f'<p><span class="mention" data-user="{BOB["bob"][0]}">@Bob</span> and @eve</p>'


@pytest.mark.parametrize("burden", ["*a_ " * 2500, "[" * 10_000, "http://" * 1600])
def test_a_text_that_is_all_marks_is_shown_plain(burden: str) -> None:
    assert render(burden) == f"<p>{burden}</p>"


@pytest.mark.parametrize("burden", ["a.com/(" * 1428, "(x.co/" * 1600, "a@b.co " * 1400])
def test_of_very_many_links_none_is_one(burden: str) -> None:
    assert "<a" not in render(burden)
    assert render(burden[:700]).count("<a") > 50


@pytest.mark.parametrize(
    ("language", "length", "coloured"),
    [("python", 500, True), ("python", 501, False), ("c", 125, True), ("c", 126, False), ("autoit", 1, False)],
)
def test_a_message_has_a_budget_of_colours(language: str, length: int, coloured: bool) -> None:
    block = f"```{language}\n{'a = 1' + ' ' * (4 * length - 6)}\n```\n"

    assert ("<span" in render(block)) is coloured


def test_the_budget_is_for_all_blocks_of_a_message_together() -> None:
    block = "```python\n" + "a = 1\n" * 200 + "```\n"

    assert render(block).count("<span") == render(block * 2).count("<span") > 0


def test_names_inside_code_and_addresses_are_no_mentions() -> None:
    assert "mention" not in render("`@bob` and x@bob.com", BOB)


def test_a_name_cannot_smuggle_markup() -> None:
    assert "<script>" not in render("@bob", {"bob": ("1", "<script>")})
