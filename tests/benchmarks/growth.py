"""`python -m tests.benchmarks.growth`: what each screen costs in small and in large organisations.

Rows are written in bulk into a database of its own, and a signed-in browser in this process asks for each screen. The
milliseconds are CPU time of the server alone, the KB are HTML before compression. `--million` adds a room of a million
messages.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.benchmarks.in_process import start_django

if TYPE_CHECKING:
    from django.test import Client

    from accounts.models import Organisation, User
    from chat.models import Room

PEOPLE = (10, 1_000, 5_000)
ROOMS = (10, 500)
MESSAGES = (100_000,)
ROUNDS = 15


@dataclass(frozen=True, slots=True)
class Cost:
    """What one screen costs in a size of organisation."""

    screen: str
    size: str
    milliseconds: float
    kilobytes: float
    queries: int


def main() -> None:
    """Print a table of all screens and sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--million", action="store_true", help="also measure a room of a million messages")
    parser.add_argument("--only", choices=["people", "rooms", "messages"], help="grow one thing alone")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        start_django(folder)
        _migrate()
        growths = {
            "people": lambda: _grow_people(PEOPLE),
            "rooms": lambda: _grow_rooms(ROOMS),
            "messages": lambda: _grow_messages((*MESSAGES, 1_000_000) if options.million else MESSAGES),
        }
        print("| screen | size | ms | KB | queries |\n|---|---|---|---|---|")
        for name, grow in growths.items():
            if options.only in (None, name):
                for cost in grow():
                    _print_row(cost)


def _migrate() -> None:
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


def _grow_people(sizes: Sequence[int]) -> Iterator[Cost]:
    from tests.benchmarks.growth_world import make_organisation

    for size in sizes:
        organisation, people = make_organisation(size)
        yield from _measure_all(organisation, people[0], f"{size:,} people")


def _grow_rooms(sizes: Sequence[int]) -> Iterator[Cost]:
    from tests.benchmarks.growth_world import make_organisation, open_rooms

    for size in sizes:
        organisation, people = make_organisation(10)
        open_rooms(organisation, people, size)
        yield from _measure_all(organisation, people[1], f"{size:,} rooms")


def _grow_messages(sizes: Sequence[int]) -> Iterator[Cost]:
    from chat.models import Room
    from tests.benchmarks.growth_world import make_organisation, write_messages

    for size in sizes:
        organisation, people = make_organisation(10)
        room = Room.objects.get(organisation=organisation, is_general=True)
        write_messages(room, people, size)
        browser = _sign_in(people[0])
        for screen, path in {
            "room": f"/rooms/{room.pk}/",
            "room, older messages": f"/rooms/{room.pk}/feed/?before={size // 2}",
            "REST history": f"/api/v1/rooms/{room.pk}/messages?before={size // 2}",
        }.items():
            yield _measure(browser, screen, path, f"{size:,} messages")


def _measure_all(organisation: Organisation, reader: User, size: str) -> Iterator[Cost]:
    from chat.models import Room

    browser = _sign_in(reader)
    for screen, path in _list_screens(organisation, Room.objects.get(organisation=organisation, is_general=True)):
        yield _measure(browser, screen, path, size)


def _list_screens(organisation: Organisation, room: Room) -> list[tuple[str, str]]:
    slug = organisation.slug
    return [
        ("room", f"/rooms/{room.pk}/"),
        ("room's details, panel", f"/rooms/{room.pk}/details/"),
        ("sidebar alone", f"/o/{slug}/sidebar/"),
        ("home", f"/o/{slug}/"),
        ("rooms", f"/o/{slug}/rooms/"),
        ("new message", f"/o/{slug}/people/"),
        ("create a room", f"/o/{slug}/rooms/new/"),
        ("organisation's settings", f"/o/{slug}/settings/"),
        ("REST rooms", f"/api/v1/orgs/{slug}/rooms"),
        ("REST channels", f"/api/v1/orgs/{slug}/rooms?browse=true"),
        ("REST members of a room", f"/api/v1/rooms/{room.pk}/members"),
        ("REST members", f"/api/v1/orgs/{slug}/members"),
    ]


def _sign_in(user: User) -> Client:
    from django.test import Client

    browser = Client()
    browser.force_login(user)
    return browser


def _measure(browser: Client, screen: str, path: str, size: str) -> Cost:
    """Ask for a screen many times and return the median."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    headers = {"X-Fragment": "1"} if "panel" in screen else {}
    with CaptureQueriesContext(connection) as queries:
        answer = browser.get(path, headers=headers)
    assert answer.status_code in (200, 302), (path, answer.status_code)
    query_count = len(queries)
    times = []
    for _ in range(ROUNDS):
        start = time.process_time()
        browser.get(path, headers=headers)
        times.append(time.process_time() - start)
    return Cost(screen, size, statistics.median(times) * 1000, len(answer.content) / 1024, query_count)


def _print_row(cost: Cost) -> None:
    print(
        f"| {cost.screen} | {cost.size} | {cost.milliseconds:.1f} | {cost.kilobytes:.0f} | {cost.queries} |", flush=True
    )


if __name__ == "__main__":
    main()
