"""A change that costs speed shows in the table of the benchmark."""

from pathlib import Path

import pytest

from tests.benchmarks import report


@pytest.fixture(autouse=True)
def released(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "RELEASED", tmp_path / "released.json")
    report.keep_released([{"key": "messages", "ratio": 4.0}, {"key": "memory", "ratio": 0.5}])


@pytest.mark.parametrize(
    ("key", "ours", "is_lost"),
    [
        ("messages", 400, False),
        ("messages", 370, False),
        ("messages", 300, True),
        ("memory", 50, False),
        ("memory", 60, True),
    ],
)
def test_a_ratio_that_got_worse_is_marked(key: str, ours: float, is_lost: bool) -> None:
    [line] = report.compare({key: 100}, {key: ours}, beside_own=False)

    assert line["released"] == {"messages": 4.0, "memory": 0.5}[key]
    assert ("LOST" in line["verdict"]) is is_lost


def test_what_was_not_measured_stays_as_it_was() -> None:
    report.keep_released([{"key": "messages", "ratio": 5.0}, {"key": "memory", "ratio": None}])

    assert report.read_released() == {"messages": 5.0, "memory": 0.5}


def test_beside_another_build_the_release_does_not_count() -> None:
    [line] = report.compare({"messages": 100}, {"messages": 50}, beside_own=True)

    assert line["released"] is None
