"""What people write, as safe HTML."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.conf import LazySettings
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.text.emoji import EMOJI_ONLY
from lib.text.markdown import document
from lib.text.markdown.document import Document, render
from lib.text.markdown.highlighting import Highlighter, is_language
from lib.text.markdown.sanitizer import ALIGNMENTS, TAGS

BOB = {"bob": ("01939c5e-7b1a-7c3e-9f00-6f1d2a3b4c5d", "Bob")}
AWAY = 'target="_blank" rel="noopener noreferrer nofollow"'

# What Markdown, addresses, mentions and attacks are made of.
PIECES = (
    *"*_`~#>|-+=<&\\@[](){}!:/\"'.,",
    *(
        "**",
        "~~",
        "```",
        "\n",
        "\n\n",
        " ",
        "    ",
        "- ",
        "1. ",
        "2. ",
        "> ",
        "# ",
        "|a|b|\n|-|-|\n",
        "\t",
        "\u3000",
        "。",
    ),
    *("a", "word", "é", "שלום", "😀", "@bob", "python", "https://x.example/a", "www.example.org", "example.com", ":80"),
    *("javascript:alert(1)", "<script>", "<img src=x onerror=alert(1)>", "&lt;", "&#64;", "](", "[x](https://e.com)"),
    *("data-user=", "</code>", "<!--", "\u200b", "\u202e", "%0a", "xn--", "http://[::1]/", "1.2.3.999"),
)


class Markup(HTMLParser):
    """What a browser would find: tags, attributes, targets of links, mentions and where they stand."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.targets: list[str] = []
        self.parents_of_mentions: list[str] = []
        self._open: list[str] = []
        self.feed(markup)
        self.close()
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag == "a":
            self.targets.append(dict(attrs).get("href") or "")
        if ("class", "mention") in attrs:
            self.parents_of_mentions += self._open
        if tag not in ("br", "hr"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag


@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=30).map("".join))
@settings(max_examples=600, deadline=None)
def test_whatever_is_written_is_safe_and_whole(text: str) -> None:
    shown, named = Document(text).render(BOB)

    markup = Markup(shown)
    assert set(markup.tags) <= TAGS
    assert {name for name, _ in markup.attributes} <= {
        *("href", "title", "target", "rel", "class", "dir", "data-user", "tabindex", "role", "aria-label"),
        *("data-language", "start"),
    }
    assert all(re.match("(?i)(https?://|mailto:).", target) for target in markup.targets)
    assert not {"a", "code", "pre"} & set(markup.parents_of_mentions)
    assert (("class", "mention") in markup.attributes) == bool(named)
    for word in ("word", "é", "שלום", "😀", "。", "python"):
        assert text.count(word) == 0 or word in shown


@given(
    st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
    .map(str.strip)
    .filter(bool)
)
@settings(max_examples=400, deadline=None)
def test_plain_text_means_the_same_with_and_without_the_parser(text: str) -> None:
    if document.NEEDS_PARSER.search(text) or EMOJI_ONLY.fullmatch(text):
        return
    env: dict[str, Any] = {"usernames": set(), "users": {}, "named": set(), "highlighter": Highlighter()}
    parsed = document.sanitize_html(document._parser.render(text, env).strip())

    assert html.unescape(render(text)) == html.unescape(parsed)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("**bold**", '<p dir="auto"><strong>bold</strong></p>'),
        ("a\nb", '<p dir="auto">a<br>\nb</p>'),
        ("*a*\nb", '<p dir="auto"><em>a</em><br>\nb</p>'),
        ("~~gone~~", '<p dir="auto"><s>gone</s></p>'),
        ('it\'s "fine"', '<p dir="auto">it\'s "fine"</p>'),
        ("- a\n- b", '<ul dir="auto">\n<li>a</li>\n<li>b</li>\n</ul>'),
    ],
)
def test_common_marks(text: str, expected: str) -> None:
    assert render(text) == expected


def test_links_open_elsewhere_and_give_nothing_away() -> None:
    assert (
        render("see https://e.com/a") == f'<p dir="auto">see <a href="https://e.com/a" {AWAY}>https://e.com/a</a></p>'
    )


