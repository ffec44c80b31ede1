"""Kinds with a rate start as often as that says, in all processes together; others do not wait for them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from lib.jobs import run_due_jobs
from lib.jobs.job import parse_rate
from tests.lib.jobs.sample_jobs import note, note_slowly

pytestmark = pytest.mark.django_db


def test_jobs_of_a_kind_start_at_its_rate(notes: list[Any]) -> None:
    with time_machine.travel(datetime(2026, 11, 27, 12, tzinfo=UTC), tick=False) as clock:
        for number in range(3):
            note_slowly.enqueue(text=f"slow {number}")
        note.enqueue(text="quick")

        run_due_jobs()
        assert notes == ["quick", "slow 0"]
        clock.shift(timedelta(seconds=1.9))
        assert run_due_jobs() == 0
        clock.shift(timedelta(seconds=0.1))
        run_due_jobs()
        clock.shift(timedelta(seconds=2))
        run_due_jobs()

    assert notes[2:] == ["slow 1", "slow 2"]


@pytest.mark.parametrize(("rate", "seconds"), [("1/s", 1), ("30/m", 2), ("1/h", 3600), ("2/d", 43200)])
def test_a_rate_is_read_as_a_pause(rate: str, seconds: float) -> None:
    assert parse_rate(rate) == seconds


@pytest.mark.parametrize("rate", ["", "m", "0/m", "-1/m", "1/week", "1.5/m"])
def test_what_is_no_rate_is_refused(rate: str) -> None:
    with pytest.raises(ValueError, match="A rate is"):
        parse_rate(rate)
