"""`python -m tests.benchmarks.search`: what searching costs in many messages, and what the index costs.

Messages in several languages, in 50 channels of which the user is in half, are written in bulk into a database of its
own and indexed as an upgrade would. Then each query runs several times, newest and best first, for a member and for a
guest in four of the channels: wall time and, where the machine does other things too, the processor time of this
process, in which SQLite works.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import TYPE_CHECKING, Any, NamedTuple

from tests.benchmarks.in_process import start_django
from tests.benchmarks.rounds import Figures
from tests.chat.search.corpus import TEXTS

if TYPE_CHECKING:
    from accounts.models import Organisation, User
    from chat.models import Room
    from chat.search.queries.messages import Order

INSERT = """
    INSERT INTO chat_message
    (id, room_id, author_id, seq, version, type, content, html, mentioned_ids, reactions, broadcast, is_action,
     created_at, updated_at)
    VALUES (%s, %s, %s, %s, %s, 'text', %s, %s, '[]', '[]', '', FALSE, %s, %s)
"""
ROOMS = 50
BATCH = 2_000
ROUNDS = 5
# Messages that are posted by turns with the index and without. In a turn SQLite's table of trigrams is written once.
# What was left out is indexed before the next one, so the first of a turn are not counted: they pay for cold caches.
SENT, TURN, UNCOUNTED = 16_384, 1_024, 128
# Frequent and rare words, beginnings and pieces, one and two letters, phrases, scripts without spaces, filters.
QUERIES = (
    "the", "tide", "harb", "arbour", "e", "ok", "db", "xq", "report_final", "142", "halyard.example", '"tide window"',
    "tide boats -gate", "straße", "schiff", "équipage", "łódź", "прилив", "θάλασσα", "ميناء", "नमस्ते", "部署", "部",
    "上海", "カフェ", "부두", "เรือ", "zebrafish", "brafis", "tide window closes at nine", "from:me tide",
    "in:room-7 tide",
    "before:2026 tide", "during:2026-05 tide", "has:link tide", "has:code", "is:unread tide", "from:me", "mentions:me",
)  # fmt: skip


class Times(NamedTuple):
    """How long a search took, by the clock and at work in this process."""

    wall: float
    processor: float


def main() -> None:
    """Print times of queries, of filling and of sending, the sizes of text and index, and the figures of the rows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--searches-only", action="store_true", help="measure no sending")
    options = parser.parse_args()
    figures: Figures = {}
    with tempfile.TemporaryDirectory(dir=os.environ.get("TMPDIR")) as folder:
        start_django(folder)
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        user, organisation, rooms = _plant_messages(options.messages)
        _measure_filling()
        _print_sizes()
        for row, asker in (("search", user), ("search-guest", _invite_guest(organisation, rooms[:4]))):
            times = list(_measure_queries(asker, organisation))
            _print_percentiles(times)
            figures[f"{row}-p95"] = _find_percentile([each.processor for each in times], 95)
        if not options.searches_only:
            _measure_sending(user, rooms[0])
    print(json.dumps(figures))


def _plant_messages(number: int) -> tuple[User, Organisation, list[Room]]:
    from django.db import connection, transaction
    from django.utils import timezone

    from chat.models import Room
    from chat.rooms.services.rooms import create_room
    from tests.benchmarks.growth_world import make_organisation

    organisation, people = make_organisation(20)
    user, author = people[0], people[1]
    rooms = [
        create_room(actor=user if n % 2 else author, slug=organisation.slug, kind=Room.Kind.CHANNEL, name=f"room-{n}")
        for n in range(ROOMS)
    ]
    generator, now = random.Random(7), timezone.now()  # noqa: S311  the same texts in every run
    sentences = _write_sentences(generator)
    for start in range(0, number, BATCH):
        places = range(start, min(start + BATCH, number))
        rows = [_build_row(n, rooms, people, next(sentences), now - timedelta(minutes=number - n)) for n in places]
        with connection.cursor() as cursor, transaction.atomic():
            cursor.executemany(INSERT, rows)
    Room.objects.filter(pk__in=[room.pk for room in rooms]).update(
        last_seq=number // ROOMS + 1, version=number // ROOMS + 1
    )
    return user, organisation, rooms


def _build_row(n: int, rooms: Sequence[Room], people: Sequence[User], text: str, moment: datetime) -> list[Any]:
    from django.db import connection

    from accounts.models.base import new_id

    seq = n // ROOMS + 1
    html = '<p dir="auto"><a href="https://halyard.example">' if n % 20 == 0 else '<p dir="auto">'
    stored = connection.ops.adapt_datetimefield_value(moment)
    ids = [new_id(), rooms[n % ROOMS].pk, people[n * 7 % len(people)].pk]
    return [*ids, seq, seq, text, html, stored, stored]


