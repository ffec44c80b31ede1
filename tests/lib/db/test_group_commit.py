"""Group commit: what gathers goes together, nobody waits for company, nobody pays for another."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from lib.db import group_commit
from lib.db.group_commit import Writer, commit_item


class Store:
    """Keeps the batches it is given; can be held up."""

    def __init__(self) -> None:
        self.batches = []
        self.gate = threading.Event()
        self.gate.set()
        self.entered = threading.Event()

    def __call__(self, items: list[int]) -> list[int]:
        self.batches.append(list(items))
        self.entered.set()
        assert self.gate.wait(5)
        return [item * 2 for item in items]


@pytest.fixture
def store() -> Store:
    return Store()


@pytest.fixture
def running(store: Store, django_db_blocker: DjangoDbBlocker) -> Iterator[Writer]:
    with django_db_blocker.unblock():
        thread = Writer(store)
        thread.start()
        yield thread
        store.gate.set()
        thread.stop()


def submit(thread: Writer, item: int) -> Any:
    future = Future()
    thread.submit(item, future.set_result)
    return future


def test_a_lone_item_is_committed_at_once(running: Writer, store: Store) -> None:
    assert submit(running, 1).result(timeout=5) == 2
    assert store.batches == [[1]]


def test_what_arrives_meanwhile_is_committed_together(running: Writer, store: Store) -> None:
    store.gate.clear()
    first = submit(running, 1)
    store.entered.wait(5)
    rest = [submit(running, n) for n in range(2, 6)]
    store.gate.set()

    assert [future.result(timeout=5) for future in (first, *rest)] == [2, 4, 6, 8, 10]
    assert store.batches == [[1], [2, 3, 4, 5]]


def test_stopping_commits_what_is_queued(store: Store, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        thread = Writer(store)
        store.gate.clear()
        thread.start()
        futures = [submit(thread, n) for n in range(5)]
        store.gate.set()
        thread.stop()

    assert [future.result(timeout=0) for future in futures] == [0, 2, 4, 6, 8]


def test_a_store_that_fails_fails_its_batch_and_not_the_thread(django_db_blocker: DjangoDbBlocker) -> None:
    def fail(items: list[int]) -> list[int] | None:
        if items == [0]:
            raise RuntimeError("made up")
        return items

    with django_db_blocker.unblock():
        thread = Writer(fail)
        thread.start()
        assert isinstance(submit(thread, 0).result(timeout=5), RuntimeError)
        assert submit(thread, 1).result(timeout=5) == 1
        thread.stop()


def test_inside_a_transaction_nothing_is_handed_to_another_thread(
    running: Writer, store: Store, monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setattr(group_commit, "_writer", running)

    assert commit_item(lambda items: ["here"], 1) == "here"
    assert store.batches == []
