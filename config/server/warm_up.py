"""Load what a start did not wait for, while the server answers already."""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Sequence

from lib.db.threads import HASHING_NICE, lower_priority

logger = logging.getLogger(__name__)


def start_warm_up(*loaders: Callable[[], object]) -> None:
    """Call the loaders on a thread of low priority, whose end nothing waits for."""
    threading.Thread(target=_load_slowly, args=(loaders,), name="atrium-warm-up", daemon=True).start()


def load_all(loaders: Sequence[Callable[[], object]]) -> None:
    """Call the loaders one after the other, on the present thread; log the errors of each."""
    for load in loaders:
        try:
            load()
        except Exception:
            logger.exception("This was not loaded in advance, and will be when it is needed: %r", load)
    gc.freeze()  # as when the server starts: no collection walks what has been imported


def _load_slowly(loaders: Sequence[Callable[[], object]]) -> None:
    lower_priority(HASHING_NICE)
    load_all(loaders)
