"""Measure the kinds of jobs, and draw how many ended in each hour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.core.cache import cache
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from lib.jobs.statistics import HourOfJobs, KindStatistics, measure_kinds

# Measuring a busy day takes some tenths of a second, and the page asks every few seconds.
KEEP_SECONDS = 15
CACHE_KEY = "jobs.statistics"

# Of the plot, in its own units. A bar stands for an hour.
PLOT_HEIGHT = 24.0
BAR_STEP = 4
# What happened once is seen beside what happened a thousand times.
MIN_BAR = 2.0


@dataclass(frozen=True, slots=True)
class Bar:
    """Part of a plot; `y` is its upper end."""

    x: int
    y: float
    height: float
    is_failure: bool


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of jobs, as the page shows it."""

    kind: KindStatistics
    name: str
    wait: str
    run: str
    bars: list[Bar]


def measure_recently() -> list[KindStatistics]:
    """Return the statistics of all kinds, at most `KEEP_SECONDS` old."""
    kinds: list[KindStatistics] | None = cache.get(CACHE_KEY)
    if kinds is None:
        kinds = measure_kinds()
        cache.set(CACHE_KEY, kinds, KEEP_SECONDS)
    return kinds


def list_kinds() -> list[KindRow]:
    """Return the kinds of jobs of the last day, those that failed first."""
    kinds = sorted(measure_recently(), key=lambda kind: (not kind.failed, kind.kind))
    return [
        KindRow(
            kind,
            shorten_kind(kind.kind),
            _describe_time(kind.median_wait),
            _describe_time(kind.median_run),
            list(draw_bars(kind.hours)),
        )
        for kind in kinds
    ]


def shorten_kind(kind: str) -> str:
    """Return the name of a kind without that of its file."""
    return kind.replace(".jobs.", ".")


def draw_bars(hours: Sequence[HourOfJobs]) -> Iterator[Bar]:
    """Yield the bars of a plot: what was done in each hour, and on top of it what has failed."""
    most = max((hour.done + hour.failed for hour in hours), default=0) or 1
    for index, hour in enumerate(hours):
        top = PLOT_HEIGHT
        for count, is_failure in ((hour.done, False), (hour.failed, True)):
            if count:
                height = max(MIN_BAR, round(count / most * (PLOT_HEIGHT - MIN_BAR), 1))
                top = max(round(top - height, 1), 0.0)
                yield Bar(index * BAR_STEP, top, height, is_failure)


def _describe_time(seconds: float | None) -> str:
    if seconds is None:
        return "–"
    if seconds < 1:
        return _("%(number)s ms") % {"number": round(seconds * 1000)}
    return _("%(number)s s") % {"number": number_format(seconds, decimal_pos=1)}
