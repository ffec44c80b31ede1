"""What follows a transaction."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.db import transaction

P = ParamSpec("P")


def after_commit(act: Callable[P, None], *args: P.args, **kwargs: P.kwargs) -> None:
    """Act once the transaction has committed. A failure is logged: it must not undo what is stored."""

    @wraps(act)  # Django logs a failed hook by its name, which a partial lacks
    def hook() -> None:
        act(*args, **kwargs)

    transaction.on_commit(hook, robust=True)
