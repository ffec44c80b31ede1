"""What is measured. Each workload starts its own server, and answers with the figures of one round."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from statistics import median

from tests.benchmarks.arrivals import await_all
from tests.benchmarks.at_room import measure_at_room
from tests.benchmarks.boards import measure_board, measure_filtered_tasks, measure_moves
from tests.benchmarks.files import measure_large_files, measure_thumbnails
from tests.benchmarks.idle import measure_idle
from tests.benchmarks.jobs import measure_jobs
from tests.benchmarks.latency import (
    measure_latency,
    measure_latency_reading,
    measure_latency_uploading,
    place_anywhere,
)
from tests.benchmarks.load import Reader
from tests.benchmarks.products import Atrium, Product
from tests.benchmarks.readers import measure_live_page
from tests.benchmarks.rounds import Effort, Figures, Shares, name_figures, open_loop
from tests.benchmarks.searches import measure_search
from tests.benchmarks.server import CoreWatch, Server
from tests.benchmarks.sign_ins import measure_sign_ins
from tests.benchmarks.switching import measure_switching
from tests.benchmarks.talk import Talk
from tests.benchmarks.words import MARKED, TEXTS

SPEAKERS = 8
READERS = 8
IDLE_SOCKETS = 1000
WARM_UP_SOCKETS = 50
STARTS = 5


def measure_messages(product: Product, effort: Effort) -> Figures:
    """Messages a second that are stored and have reached all ten members, eight of whom speak."""
    return name_figures("messages", *_rate_of_talk(product, effort, "ten", 10))


def measure_marked_messages(product: Product, effort: Effort) -> Figures:
    """The same with text that needs Markdown."""
    return name_figures("marked", *_rate_of_talk(product, effort, "ten", 10, words=MARKED))


def measure_deliveries_200(product: Product, effort: Effort) -> Figures:
    rate, watch = _rate_of_talk(product, effort, "two-hundred", 200)
    return name_figures("deliveries-200", rate * 200, watch)


def measure_deliveries_1000(product: Product, effort: Effort) -> Figures:
    rate, watch = _rate_of_talk(product, effort, "thousand", 1000)
    return name_figures("deliveries-1000", rate * 1000, watch)


def _rate_of_talk(
    product: Product, effort: Effort, room: str, people: int, words: Sequence[str] = TEXTS
) -> tuple[float, Shares]:
    with product.start() as server, open_loop() as loop:
        talk = Talk(product, loop, server, room, people=people, speakers=SPEAKERS, words=words)
        stored = product.stored()
        loop.run(effort.warm_up, tick=talk.go_on)
        talk.finish()
        said, started, watch = talk.said, time.perf_counter(), CoreWatch(server)
        loop.run(effort.seconds, tick=talk.go_on)
        talk.finish()
        rate = (talk.said - said) / (time.perf_counter() - started)
        if product.stored() - stored != talk.said:
            raise RuntimeError(f"{product.name}: {talk.said} messages were delivered, not all are in the database")
        return rate, watch.shares()


def measure_memory(product: Product, effort: Effort) -> Figures:
    """KiB of resident memory that the server takes for each of a thousand idle sockets."""
    with product.start() as server, open_loop() as loop:
        for member in Talk(product, loop, server, "thousand", people=WARM_UP_SOCKETS, speakers=0).members:
            loop.remove(member)
        loop.run(5)
        before = server.memory
        Talk(product, loop, server, "thousand", people=IDLE_SOCKETS, speakers=0)
        loop.run(3)
        return {"memory": (server.memory - before) / IDLE_SOCKETS / 1024}


def measure_connecting(product: Product, effort: Effort) -> Figures:
    """Sockets a second while a thousand people of one organisation connect at once, each until they are greeted."""
    with product.start() as server, open_loop() as loop:
        for member in Talk(product, loop, server, "ten", people=5, speakers=0).members:
            loop.remove(member)
        watch, started = CoreWatch(server), time.perf_counter()
        people = range(len(product.world.people))
        await_all(loop, (product.arrive(server.port, person) for person in people))
        return name_figures("connecting", len(people) / (time.perf_counter() - started), watch.shares())


def measure_history(product: Product, effort: Effort) -> Figures:
    """Answers a second with the newest 50 of 100 000 messages."""
    path = product.history("archive")
    return name_figures("history", *_rate_of_answers(product, effort, product.world.people[0], lambda: path))


def measure_paging(product: Product, effort: Effort) -> Figures:
    """Answers a second with 50 messages from anywhere in 100 000."""
    path = product.history("archive")
    anywhere = _rate_of_answers(product, effort, product.world.people[0], lambda: f"{path}?before={place_anywhere()}")
    return name_figures("paging", *anywhere)


def measure_page(product: Product, effort: Effort) -> Figures:
    """Room pages a second, for a browser; the yardstick has no such page."""
    if not isinstance(product, Atrium):
        return {}
    path = product.page("archive")
    return name_figures("page", *_rate_of_answers(product, effort, product.world.browser, lambda: path))


def measure_thread(product: Product, effort: Effort) -> Figures:
    """Time of the server for the panel of a thread with 200 replies, in room pages with 50 messages.

    Nothing is written meanwhile, so both are kept.
    """
    if not isinstance(product, Atrium) or not product.world.thread:
        return {}
    cookie = product.world.browser
    with product.start() as server:
        page = _measure_server_time(server, effort, cookie, product.page("archive"))
        panel = _measure_server_time(server, effort, f"{cookie}\r\nX-Fragment: 1", product.thread())
    return {"thread": panel / page}


def _measure_server_time(server: Server, effort: Effort, header: str, path: str) -> float:
    """Return the processor seconds of an answer, which other work on the machine hardly changes."""
    with open_loop() as loop:
        reader = Reader(server.port, header, lambda: path)
        loop.add(reader)
        reader.ask()
        loop.run(effort.warm_up)
        before, answers = server.cpu_seconds, reader.answers
        loop.run(effort.seconds)
        return (server.cpu_seconds - before) / (reader.answers - answers)


def _rate_of_answers(
    product: Product, effort: Effort, header: str, path: str | Callable[[], str]
) -> tuple[float, Shares]:
    with product.start() as server, open_loop() as loop:
        readers = [Reader(server.port, header, path if callable(path) else lambda: path) for _ in range(READERS)]
        for reader in readers:
            loop.add(reader)
            reader.ask()
        loop.run(effort.warm_up)
        before, started = sum(reader.answers for reader in readers), time.perf_counter()
        watch = CoreWatch(server)
        loop.run(effort.seconds)
        rate = (sum(reader.answers for reader in readers) - before) / (time.perf_counter() - started)
        return rate, watch.shares()


def measure_start(product: Product, effort: Effort) -> Figures:
    """Seconds from starting the process to its first answer, on a migrated database."""
    times = []
    for _ in range(STARTS):
        with product.start() as server:
            times.append(server.seconds_to_answer)
    return {"start": median(times)}


WORKLOADS: dict[str, Callable[[Product, Effort], Figures]] = {
    "messages": measure_messages,
    "marked": measure_marked_messages,
    "deliveries-200": measure_deliveries_200,
    "deliveries-1000": measure_deliveries_1000,
    "latency": measure_latency,
    "latency-reading": measure_latency_reading,
    "latency-uploading": measure_latency_uploading,
    "memory": measure_memory,
    "connecting": measure_connecting,
    "history": measure_history,
    "paging": measure_paging,
    "page": measure_page,
    "page-live": measure_live_page,
    "thread": measure_thread,
    "sign-ins": measure_sign_ins,
    "switching": measure_switching,
    "at-room": measure_at_room,
    "start": measure_start,
    "jobs": measure_jobs,
    "idle": measure_idle,
    "search": measure_search,
    "files": measure_large_files,
    "thumbnails": measure_thumbnails,
    "board": measure_board,
    "tasks-filtered": measure_filtered_tasks,
    "moves": measure_moves,
}
