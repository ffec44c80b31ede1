"""Emoji by `:name:`, those of Unicode and those of an organisation."""

import pytest

from lib.text.markdown.document import Document
from lib.text.markdown.sanitizer import sanitize_html

BOAT = "/api/v1/emoji/01939c5e-7b1a-7c3e-9f00-6f1d2a3b4c5d/image"
PICTURE = f'<img class="emoji" src="{BOAT}" alt=":party_boat:" title=":party_boat:">'


def show(text: str) -> str:
    return Document(text).render({}, pictures={"party_boat": BOAT})[0]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("so :tada: it is", "so 🎉 it is"),
        (":TADA: and **:+1:**", "🎉 and <strong>👍</strong>"),
        ("hi :wave::skin-tone-3: all", "hi 👋🏼 all"),
        ("well :tada::tada:.", "well 🎉🎉."),
        ("很好:tada:！", "很好🎉！"),
        ("see :party_boat:", f"see {PICTURE}"),
        (":nope: :)", ":nope: :)"),
        ("10:30:45 and 1:100:2", "10:30:45 and 1:100:2"),
        ("a:b:c, std::tada::x, c:\\:tada:", "a:b:c, std::tada::x, c::tada:"),
        ("`:tada:` \\:tada:", "<code>:tada:</code> :tada:"),
        ("wave:tada: :tada:s", "wave:tada: :tada:s"),
    ],
)
def test_a_name_between_colons_is_an_emoji_where_nothing_touches_it(typed: str, shown: str) -> None:
    assert show(typed) == f'<p dir="auto">{shown}</p>'


@pytest.mark.parametrize(
    "typed", ["```\n:tada: :party_boat:\n```", "    :tada: :party_boat:", "https://x.example/:tada:x"]
)
def test_code_and_addresses_keep_what_was_typed(typed: str) -> None:
    assert ":tada:" in show(typed)
    assert "<img" not in show(typed)


@pytest.mark.parametrize(
    ("typed", "is_large"),
    [(":tada:", True), (":party_boat: 🎉 :+1:", True), (":tada: yes", False), (":nope:", False), ("🎉" * 10, False)],
)
def test_emoji_alone_are_large_however_they_were_typed(typed: str, is_large: bool) -> None:
    assert ("emoji-only" in show(typed)) is is_large


def test_a_document_says_which_names_it_does_not_know() -> None:
    document = Document("`:code:` :tada: :Größe: :party_boat: 10:30:45")

    assert document.emoji_names == {"grosse", "party_boat"}


@pytest.mark.parametrize(
    "markup",
    [
        f'<img class="emoji" src="{BOAT}" onerror="alert(1)">',
        '<img class="emoji" src="https://spy.example/pixel.gif">',
        '<img class="emoji" src="/api/v1/emoji/../avatars/x/image">',
        '<img class="emoji" src="javascript:alert(1)" srcset="//spy.example 2x">',
        '<img src="//spy.example/api/v1/emoji/01939c5e-7b1a-7c3e-9f00-6f1d2a3b4c5d/image">',
    ],
)
def test_a_picture_comes_from_nowhere_else(markup: str) -> None:
    cleaned = sanitize_html(markup, has_pictures=True)

    assert not any(part in cleaned for part in ("spy", "script", "onerror", "avatars", "srcset"))
    assert sanitize_html(markup) == ""


def test_a_hostile_name_stays_text() -> None:
    assert "<script" not in Document(":<script>:").render({}, pictures={"<script>": BOAT})[0]


def test_a_message_has_only_so_many_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lib.text.markdown.renderer.MAX_PICTURES", 2)

    shown = show(":party_boat: :party_boat: :party_boat: :smile:")

    assert shown.count("<img") == 2
    assert shown.endswith("> :party_boat: 😄</p>")
