"""What is typed is never hidden, links to no stranger, and calls nobody by accident."""

from typing import Any

import pytest

from lib.text.markdown.document import Document
from tests.lib.text.markdown.rows import INPUTS, ROWS, assert_html

MEMBERS = {name: (f"id-of-{name}", name.capitalize()) for name in ("ann", "bob", "mei")}


@pytest.mark.parametrize("row", ROWS, ids=INPUTS)
def test_what_is_typed_is_shown_as_it_is_meant(row: dict[str, Any]) -> None:
    html, mentioned = Document(row["input"]).render(MEMBERS)

    assert_html(row, html)
    assert sorted(mentioned) == row.get("mentions", sorted(mentioned))


@pytest.mark.parametrize("row", ROWS, ids=INPUTS)
def test_who_is_told_is_who_is_shown(row: dict[str, Any]) -> None:
    html, mentioned = Document(row["input"]).render(MEMBERS)

    assert {name for name in MEMBERS if f'data-user="id-of-{name}"' in html} == mentioned


def test_the_longest_name_counts_even_where_its_user_is_not_in_the_room() -> None:
    html, named = Document("@bob.thanks and @ann.lee").render(MEMBERS | {"ann.lee": None})

    assert named == {"bob", "ann.lee"}
    assert "@ann.lee" in html
    assert "id-of-ann" not in html
