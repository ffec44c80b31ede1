"""Tasks from one line."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from tasks.models import Label, Project, Task
from tasks.work.quick_add import Names, QuickTask, parse_quick_task
from tasks.work.services.quick_adding import add_task_quickly
from tests.conftest import ApiFor
from tests.tasks.work.conftest import column_of

# A Saturday.
TODAY = date(2026, 11, 28)
HULL, FIRST, BOB = UUID(int=1), UUID(int=2), UUID(int=3)
NAMES = Names(labels={"hull": HULL, "goodfirstissue": FIRST}, people={"bob": BOB, "bobokafor": BOB})


def parse(text: str) -> QuickTask:
    return parse_quick_task(text, NAMES, today=TODAY)


def test_a_line_holds_a_whole_task() -> None:
    assert parse("Paint #hull the boat @bob !high tomorrow 14:00 ~2h30m #Good-First-Issue") == QuickTask(
        title="Paint the boat",
        label_ids=[HULL, FIRST],
        assignee_ids=[BOB],
        priority=3,
        due_date=date(2026, 11, 29),
        due_time=time(14),
        estimate=9000,
    )


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("today", date(2026, 11, 28)),
        ("heute", date(2026, 11, 28)),
        ("Tomorrow", date(2026, 11, 29)),
        ("morgen", date(2026, 11, 29)),
        ("übermorgen", date(2026, 11, 30)),
        ("sunday", date(2026, 11, 29)),
        ("saturday", date(2026, 12, 5)),
        ("on Monday", date(2026, 11, 30)),
        ("am Freitag", date(2026, 12, 4)),
        ("bis Mittwoch", date(2026, 12, 2)),
        ("2026-12-01", date(2026, 12, 1)),
        ("2025-1-2", date(2025, 1, 2)),
        ("1 Dec", date(2026, 12, 1)),
        ("1st December", date(2026, 12, 1)),
        ("Dec 1", date(2026, 12, 1)),
        ("1. Dez.", date(2026, 12, 1)),
        ("3. März", date(2027, 3, 3)),
        ("28 Nov", date(2026, 11, 28)),
        ("27 Nov", date(2027, 11, 27)),
        ("1.12.", date(2026, 12, 1)),
        ("1.2.2028", date(2028, 2, 1)),
        ("29 Feb", date(2028, 2, 29)),
        ("4 May 2030", date(2030, 5, 4)),
        ("fri", date(2026, 12, 4)),
        ("by sat", date(2026, 12, 5)),
        ("next week", date(2026, 11, 30)),
        ("nächste Woche", date(2026, 11, 30)),
        ("in 3 days", date(2026, 12, 1)),
        ("in a week", date(2026, 12, 5)),
        ("in 2 Wochen", date(2026, 12, 12)),
    ],
)
def test_days_are_read_in_two_languages(words: str, day: date) -> None:
    for text in (f"Paint the boat {words}", f"Paint the boat {words} ~2h"):
        task = parse(text)
        assert (task.title, task.due_date, task.due_time) == ("Paint the boat", day, None)


@pytest.mark.parametrize(
    ("word", "priority"), [("!low", 1), ("!Mittel", 2), ("!hoch", 3), ("!urgent", 4), ("!none", 0)]
)
def test_priorities_are_read_in_two_languages(word: str, priority: int) -> None:
    assert (parse(f"Paint {word}").title, parse(f"Paint {word}").priority) == ("Paint", priority)


@pytest.mark.parametrize(
    ("word", "seconds"),
    [("~2h", 7200), ("~90m", 5400), ("~1.5h", 5400), ("~1,5Std", 5400), ("~1h15min", 4500), ("~45min", 2700)],
)
def test_estimates_are_read(word: str, seconds: int) -> None:
    assert (parse(f"Paint {word}").title, parse(f"Paint {word}").estimate) == ("Paint", seconds)


@pytest.mark.parametrize(
    "text",
    [
        "Paint #sail @nobody !soon ~ ~h ~2x",
        "Call the 2 mayors of May",
        "31 Feb 2026-13-01 30.2. 2026-02-30",
        "Version 1.2.3 at 25:00",
        "# @ ! ~",
        "tomorrow's news",
        "What happens today stays in the log",
        "We may 3 times a week sail",
        "Sort 2 mar tins",
        "Find where the cat sat",
        "Friday is for cleaning",
    ],
)
def test_what_is_not_understood_stays_in_the_title(text: str) -> None:
    assert parse(text) == QuickTask(title=text)


def test_a_backslash_keeps_a_word() -> None:
    assert parse(r"Print \tomorrow and \#hull \ ") == QuickTask(title="Print tomorrow and #hull \\")


def test_a_time_counts_behind_a_day_only() -> None:
    assert parse("Meet at 14:00").due_time is None
    for text in ("9:30", "at 9:30", "9:30am", "at 9:30 am"):
        task = parse(f"Meet by the pier on friday {text}")
        assert (task.title, task.due_date, task.due_time) == ("Meet by the pier", date(2026, 12, 4), time(9, 30))
    assert parse("Meet tomorrow 2pm").due_time == time(14)
    assert parse("Meet tomorrow 12am").due_time == time(0)


def test_a_line_that_begins_with_a_day_keeps_no_filler() -> None:
    assert parse("on Monday") == QuickTask(title="on", due_date=date(2026, 11, 30))


@pytest.mark.django_db
def test_a_line_creates_a_task_by_the_clock_of_its_author(alice: User, bob: User, project: Project) -> None:
    alice.time_zone = "America/New_York"
    label = Label.objects.create(project=project, name="Deep hull")
    column = column_of(project, "Doing")

    task = add_task_quickly(
        actor=alice,
        project_id=project.pk,
        text="Paint #deep-hull @me @bob 2026-12-01 22:00 !hoch ~2h",
        column_id=column.pk,
    )

    assert (task.title, task.column, task.priority, task.estimate) == ("Paint", column, 3, 7200)
    assert {each.user for each in task.assignees.all()} == {alice, bob}
    assert [each.label for each in task.task_labels.all()] == [label]
    assert (task.due_date, task.due_at) == (date(2026, 12, 1), datetime(2026, 12, 2, 3, tzinfo=UTC))


@pytest.mark.django_db
def test_a_first_name_counts_where_one_member_alone_has_it(alice: User, bob: User, project: Project) -> None:
    for user, name in ((alice, "Nia Okafor"), (bob, "Nia Moreau")):
        user.name = name
        user.save()

    texts: dict[str, list[User]] = {"Paint @Nia": [], "Paint @Nia-Moreau": [bob], f"Paint @{bob.username}": [bob]}
    for text, people in texts.items():
        task = add_task_quickly(actor=alice, project_id=project.pk, text=text)
        assert [each.user for each in task.assignees.all()] == people
    alice.name = "Sofia Okafor"
    alice.save()

    task = add_task_quickly(actor=alice, project_id=project.pk, text="Paint @nia")
    assert ([each.user for each in task.assignees.all()], task.title) == ([bob], "Paint")


@pytest.mark.django_db
def test_a_line_of_signs_alone_is_refused(alice: User, project: Project) -> None:
    with pytest.raises(ValidationError):
        add_task_quickly(actor=alice, project_id=project.pk, text="!high tomorrow")

    assert not Task.objects.exists()


@pytest.mark.django_db
def test_a_line_is_read_and_added_over_rest(api_for: ApiFor, alice: User, charlie: User, project: Project) -> None:
    path, text = f"/projects/{project.pk}/tasks/quick", "Paint @me !high 2026-12-01 9:05 ~90m"

    read = api_for(alice).call("GET", f"{path}?text={text.replace(' ', '%20').replace('#', '%23')}").json()
    assert (read["title"], read["priority"], read["due_date"]) == ("Paint", "high", "2026-12-01")
    assert (read["due_time"], read["estimate"]) == ("09:05", 5400)
    assert [user["name"] for user in read["assignees"]] == [alice.name]
    assert not Task.objects.exists()

    added = api_for(alice).call("POST", path, {"text": text})
    assert (added.status_code, added.json()["title"], added.json()["priority"]) == (201, "Paint", "high")
    triaged = api_for(alice).call("POST", path, {"text": "Rig", "column_id": None}).json()
    assert triaged["column_id"] is None

    answers: list[Any] = [
        api_for(charlie).call("POST", path, {"text": text}),
        api_for(charlie).call("GET", f"{path}?text=a"),
    ]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert api_for(alice).call("POST", path, {"text": " "}).status_code == 422
    assert api_for(alice).call("POST", path, {"text": "Rig", "column_id": str(uuid4())}).status_code == 422
