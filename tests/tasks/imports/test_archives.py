"""Exports of Vikunja and Todoist, which come as zip files."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from lib.web.errors import TooLarge
from tasks.imports.detecting import detect_kind
from tasks.models import Project, Task
from tests.tasks.imports import files
from tests.tasks.imports.steps import import_file, task_called, write_file
from tests.tasks.imports.test_trello import make_board

pytestmark = pytest.mark.django_db(transaction=True)

NEVER = "0001-01-01T00:00:00Z"
TODOIST = (
    "\ufeffTYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE,DURATION,DURATION_UNIT,"
    "DEADLINE,DEADLINE_LANG\n"
    "meta,view_style=board,,,,,,,,,,,,\n"
    "task,Feed the cat @home @daily,Dry food,1,1,Mia (12),Bob (34),every day,en,Europe/Berlin,30,minute,,\n"
    "note,She was hungry,,,,Mia (12),,2026-01-02T10:00:00Z,,,,,,\n"
    "task,Buy food,,4,2,Mia (12),,2026-03-02,en,,,,2026-03-04,en\n"
    ",,,,,,,,,,,,,\n"
    "section,Doing,,,,,,,,,,,,\n"
    "task,* Vet,,2,1,Mia (12),,,,,,,,\n"
)


def pack(**members: str | bytes) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("_", "."), content)
    return packed.getvalue()


def make_projects() -> list[dict[str, Any]]:
    task: dict[str, Any] = {
        "id": 7,
        "title": "Paint",
        "description": '<p>Two <strong>coats</strong></p><ul data-type="taskList">'
        '<li data-checked="true"><label></label><div><p>Sand</p></div></li>'
        '<li data-checked="false"><p>Dry &amp; wait</p></li></ul><p><a href="https://example.org/a">more</a></p>',
        "done": False,
        "due_date": "2026-03-05T12:00:00Z",
        "start_date": NEVER,
        "end_date": NEVER,
        "priority": 5,
        "labels": [{"title": "Deck", "hex_color": "e8445c"}],
        "assignees": [{"username": "bob"}, {"username": "mia"}],
        "attachments": [{"id": 1, "file": {"name": "plan.pdf"}}],
        "comments": [{"comment": "<p>Which colour?</p>", "author": {"name": "Mia"}, "created": "2026-01-02T10:00:00Z"}],
        "related_tasks": {"subtask": [{"id": 8}], "blocking": [{"id": 9}]},
        "repeat_after": 86_400,
        "reminders": [{"reminder": "2026-03-01T08:00:00Z"}],
    }
    part = {"id": 8, "title": "Buy paint", "done": True, "due_date": NEVER, "bucket_id": 2}
    return [
        {
            "id": 1,
            "title": "Boat",
            "tasks": [task, part],
            "buckets": [
                {"id": 2, "title": "Doing", "position": 2, "project_view_id": 4},
                {"id": 1, "title": "Later", "position": 1, "project_view_id": 4},
                {"id": 3, "title": "Elsewhere", "project_view_id": 5},
            ],
            "task_buckets": [{"task_id": 7, "bucket_id": 1, "project_view_id": 4}, {"task_id": 7, "bucket_id": 3}],
            "child_projects": [{"id": 5, "title": "Sails", "tasks": [{"id": 9, "title": "Mend"}], "buckets": None}],
        },
        {"id": 3, "title": "Empty", "tasks": None},
    ]


def test_vikunja(alice: User, bob: User, project: Project) -> None:
    content = pack(data_json=json.dumps(make_projects()), filters_json="[]", VERSION="v2.5.0")

    imported = import_file(alice, project, content, kind="vikunja")

    assert imported.report["counts"]["created"] == 3
    paint = task_called(project, "Paint")
    assert (paint.column.name, paint.priority, paint.due_date) == ("Later", 4, date(2026, 3, 5))
    assert [each.user for each in paint.assignees.all()] == [bob]
    assert {each.label.name for each in paint.task_labels.all()} == {"Deck", "Boat"}
    assert paint.description == (
        "Two **coats**\n\n- [x] Sand\n- [ ] Dry & wait\n\n[more](<https://example.org/a>)\n\n"
        "**Attachments**\n\n- plan\\.pdf\n\n**Comments**\n\n> **Mia**, 2026-01-02:\n>\n> Which colour?"
    )
    part = task_called(project, "Buy paint")
    assert (part.parent, part.status) == (paint, "completed")
    assert {code: note["count"] for code, note in imported.report["notes"].items()} == {
        "attachments_left_out": 1,
        "repetition_left_out": 1,
        "reminders_left_out": 1,
        "relations_left_out": 1,
        "unknown_person": 1,
        "completed_moved": 1,
    }


def test_todoist(alice: User, bob: User, project: Project) -> None:
    imported = import_file(alice, project, TODOIST, kind="todoist")

    cat, food, vet = (task_called(project, title) for title in ("Feed the cat", "Buy food", "Vet"))
    assert (cat.priority, food.priority, vet.priority) == (4, 0, 3)
    assert cat.estimate == 1800 and cat.due_date is None
    assert cat.description.startswith("Dry food\n\nDate: every day\n\n**Comments**")
    assert {each.label.name for each in cat.task_labels.all()} == {"home", "daily"}
    assert [each.user for each in cat.assignees.all()] == [bob]
    assert (food.parent, food.start_date, food.due_date) == (cat, date(2026, 3, 2), date(2026, 3, 4))
    assert (vet.column.name, vet.parent) == ("Doing", None)
    assert set(imported.report["notes"]) == {"date_in_words"}
    import_file(alice, project, TODOIST, kind="todoist")
    assert Task.objects.count() == 3


def test_a_backup_of_todoist_has_a_table_of_each_project(alice: User, project: Project) -> None:
    packed = BytesIO()
    with ZipFile(packed, "w") as archive:
        archive.writestr("Home [2203].csv", TODOIST)
        archive.writestr("Work [2204].csv", TODOIST)

    import_file(alice, project, packed.getvalue(), kind="todoist")

    assert Task.objects.count() == 6
    labels = set(Task.objects.filter(title="Vet").values_list("task_labels__label__name", flat=True))
    assert labels == {"home", "Work"}  # which “@home” is called too


@pytest.mark.parametrize(
    ("kind", "content", "words"),
    [
        ("vikunja", b"no zip", "zip file"),
        ("vikunja", pack(other_json="[]"), "“data.json” is missing"),
        ("vikunja", pack(data_json="{}"), "no list of projects"),
        ("vikunja", pack(data_json="[{"), "no JSON"),
        ("todoist", pack(readme_txt="x"), "no CSV file"),
        ("todoist", "Title,Due\nPaint,\n", "TYPE, CONTENT"),
    ],
)
def test_another_file_is_refused_and_named(
    kind: str, content: bytes | str, words: str, alice: User, project: Project
) -> None:
    with pytest.raises(ValidationError, match=words):
        import_file(alice, project, content, kind=kind)


def test_a_bomb_is_not_unpacked(alice: User, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tasks.imports.readers.files.MAX_UNPACKED", 1000)

    with pytest.raises(TooLarge):
        import_file(alice, project, pack(data_json=b" " * 2000), kind="vikunja")


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("csv", files.JIRA),
        ("trello", make_board()),
        ("todoist", TODOIST),
        ("todoist", pack(a_csv="x")),
        ("vikunja", pack(data_json="[]")),
    ],
)
def test_the_format_shows_in_the_file(kind: str, content: str | bytes) -> None:
    path: Path = write_file(content)

    assert detect_kind(path) == kind
