"""Print the table: base, ours, their ratio, and what the ratio has to be."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from rich.console import Console
from rich.table import Table

# The kernel works for the server too, on time that is not counted as the server's.
CALM = 0.15


@dataclass(frozen=True, slots=True)
class Row:
    """One line. `required` and `aim` are ratios to stock, or plain figures where `absolute`."""

    key: str
    title: str
    better: Literal["more", "less"] = "more"
    required: float | None = None
    aim: float | None = None
    absolute: bool = False
    unit: str = " s"
    # What the ratio is to, where stock has nothing of the kind.
    beside: str | None = None
    digits: int = 0


ROWS = (
    Row("messages", "messages/s, 10 members, 8 senders", required=3, aim=6),
    Row("marked", "the same with text that needs Markdown"),
    Row("deliveries-200", "deliveries/s, 200 members", required=12, aim=25),
    Row("deliveries-1000", "deliveries/s, 1000 members", required=25, aim=80),
    Row("latency-p50", "send to delivered p50, ms, 100 members, 10/s", "less", digits=1),
    Row("latency-p99", "send to delivered p99, ms", "less", required=0.4, aim=0.1, digits=1),
    Row("latency-reading-p50", "the same p50 while 4 readers page", "less", digits=1),
    Row("latency-reading-p99", "the same p99 while 4 readers page", "less", required=0.4, aim=0.1, digits=1),
    Row("latency-uploading-p99", "the same p99 while 4 files are uploaded", "less", digits=1),
    Row("latency-uploading", "the same, × calm", "less", 1.5, 1.2, True, "×", digits=2),
    Row("latency-uploading-rate", "MB/s of these uploads"),
    Row("memory", "KiB per idle socket", "less", required=0.9, aim=0.6, digits=1),
    Row("connecting", "1,000 people connect at once, sockets/s"),
    Row("history", "last 50 of 100 000, reads/s", required=3, aim=6),
    Row("paging", "50 from anywhere in 100 000, reads/s"),
    Row("page", "room page, HTML/s, beside stock history", required=1, aim=3, beside="history"),
    Row("page-live", "the same while 20 members read and 1 message/s comes, HTML/s"),
    Row(
        "thread",
        "panel of a thread of 200 replies, server time, × room page",
        "less",
        required=1,
        aim=1,
        absolute=True,
        unit="×",
        digits=2,
    ),
    Row(
        "sign-ins",
        "room page p99 while 150 sign-ins come at once, × calm",
        "less",
        required=2,
        aim=1.5,
        absolute=True,
        unit="×",
        digits=2,
    ),
    Row("switching", "from a click on a room to its painted feed, ms", "less"),
    Row("switching-at-once", "the same without a pointer that rests before, ms", "less"),
    Row("switching-first", "the same to a room that was not visited before, ms", "less"),
    Row(
        "at-room",
        "@room in a room of 1,000, acknowledged, × room of 10",
        "less",
        required=1.5,
        aim=1,
        absolute=True,
        unit="×",
        digits=2,
    ),
    Row("at-room-ack", "the same, ms", "less", digits=1),
    Row("at-room-notified", "all 1,000 notified, ms", "less", required=1000, aim=500, absolute=True, unit=" ms"),
    Row("search-p95", "a search of messages p95, ms of processor", "less", 60, 40, True, " ms", digits=1),
    Row("search-guest-p95", "the same by a guest in 4 of 50 rooms", "less", 60, 40, True, " ms", digits=1),
    Row("jobs", "trivial jobs/s on SQLite, one process, beside the stock worker", required=3, aim=10),
    Row("jobs-embedded", "from enqueue to start p95, ms, in one process", "less", 50, 20, True, " ms", digits=1),
    Row("jobs-across", "the same from one process to another", "less", 250, 175, True, " ms", digits=1),
    Row("jobs-idle", "processor time of an idle worker, ms in a second", "less", digits=1),
    Row("idle", "processor time with 1,000 idle sockets, ms in a second", "less", digits=1),
    Row("files-up", "100 MB up, × nginx", "more", 0.8, 1, True, "×", digits=2),
    Row("files-down", "100 MB down, × nginx", "more", 0.8, 1, True, "×", digits=2),
    Row("files-memory", "resident memory that takes, MB", "less", 20, 10, True, " MB", digits=1),
    Row("thumbnails", "20 photos have their two pictures, × vipsthumbnail", "less", 2, 1, True, "×", digits=2),
    Row("thumbnails-seconds", "the same, s", "less", digits=1),
    Row("board", "board of 1,000 tasks, HTML/s, beside stock JSON", required=5, aim=10),
    Row("tasks-filtered", "50 of 10,000 tasks by filters, reads/s", required=5, aim=8),
    Row("moves", "tasks moved on a board of 1,000, a second", required=3, aim=5),
    Row("start", "start to first answer, s", "less", required=1.5, aim=0.7, absolute=True, digits=2),
)

Figures = Mapping[str, float]

# The ratios to stock of the last release, by row. Figures of two machines can't be compared, but ratios can: both
# products ran beside each other.
RELEASED = Path(__file__).with_name("released.json")
# How much worse a ratio may be before it shows: single rounds differ by up to a tenth.
NOISE = 0.1


def compare(base: Figures, ours: Figures, *, beside_own: bool) -> list[dict[str, Any]]:
    """Return the measured rows, with their ratios, those of the last release, and verdicts.

    `beside_own` compares with another build of Atrium: like with like, and nothing may be slower than by 3 %.
    """
    lines = []
    released = {} if beside_own else read_released()
    for row in ROWS:
        if beside_own:
            row = replace(row, beside=None, absolute=False, required=1 / 0.97 if row.better == "less" else 0.97, aim=1)
        figure, other = ours.get(row.key), base.get(row.beside or row.key)
        if row.key in ours or row.key in base:
            ratio = figure / other if figure and other else None
            verdict = _judge(row, figure if row.absolute else ratio)
            line = asdict(row) | {"base": other, "ours": figure, "ratio": ratio, "released": released.get(row.key)}
            lines.append(line | {"verdict": f"{verdict}{_note_loss(row, ratio, released.get(row.key))}"})
    return lines


def read_released() -> dict[str, float]:
    """Return the ratios of the last release by row."""
    ratios: dict[str, float] = json.loads(RELEASED.read_text()) if RELEASED.exists() else {}
    return ratios


def keep_released(lines: Iterable[Mapping[str, Any]]) -> None:
    """Keep the measured ratios as those of the release; rows that were not measured stay as they are."""
    measured = {line["key"]: round(line["ratio"], 3) for line in lines if line["ratio"] is not None}
    RELEASED.write_text(json.dumps(read_released() | measured, indent=2) + "\n")


def _note_loss(row: Row, ratio: float | None, released: float | None) -> str:
    """Return a mark for a ratio that is worse than that of the release by more than noise."""
    if ratio is None or released is None:
        return ""
    worse = released / ratio if row.better == "more" else ratio / released
    return f" LOST {1 - 1 / worse:.0%}" if worse > 1 + NOISE else ""


def _judge(row: Row, figure: float | None) -> str:
    if figure is None or row.required is None or row.aim is None:
        return ""
    sign = 1 if row.better == "more" else -1
    if sign * figure >= sign * row.aim:
        return "aim reached"
    return "enough" if sign * figure >= sign * row.required else "short"


def print_table(lines: list[dict[str, Any]], *, disturbance: float) -> None:
    """Print the table, and say so when other work has had much of the server's core."""
    table = Table(title="Atrium beside what it is compared with, one core each")
    table.add_column("work")
    for title in ("base", "ours", "ratio", "released", "at least", "aim"):
        table.add_column(title, justify="right")
    table.add_column("verdict")
    for line in lines:
        unit = line["unit"] if line["absolute"] else "×"
        table.add_row(
            line["title"],
            _format_number(line["base"], line["digits"]),
            _format_number(line["ours"], line["digits"]),
            "" if line["ratio"] is None else f"{line['ratio']:.2f}×",
            "" if line["released"] is None else f"{line['released']:.2f}×",
            _format_number(line["required"], None, unit),
            _format_number(line["aim"], None, unit),
            line["verdict"],
        )
    if disturbance > CALM:
        table.caption = f"Disturbed: other work had up to {disturbance:.0%} of the server's core."
    Console(width=120).print(table)


def _format_number(figure: float | None, digits: int | None, unit: str = "") -> str:
    if figure is None:
        return ""
    return f"{figure:.3g}{unit}" if digits is None else f"{figure:,.{digits}f}"
