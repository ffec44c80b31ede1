"""Boards and lists of tasks: shown, filtered, and a task moved in them."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from itertools import count

from tests.benchmarks.load import Reader
from tests.benchmarks.products import Product
from tests.benchmarks.rounds import Effort, Figures, name_figures, open_loop
from tests.benchmarks.server import CoreWatch

READERS = 4
# Tasks that stay, below which others are put; those of a world stand in its columns by turns.
ANCHORS = 48


def measure_board(product: Product, effort: Effort) -> Figures:
    """Boards of 1,000 tasks a second: as the columns that a browser gets, beside stock's JSON."""
    if not product.world.board:
        return {}
    path = product.board(product.world.board)
    return _rate_rows("board", product, effort, product.board_header(), lambda: path)


def measure_filtered_tasks(product: Product, effort: Effort) -> Figures:
    """Answers a second with the first 50 of 10,000 tasks that have a status, an assignee and a word in the title."""
    if not product.world.board:
        return {}
    path = product.filtered_tasks(product.world.board)
    return _rate_rows("tasks-filtered", product, effort, product.world.people[0], lambda: path)


def measure_moves(product: Product, effort: Effort) -> Figures:
    """Tasks a second that are moved to another place of a board of 1,000 by one person."""
    board = product.world.board
    if not board:
        return {}
    anchors, moved = board.tasks[:ANCHORS], board.tasks[ANCHORS:]
    paths, bodies = count(), count()

    def next_path() -> str:
        return product.move_path(moved[next(paths) % len(moved)])

    def next_body() -> bytes:
        turn, n = divmod(next(bodies), len(moved))
        column = (turn + n) % len(board.columns)
        anchor = n % (len(anchors) // len(board.columns)) * len(board.columns) + column
        return json.dumps(product.move_body(board.columns[column], anchor, anchors[anchor])).encode()

    return _rate_rows("moves", product, effort, product.writing_header(), next_path, next_body, readers=1)


def _rate_rows(
    key: str,
    product: Product,
    effort: Effort,
    header: str,
    next_path: Callable[[], str],
    next_body: Callable[[], bytes] | None = None,
    *,
    readers: int = READERS,
) -> Figures:
    with product.start() as server, open_loop() as loop:
        clients = [Reader(server.port, header, next_path, next_body) for _ in range(readers)]
        for client in clients:
            loop.add(client)
            client.ask()
        loop.run(effort.warm_up)
        before, started, watch = sum(client.answers for client in clients), time.perf_counter(), CoreWatch(server)
        loop.run(effort.seconds)
        rate = (sum(client.answers for client in clients) - before) / (time.perf_counter() - started)
        return name_figures(key, rate, watch.shares())
