"""Stop at once when asked twice."""

from __future__ import annotations

import threading
from types import FrameType

import uvicorn

from lib.jobs.worker import stop_workers


class HastyServer(uvicorn.Server):
    """Server that gives running jobs back at the second signal, where the first one lets them end."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Note a signal."""
        if self.should_exit:
            threading.Thread(target=stop_workers, args=(0,), daemon=True).start()
        super().handle_exit(sig, frame)
