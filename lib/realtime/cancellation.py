"""Notice cancellations that a library has taken for an error of the network."""

from __future__ import annotations

import asyncio


def is_cancelled() -> bool:
    """Tell whether the current task was asked to end, even if the `CancelledError` has not come through.

    What closes a loop waits for all of its tasks: one that tries for ever would keep a process from ending.
    """
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0
