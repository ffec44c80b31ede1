"""What a thread announces waits until it has answered."""

import threading
from concurrent.futures import Future
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from lib.db.group_commit import Writer
from lib.realtime.holding import hold_back, run_when_released


def test_what_is_held_back_follows_in_order() -> None:
    done: list[str] = []
    with hold_back():
        for name in ("first", "second"):
            run_when_released(lambda name=name: done.append(name))
        assert done == []
        thread = threading.Thread(target=run_when_released, args=(lambda: done.append("elsewhere"),))
        thread.start()
        thread.join()

    assert done == ["elsewhere", "first", "second"]
    run_when_released(lambda: done.append("at once"))
    assert done[-1] == "at once"


def test_one_that_fails_keeps_no_other_back(caplog: pytest.LogCaptureFixture) -> None:
    done: list[str] = []
    with hold_back():
        run_when_released(lambda: 1 / 0)  # type: ignore[arg-type,return-value]
        run_when_released(lambda: done.append("told"))

    assert done == ["told"]
    assert "An announcement failed" in caplog.text


def test_who_has_sent_an_item_is_answered_before_others_are_told(django_db_blocker: DjangoDbBlocker) -> None:
    order: list[str] = []
    told: Future[None] = Future()

    def store(items: list[Any]) -> list[Any]:
        run_when_released(lambda: (order.append("told"), told.set_result(None)))  # type: ignore[arg-type,return-value]
        return items

    with django_db_blocker.unblock():
        writer = Writer(store)
        writer.start()
        writer.submit(1, lambda outcome: order.append("answered"))
        told.result(timeout=5)
        writer.stop()

    assert order == ["answered", "told"]
