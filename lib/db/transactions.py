"""Act after a transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.db import transaction

P = ParamSpec("P")


def after_commit(action: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Call `action` once the transaction has committed. A failure is logged: it must not undo what is stored."""

    @wraps(action)  # Django logs a failed hook by its name, which a partial lacks
    def hook() -> None:
        action(*args, **kwargs)

    transaction.on_commit(hook, robust=True)
