"""Pages that gave no preview are asked for again later only, per room."""

from __future__ import annotations

from uuid import uuid4

import pytest

from chat.previews import empty_pages
from chat.previews.empty_pages import links_to_empty_pages, remember_empty_pages
from lib.text.markdown.document import render


def test_a_page_is_asked_for_again_after_a_while_and_for_other_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(empty_pages.time, "monotonic", lambda: now[0])
    room, other = uuid4(), uuid4()
    html = render("see https://tides.example/a?b=1&c=2#today")
    assert not links_to_empty_pages(room, html)

    remember_empty_pages(room, ["https://tides.example/a?b=1&c=2"])

    assert links_to_empty_pages(room, html) and not links_to_empty_pages(other, html)
    now[0] += empty_pages.REMEMBERED_FOR
    assert not links_to_empty_pages(room, html)


def test_one_page_that_may_give_a_preview_is_enough() -> None:
    room = uuid4()
    remember_empty_pages(room, ["https://tides.example/"])

    assert not links_to_empty_pages(room, render("https://tides.example/ and https://boats.example/"))