@pytest.mark.parametrize(
    ("address", "own"),
    [
        ("https://chat.example/rooms/01939c5e-7b1a-7c3e-9f00-6f1d2a3b4c5d/", True),
        ("https://chat.example/o/halyard/rooms/", True),
        ("http://chat.example:8000/rooms/01939c5e/messages/01939c5f/#message-01939c5f", True),
        ("https://chat.example/media/a.svg", False),
        ("https://chat.example.evil.example/rooms/01939c5e/", False),
        ("https://chat.example@evil.example/rooms/01939c5e/", False),
        ("https://evil.example/rooms/01939c5e/", False),
    ],
)
def test_a_link_to_an_own_room_stays_in_the_application(settings: LazySettings, address: str, own: bool) -> None:
    settings.ALLOWED_HOSTS = ["chat.example"]

    assert (AWAY not in render(address)) is own
    assert (AWAY not in render(f"[there]({address})")) is own


def test_with_any_host_allowed_no_link_is_an_own_one(settings: LazySettings) -> None:
    settings.ALLOWED_HOSTS = ["*"]

    assert AWAY in render("https://evil.example/rooms/01939c5e/")


def test_code_is_coloured_when_short() -> None:
    assert '<span class="k">def</span>' in render("```python\ndef f(): pass\n```")


def test_code_can_be_reached_and_named() -> None:
    opening = '<pre dir="ltr" tabindex="0" role="group" aria-label="Code" data-language="python"><code>'

    assert render("```python\n1\n```").startswith(opening)


def test_a_table_can_be_reached_and_scrolls() -> None:
    shown = render("|a|b|\n|-|-:|\n|1|2|")

    assert '<div class="table-scroll" tabindex="0" role="group" aria-label="Table"><table>' in shown
    assert {"text-align-left", "text-align-center", "text-align-right"} == ALIGNMENTS


@pytest.mark.parametrize(
    "name",
    ["python", "PHP", "c++", "c#", "objective-c", "plaintext", "patch", "jsonc", "svg", "hpp", "mjs", "vb", "cmd"],
)
def test_common_names_of_languages_are_known(name: str) -> None:
    assert is_language(name)


@pytest.mark.parametrize("word", ["hello", "b", "1", "print(1)", "", "@bob", "<script>"])
def test_other_words_are_no_languages(word: str) -> None:
    assert not is_language(word)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "[x](javascript:alert(1))",
        "[x](java&#115;cript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x](vbscript:alert(1))",
        '<a href="javascript:alert(1)">x</a>',
        "<svg onload=alert(1)>",
        "<math><mi//xlink:href='data:x,<script>alert(1)</script>'>",
        '```"><script>alert(1)</script>\nx\n```',
        '```python" onmouseover="alert(1)\nx\n```',
        "```js,\"onfocus='alert(1)'autofocus\nx\n```",
        "[x](https://e.com '\"><script>alert(1)</script>')",
        "![x](https://e.com/x.png)",
        'https://e.com/"onmouseover="alert(1)',
        "https://e.com/'onmouseover='alert(1)",
        "|a|b|\n|-|-|\n|1|2|<img src=x onerror=alert(1)>|",
    ],
)
def test_nothing_written_runs(attack: str) -> None:
    seen = Markup(render(attack))

    assert set(seen.tags) <= {"p", "a", "pre", "code", "br", "div", "table", "thead", "tbody", "tr", "th", "td", "span"}
    assert all(target.startswith("https://e.com") for target in seen.targets)
    assert not any(name.startswith("on") for name, _ in seen.attributes)


def test_a_member_named_is_marked_and_others_are_not() -> None:
    shown = render("@bob and @eve", BOB)

    assert shown == f'<p dir="auto"><span class="mention" data-user="{BOB["bob"][0]}">@Bob</span> and @eve</p>'


def test_a_name_cannot_smuggle_markup() -> None:
    assert "<script>" not in render("@bob", {"bob": ("1", "<script>")})


@pytest.mark.parametrize(
    ("language", "length", "coloured"),
    [("python", 500, True), ("python", 501, False), ("c", 125, True), ("c", 126, False), ("autoit", 1, False)],
)
def test_a_message_has_a_budget_of_colours(language: str, length: int, coloured: bool) -> None:
    block = f"```{language}\n{'a = 1' + ' ' * (4 * length - 7)}1\n```\n"

    assert ("<span" in render(block)) is coloured


def test_the_budget_is_for_all_blocks_of_a_message_together() -> None:
    block = "```python\n" + "a = 1\n" * 200 + "```\n"

    assert render(block).count("<span") == render(block * 2).count("<span") > 0


def test_every_emoji_alone_is_large() -> None:
    from emoji import EMOJI_DATA, STATUS

    qualified = [emoji for emoji, data in EMOJI_DATA.items() if data["status"] == STATUS["fully_qualified"]]

    assert [emoji for emoji in qualified if not EMOJI_ONLY.fullmatch(emoji)] == []