def _write_sentences(generator: random.Random) -> Iterator[str]:
    """Yield texts of some hundred characters: sentences of ten languages, else words of which few are frequent."""
    syllables = [one + two for one in "bcdfghklmnprstvw" for two in ("a", "e", "i", "o", "u", "an", "er", "or", "st")]
    words = ["the", "and", "to", "tide", "boats", "harbour", "window", "ok", "gate", "report_final.pdf", "ATR-142"]
    words += ["".join(generator.choices(syllables, k=generator.randint(1, 4))) for _ in range(30_000)]
    weights = list(accumulate(1 / (place + 5) for place in range(len(words))))
    number = 0
    while True:
        number += 1
        if number % 20_000 == 0:
            yield "The zebrafish is rare. " + TEXTS[number % len(TEXTS)]
        elif number % 4 == 0:
            yield f"{TEXTS[generator.randrange(len(TEXTS))]} {number}"
        else:
            yield " ".join(generator.choices(words, cum_weights=weights, k=generator.randint(4, 30)))


def _invite_guest(organisation: Organisation, rooms: Sequence[Room]) -> User:
    """Return a guest who sees these rooms alone, and has written nothing."""
    from accounts.models import Membership, User
    from tests.benchmarks.growth_world import add_members

    guest = User.objects.create(email="guest@example.com", username="guest", name="Guest", password="!")
    Membership.objects.create(organisation=organisation, user=guest, role=Membership.Role.GUEST)
    for room in rooms:
        add_members(room, [guest])
    return guest


def _measure_filling() -> None:
    """Fill the index of a database that has none, as an upgrade does."""
    from django.apps import apps
    from django.db import connection

    from chat.search_index import fill_search_index

    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("DROP INDEX chat_searchentry_trigrams")
    began = time.perf_counter(), time.process_time()
    fill_search_index(apps.get_app_config("chat"), "default")
    seconds, busy = time.perf_counter() - began[0], time.process_time() - began[1]
    print(f"filled in {seconds:.0f} s, {busy:.0f} s of them at work in this process")


def _print_sizes() -> None:
    from django.db import connection

    is_sqlite = connection.vendor == "sqlite"
    length = "length(CAST(content AS BLOB))" if is_sqlite else "octet_length(content)"
    index = (
        "SELECT sum(length(block)) FROM chat_searchentry_fts_data"
        if is_sqlite
        else "SELECT pg_relation_size('chat_searchentry_trigrams')"
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT sum({length}) FROM chat_message")  # noqa: S608  our names
        text = cursor.fetchone()[0]
        cursor.execute(index)
        size = cursor.fetchone()[0]
        if not is_sqlite:
            cursor.execute("ANALYZE")
    print(f"text {text / 1e6:.0f} MB, index {size / 1e6:.0f} MB: {size / text:.2f} of it")


def _measure_queries(user: User, organisation: Organisation) -> Iterator[Times]:
    """Yield the times of each search, and print the medians of each query."""
    from chat.search.queries.messages import search_messages

    print("\n| query | best first, ms | of processor | newest first, ms | of processor | found |")
    print("|---|---|---|---|---|---|")
    orders: tuple[Order, Order] = ("relevance", "newest")
    for query in QUERIES:
        row = [query]
        for order in orders:
            times = []
            for _ in range(ROUNDS):
                began = Times(time.perf_counter(), time.thread_time())
                page = search_messages(user=user, organisation=organisation, q=query, order=order)
                ended = Times(time.perf_counter(), time.thread_time())
                times.append(Times(*((end - start) * 1_000 for start, end in zip(began, ended, strict=True))))
            yield from times
            row += [f"{statistics.median(each):.1f}" for each in zip(*times, strict=True)]
        print(" | ".join(["", *row, f"{len(page.items)}{'+' if page.next_cursor else ''}", ""]).strip(), flush=True)


def _print_percentiles(times: Sequence[Times]) -> None:
    for name, each in zip(Times._fields, zip(*times, strict=True), strict=True):
        low, high = _find_percentile(each, 50), _find_percentile(each, 95)
        print(f"{len(each)} searches, {name}: p50 {low:.1f} ms, p95 {high:.1f} ms, worst {max(each):.1f} ms")


def _measure_sending(user: User, room: Room) -> None:
    """Post one message and eight at a time, with the index and without, by turns of what is indexed together."""
    from chat import search_index
    from chat.messages import storing
    from chat.messages.services import post
    from chat.models import RoomMember

    RoomMember.objects.get_or_create(room=room, user=user)
    for size in (1, 8):
        times: dict[bool, list[float]] = {True: [], False: []}
        turn = TURN // size
        for n in range(SENT // size // turn * turn):
            if n % turn == 0:
                search_index.index_pending_messages()
            is_indexed = n // turn % 2 == 0
            vars(storing)["index_messages"] = search_index.index_messages if is_indexed else lambda _messages: None
            drafts = [post.Draft(user, room.pk, f"{TEXTS[(n % turn + k) % len(TEXTS)]} {n}") for k in range(size)]
            began = time.thread_time()
            post.post_messages(drafts)
            if n % turn >= UNCOUNTED // size:
                times[is_indexed].append((time.thread_time() - began) * 1_000 / size)
        means = {key: statistics.mean(values) for key, values in times.items()}
        print(f"posting {size} together: {means[False]:.3f} ms a message without the index, {means[True]:.3f} with it")


def _find_percentile(times: Sequence[float], percent: int) -> float:
    return sorted(times)[len(times) * percent // 100]


if __name__ == "__main__":
    main()
