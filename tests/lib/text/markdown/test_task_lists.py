"""Task lists: boxes before the items of a list, and ticked in the source."""

import pytest

from lib.text.markdown.document import Document
from lib.text.markdown.sanitizer import sanitize_html

OPEN, DONE = '<input type="checkbox" disabled="">', '<input type="checkbox" disabled="" checked="">'


def test_boxes_are_disabled_and_have_their_text_for_a_label() -> None:
    html = Document("- [ ] tea\n- [X] **milk**\n  - [x] deep\n- plain").render({})[0]

    assert f'<li class="task-item"><label>{OPEN} tea</label></li>' in html
    assert f"<label>{DONE} <strong>milk</strong></label>\n<ul>" in html
    assert html.count(DONE) == 2 and "<li>plain</li>" in html


@pytest.mark.parametrize(
    "text", ["[ ] no list", "- [] nothing", "- [ ]", "- [x](https://e.com)", "- [y] no", "`- [ ] x`"]
)
def test_what_is_no_box_stays_as_typed(text: str) -> None:
    assert "<input" not in Document(text).render({})[0]


@pytest.mark.parametrize(
    ("content", "index", "ticked"),
    [
        ("- [ ] tea\n- [ ] milk", 1, "- [ ] tea\n- [x] milk"),
        ("1. [ ] a\n2. [X] b", 1, "1. [ ] a\n2. [x] b"),
        ("> - [ ] [x] quoted\n\ntext\n\n* [ ] after", 0, "> - [x] [x] quoted\n\ntext\n\n* [ ] after"),
        ("```\n- [ ] code\n```\n- [ ] real", 0, "```\n- [ ] code\n```\n- [x] real"),
        ("- - [ ] twice", 0, "- - [x] twice"),
        ("- [ ] tea", 1, None),
        ("no list", 0, None),
    ],
)
def test_a_box_is_ticked_in_the_source(content: str, index: int, ticked: str | None) -> None:
    assert Document(content).mark_task(index, done=True) == ticked
    if ticked:
        assert Document(ticked).mark_task(index, done=False) == ticked.replace("[x]", "[ ]", 1)


def test_no_other_field_comes_through() -> None:
    markup = '<input type="text" name="password" value="x" onfocus="alert(1)" autofocus form="f" disabled="">'

    assert sanitize_html(markup) == '<input disabled="">'
