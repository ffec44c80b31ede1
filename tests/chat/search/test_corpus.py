"""In ten languages, searching finds what reading every message finds."""

import pytest
from django.db import connection

from accounts.models import User
from chat.messages.services.post import Draft, post_messages
from chat.models import Room, SearchEntry
from chat.search.filters import FILTERS
from chat.search.language import parse_query
from chat.search.queries import candidates
from chat.search.queries.messages import Order
from lib.db.trigrams import index_rows
from lib.text.search_text import build_search_text
from tests.chat.search.conftest import Find
from tests.chat.search.corpus import QUERIES, TERMS, TEXTS

pytestmark = pytest.mark.django_db


@pytest.fixture
def corpus(alice: User, room: Room) -> None:
    post_messages([Draft(alice, room.pk, text) for text in TEXTS])
    if connection.vendor == "sqlite":
        index_rows(SearchEntry)


def scan(q: str) -> set[str]:
    """Read every text and keep those that a query is about."""
    query = parse_query(q, FILTERS)
    return {
        text
        for text in TEXTS
        if query.terms and all((term.text in build_search_text(text)) is not term.is_excluded for term in query.terms)
    }


@pytest.mark.parametrize(
    ("order", "walked", "walked_at_most", "few_rooms"),
    [("newest", 3_000, 20_000, 16), ("relevance", 2, 3, 16), ("relevance", 2, 3, 0)],
    ids=["reading few rows", "by the index and in stretches", "of many rooms"],
)
def test_searching_equals_reading_everything(
    bob: User,
    corpus: None,
    find: Find,
    monkeypatch: pytest.MonkeyPatch,
    order: Order,
    walked: int,
    walked_at_most: int,
    few_rooms: int,
) -> None:
    monkeypatch.setattr(candidates, "READ_AS_A_WHOLE", walked)
    monkeypatch.setattr(candidates, "WALKED", walked)
    monkeypatch.setattr(candidates, "WALKED_AT_MOST", walked_at_most)
    monkeypatch.setattr(candidates, "FEW_ROOMS", few_rooms)

    found = {q: find(bob, q, order=order, limit=7) for q in (*TERMS, *QUERIES)}

    assert {q: set(texts) for q, texts in found.items()} == {q: scan(q) for q in (*TERMS, *QUERIES)}
    assert not [q for q, texts in found.items() if len(texts) != len(set(texts))]


def test_the_corpus_says_something() -> None:
    """Most terms are in it, in every script, and not everywhere."""
    found = {term: len(scan(term)) for term in TERMS}

    assert sum(number > 0 for number in found.values()) > len(TERMS) * 0.85
    assert {"missing", "कतब", "海上", "xq"} <= {term for term, number in found.items() if not number}
    assert not [term for term, number in found.items() if number == len(TEXTS)]
