"""Networks share the places of requests that hash a password, and only so many of them wait."""

import asyncio
import threading
from typing import Any

import pytest
from django.conf import settings as django_settings
from pytest_django import Settings

from config.server import hashing
from config.server.hashing import HashingLane
from lib.web.errors import ServerBusy
from tests.config.server.steps import fill, scope_of


def test_what_exceeds_the_bound_is_refused_at_once(held: threading.Event) -> None:
    async def run() -> list[bool]:
        lane = HashingLane()
        tasks = await fill(lane, held, "192.0.2.1", hashing.MAX_REQUESTS_PER_NETWORK)
        with pytest.raises(ServerBusy):
            await lane.run(scope_of("POST", "/api/v1/auth/token", "192.0.2.2"), held.wait)
        held.set()
        await asyncio.gather(*tasks)
        return [await lane.run(scope_of("POST", "/api/v1/auth/token"), held.wait)]

    assert asyncio.run(run()) == [True]


def test_however_many_ask_no_more_than_the_bound_wait(held: threading.Event) -> None:
    async def run() -> list[Any]:
        lane = HashingLane()
        tasks = [task for n in range(5) for task in await fill(lane, held, f"198.18.{n}.1", 16)]
        held.set()
        return await asyncio.gather(*tasks, return_exceptions=True)

    outcomes = asyncio.run(run())
    assert outcomes.count(True) == hashing.MAX_REQUESTS
    assert all(outcome is True or isinstance(outcome, ServerBusy) for outcome in outcomes)


def test_two_networks_cannot_keep_a_third_out(held: threading.Event) -> None:
    async def run() -> tuple[list[Any], list[str]]:
        lane, served = HashingLane(), []
        greedy = await fill(lane, held, "192.0.2.1", hashing.MAX_REQUESTS_PER_NETWORK)
        greedy += await fill(lane, held, "198.51.100.1", hashing.MAX_REQUESTS - hashing.MAX_REQUESTS_PER_NETWORK)
        for task in greedy:
            task.add_done_callback(lambda _: served.append("greedy"))
        (newcomer,) = await fill(lane, held, "203.0.113.1", 1)
        newcomer.add_done_callback(lambda _: served.append("newcomer"))
        held.set()
        await newcomer
        return await asyncio.gather(*greedy, return_exceptions=True), served

    outcomes, served = asyncio.run(run())
    assert [outcome for outcome in outcomes if outcome is not True] == [outcomes[hashing.MAX_REQUESTS_PER_NETWORK - 1]]
    # After those that ran already, the one that it took the place of, and one of each network.
    assert served.index("newcomer") <= django_settings.HASHING_THREADS + 4


def test_more_networks_than_places_let_known_ones_in(held: threading.Event) -> None:
    async def run() -> list[Any]:
        lane = HashingLane()
        lane.remember_sign_in(scope_of("POST", "/api/v1/auth/token", "203.0.113.1"), 200)
        tasks = [task for n in range(hashing.MAX_REQUESTS) for task in await fill(lane, held, f"198.18.{n}.1", 1)]
        tasks += await fill(lane, held, "192.0.2.1", 1)
        tasks += await fill(lane, held, "203.0.113.2", 1)
        held.set()
        return (await asyncio.gather(*tasks, return_exceptions=True))[-2:]

    unknown, known = asyncio.run(run())
    assert isinstance(unknown, ServerBusy)
    assert known is True


@pytest.mark.parametrize(
    ("path", "status"), [("/api/v1/auth/token", 401), ("/accounts/login/", 200), ("/settings/password/", 302)]
)
def test_a_refused_password_makes_no_network_known(held: threading.Event, path: str, status: int) -> None:
    async def run() -> Any:
        lane = HashingLane()
        lane.remember_sign_in(scope_of("POST", path, "203.0.113.1"), status)
        tasks = [task for n in range(hashing.MAX_REQUESTS) for task in await fill(lane, held, f"198.18.{n}.1", 1)]
        (newcomer,) = await fill(lane, held, "203.0.113.2", 1)
        held.set()
        await asyncio.gather(*tasks)
        return (await asyncio.gather(newcomer, return_exceptions=True))[0]

    assert isinstance(asyncio.run(run()), ServerBusy)


def test_a_request_that_is_given_up_leaves_its_place(held: threading.Event) -> None:
    async def run() -> list[Any]:
        lane = HashingLane()
        tasks = await fill(lane, held, "192.0.2.1", 8)
        for task in tasks[4:]:
            task.cancel()
        held.set()
        await asyncio.gather(*tasks, return_exceptions=True)
        return await asyncio.gather(*await fill(lane, held, "192.0.2.1", hashing.MAX_REQUESTS_PER_NETWORK))

    assert all(asyncio.run(run()))


def test_load_tests_wait_without_a_bound(held: threading.Event, settings: Settings) -> None:
    settings.THROTTLE = False

    async def run() -> list[bool]:
        tasks = await fill(HashingLane(), held, "192.0.2.1", 3 * hashing.MAX_REQUESTS)
        held.set()
        return await asyncio.gather(*tasks)

    assert all(asyncio.run(run()))
