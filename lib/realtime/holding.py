"""Hold back what a thread announces until it has answered those who caused it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import local

logger = logging.getLogger(__name__)

Action = Callable[[], None]


class _Held(local):
    """What waits on the present thread, in order; None where nothing has to wait."""

    actions: list[Action] | None = None


_held = _Held()


@contextmanager
def hold_back() -> Iterator[None]:
    """Let what this thread announces meanwhile wait until the end. A failure is logged: what is stored stays so."""
    waiting = _held.actions = []
    try:
        yield
    finally:
        _held.actions = None
        for action in waiting:
            try:
                action()
            except Exception:
                logger.exception("An announcement failed")


def run_when_released(action: Action) -> None:
    """Run an action at once, or at the end of the `hold_back` that surrounds it on this thread."""
    if _held.actions is None:
        action()
    else:
        _held.actions.append(action)
