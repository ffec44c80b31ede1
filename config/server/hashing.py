"""Keep requests that hash or check a password off the threads that answer all others.

A hash takes tens of milliseconds of every core and 100 MB, on purpose, and anybody can ask for one. So these requests
have a few threads of their own, of lower priority, and only so many may wait for them.

The places are shared by network: IPv4 /24, IPv6 /48. Networks take turns, and where no place is free, a request takes
the last one of the network that has most, which is refused instead. So however many requests two or twenty networks
send, another one is served after one request of each. Where more networks than there are places come at once, those
that a user has signed in from lately take the places of the others.
"""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings

from lib.cache import LRUCache
from lib.db.threads import hashing_pool
from lib.web.client import find_wider_network
from lib.web.errors import ServerBusy

T = TypeVar("T")

logger = logging.getLogger(__name__)

# Requests that run or wait, of all networks and of one. The first to be refused would have waited some two seconds.
MAX_REQUESTS = 24
MAX_REQUESTS_PER_NETWORK = 16
# Networks whose sign-ins are remembered.
MAX_KNOWN_NETWORKS = 4096
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
# Where a password is proved, and the status of the answer then.
SIGN_IN_PATHS = {"/accounts/login/": 302, "/api/v1/auth/token": 200}

Network = str | None


def needs_hashing(scope: dict[str, Any]) -> bool:
    """Tell whether a request may hash or check a password."""
    return scope["method"] not in SAFE_METHODS and HASHING_PATHS.fullmatch(scope["path"]) is not None


class HashingLane:
    """Requests that run on the hashing pool or wait for it. Used on one event loop only."""

    def __init__(self) -> None:
        self._running: Counter[Network] = Counter()
        # The network whose turn it is first.
        self._waiting: OrderedDict[Network, deque[asyncio.Future[None]]] = OrderedDict()
        self._known: LRUCache[Network, bool] = LRUCache(MAX_KNOWN_NETWORKS)
        self._logged_at = -LOG_SECONDS

    async def run(self, scope: dict[str, Any], function: Callable[..., T], *args: Any) -> T:
        """Run a function on the hashing pool; raise `ServerBusy` where too many requests wait.

        That is at once, or as soon as a network that has fewer of them needs the place.
        """
        network = find_wider_network(scope)
        if settings.THROTTLE:
            self._make_room(network)
        await self._wait_for_turn(network)
        try:
            return await asyncio.get_running_loop().run_in_executor(hashing_pool, function, *args)
        finally:
            self._end_turn(network)

    def remember_sign_in(self, scope: dict[str, Any], status: int) -> None:
        """Remember the network of a request whose answer shows that a user has signed in."""
        if status == SIGN_IN_PATHS.get(scope["path"]):
            self._known.put(find_wider_network(scope), True)

    def _make_room(self, network: Network) -> None:
        """Leave a place to a request of a network, or raise `ServerBusy`."""
        if self._count_places(network) < MAX_REQUESTS_PER_NETWORK:
            if sum(map(self._count_places, {*self._running, *self._waiting})) < MAX_REQUESTS:
                return
            greediest = max(self._waiting, key=lambda other: (self._count_places(other), not self._is_known(other)))
            if self._comes_before(network, greediest):
                self._refuse_last(greediest)
                return
        self._log_refusal()
        raise ServerBusy(RETRY_SECONDS)

    def _count_places(self, network: Network) -> int:
        """Return how many requests of a network run or wait."""
        return self._running[network] + len(self._waiting.get(network, ()))

    def _is_known(self, network: Network) -> bool:
        return self._known.get(network) is not None

    def _comes_before(self, network: Network, other: Network) -> bool:
        """Tell whether a network may take a place of another, which has no fewer than any."""
        more = self._count_places(other) - self._count_places(network)
        return more > 1 or (more == 1 and self._is_known(network) and not self._is_known(other))

    def _refuse_last(self, network: Network) -> None:
        turn = self._waiting[network].pop()
        if not self._waiting[network]:
            del self._waiting[network]
        if not turn.done():
            turn.set_exception(ServerBusy(RETRY_SECONDS))

    async def _wait_for_turn(self, network: Network) -> None:
        if self._running.total() < settings.HASHING_THREADS:
            self._running[network] += 1
            return
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(network, deque()).append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if not turn.cancelled() and turn.exception() is None:
                self._end_turn(network)
            raise

    def _end_turn(self, network: Network) -> None:
        """Give the thread to the network that has waited longest."""
        self._running[network] -= 1
        self._running += Counter()  # drops what is zero
        while self._waiting and self._running.total() < settings.HASHING_THREADS:
            following, turns = self._waiting.popitem(last=False)
            turn = turns.popleft()
            if turns:
                self._waiting[following] = turns
            if not turn.done():
                self._running[following] += 1
                turn.set_result(None)

    def _log_refusal(self) -> None:
        if time.monotonic() - self._logged_at > LOG_SECONDS:
            self._logged_at = time.monotonic()
            logger.warning("Sign-ins are refused: %d wait already", MAX_REQUESTS)
