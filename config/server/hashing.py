"""Keep requests that hash or check a password off the threads that answer all others.

A hash takes tens of milliseconds of every core and 100 MB, on purpose, and anybody can ask for one. So these requests
have a few threads of their own, of lower priority, and only so many may wait for them.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

from lib.db.threads import hashing_pool
from lib.web.client import find_network
from lib.web.errors import ServerBusy

T = TypeVar("T")

logger = logging.getLogger(__name__)

# Requests that run or wait, of all clients and of one. The first to be refused would have waited some two seconds.
MAX_REQUESTS = 24
MAX_REQUESTS_PER_CLIENT = 16
RETRY_SECONDS = 2
LOG_SECONDS = 60.0

SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
# Methods are left out where the others of a path do little. A test finds what is missing here.
HASHING_PATHS = re.compile(
    r"""
      /accounts/ (?: login | signup | password/reset/key/[^/]+ ) /
    | /settings/ (?: password | address | connections/[^/]+ | second-factor/(?: confirmation | removal ) ) /
    | /settings/second-factor/passkeys/[^/]+/removal/
    | /administration/users/new/
    | /admin/accounts/user/add/
    | /api/v1/auth/ (?: signup | token )
    | /api/v1/me/ (?: password | email | two-factor (?: /confirm )? | passkeys/[^/]+ )
    | /api/v1/admin/users
    """,
    re.VERBOSE,
)


def needs_hashing(scope: dict[str, Any]) -> bool:
    """Tell whether a request may hash or check a password."""
    return scope["method"] not in SAFE_METHODS and HASHING_PATHS.fullmatch(scope["path"]) is not None


class HashingLane:
    """Requests that run on the hashing pool or wait for it. Used on one event loop only."""

    def __init__(self) -> None:
        self._requests: Counter[str | None] = Counter()
        self._logged_at = -LOG_SECONDS

    async def run(self, scope: dict[str, Any], function: Callable[..., T], *args: Any) -> T:
        """Run a function on the hashing pool; raise `ServerBusy` at once where too many requests wait."""
        client = find_network(scope)
        if settings.THROTTLE and not self._has_room(client):
            self._log_refusal()
            raise ServerBusy(RETRY_SECONDS)
        self._requests[client] += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(hashing_pool, function, *args)
        finally:
            self._requests[client] -= 1
            if not self._requests[client]:
                del self._requests[client]

    def _has_room(self, client: str | None) -> bool:
        return self._requests.total() < MAX_REQUESTS and self._requests[client] < MAX_REQUESTS_PER_CLIENT

    def _log_refusal(self) -> None:
        if time.monotonic() - self._logged_at > LOG_SECONDS:
            self._logged_at = time.monotonic()
            logger.warning("Sign-ins are refused: more than %d at once", MAX_REQUESTS_PER_CLIENT)
