"""Conversations that are written as plain text are read as they are meant."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from chat.demo.script import read_scenes, working_day


def test_working_days_skip_the_weekend() -> None:
    monday = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)

    assert working_day(monday, 0).weekday() == 0
    assert working_day(monday, 1).weekday() == 4
    assert working_day(monday, 6).weekday() == 4


def test_a_script_says_what_it_means(tmp_path: Path) -> None:
    script = tmp_path / "room.txt"
    script.write_text(
        "== 2 days ago 09:00\nalice: One\n  - two\n\n  three\n+ 👍 bob alice\n! bob\n"
        "bob ^ +7: Four\n~ Five\nalice >2 +1: In the thread\n* bob\nalice: Six\nx\n"
        "bob +3:\n@ berths.png: Five of them\n@ rates.csv:\n",
        encoding="utf-8",
    )

    (scene,) = read_scenes(script)

    assert [line.text for line in scene.lines] == ["One\n- two\n\nthree", "Four", "In the thread", "Six", ""]
    assert (scene.lines[1].back, scene.lines[1].later, scene.lines[1].edited_to) == (1, 7, "Five")
    assert (scene.lines[2].back, scene.lines[2].in_thread, scene.lines[2].saved_by) == (2, True, ["bob"])
    assert scene.lines[3].deleted
    assert scene.lines[4].files == [("berths.png", "Five of them"), ("rates.csv", "")]
    assert (scene.lines[0].reactions, scene.lines[0].pinned_by) == ([("👍", "bob"), ("👍", "alice")], "bob")


@pytest.mark.parametrize("row", ["Nobody: says this", "alice says this"])
def test_a_slip_of_the_pen_is_refused(row: str, tmp_path: Path) -> None:
    script = tmp_path / "room.txt"
    script.write_text(f"== 1 days ago 09:00\n{row}\n", encoding="utf-8")

    with pytest.raises(ValueError, match="Nobody says"):
        read_scenes(script)
