"""A board of Trello, as its JSON has it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from tasks.models import Column, Label, Project, Task
from tests.tasks.imports.steps import import_file, task_called

pytestmark = pytest.mark.django_db(transaction=True)


def make_board(**changes: Any) -> str:
    board: dict[str, Any] = {
        "id": "b1",
        "name": "Harbour",
        "lists": [
            {"id": "l2", "name": "Doing", "closed": False, "pos": 200},
            {"id": "l1", "name": "Ideas", "closed": False, "pos": 100},
            {"id": "l3", "name": "Old", "closed": True, "pos": 300},
        ],
        "members": [
            {"id": "m1", "username": "bob77", "fullName": "Bob"},
            {"id": "m2", "username": "mia", "fullName": "Mia Sand"},
        ],
        "cards": [
            {
                "id": "c1",
                "name": "Varnish the deck",
                "desc": "Two *coats*",
                "idList": "l2",
                "pos": 2,
                "closed": False,
                "due": "2026-03-05T12:00:00.000Z",
                "start": "2026-03-01T08:00:00.000Z",
                "dueComplete": False,
                "idMembers": ["m1", "m2", "m3"],
                "labels": [
                    {"id": "x", "name": "Urgent", "color": "red_dark"},
                    {"id": "y", "name": "", "color": "purple"},
                ],
                "attachments": [{"name": "plan (1).pdf", "url": "https://trello.example/plan 1.pdf"}],
                "customFieldItems": [{"id": "f"}],
            },
            {"id": "c2", "name": "Sweep", "idList": "l2", "pos": 1, "closed": True, "labels": None, "due": "NaN"},
            {"id": "c3", "name": "Rig", "idList": "l3", "pos": 1, "dueComplete": True, "idMembers": None},
            {"id": "c4", "name": " "},
        ],
        "checklists": [
            {
                "idCard": "c1",
                "name": "Steps",
                "pos": 1,
                "checkItems": [
                    {"name": "Dry", "state": "incomplete", "pos": 2},
                    {"name": "Sand", "state": "complete", "pos": 1},
                ],
            }
        ],
        "actions": [
            {
                "type": "commentCard",
                "date": "2026-02-02T10:00:00.000Z",
                "memberCreator": {"fullName": "Mia Sand"},
                "data": {"text": "Second\nline", "card": {"id": "c1"}},
            },
            {
                "type": "commentCard",
                "date": "2026-02-01T10:00:00.000Z",
                "memberCreator": {"username": "bob77"},
                "data": {"text": "First \u0000\ud800", "card": {"id": "c1"}},
            },
            {"type": "updateCard", "data": {}},
        ],
    }
    return json.dumps(board | changes)


def test_a_board(alice: User, bob: User, project: Project) -> None:
    imported = import_file(alice, project, make_board(), kind="trello")

    assert (imported.state, imported.report["counts"]["created"]) == ("completed", 3)
    task = task_called(project, "Varnish the deck")
    assert (task.column.name, task.status, task.external_id) == ("Doing", "in_progress", "trello:c1")
    assert task.due_at == datetime(2026, 3, 5, 12, tzinfo=UTC) and task.start_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert [each.user for each in task.assignees.all()] == [bob]
    assert {(label.name, label.color) for label in Label.objects.all()} == {("Urgent", "red"), ("purple", "violet")}
    assert task.description == (
        "Two *coats*\n\n**Steps**\n\n- [x] Sand\n- [ ] Dry\n\n"
        "**Attachments**\n\n- [plan \\(1\\)\\.pdf](<https://trello.example/plan%201.pdf>)\n\n"
        "**Comments**\n\n> **bob77**, 2026-02-01:\n>\n> First ?\n\n> **Mia Sand**, 2026-02-02:\n>\n> Second\n> line"
    )
    assert task_called(project, "Sweep").status == task_called(project, "Rig").status == "completed"
    names = list(Column.objects.order_by("position").values_list("name", flat=True))
    assert names == ["To do", "In progress", "Ideas", "Doing", "Done"]
    assert {code: note["count"] for code, note in imported.report["notes"].items()} == {
        "attachments_linked": 1,
        "own_fields": 1,
        "no_title": 1,
        "unknown_person": 2,
        "archived_completed": 2,
    }


def test_comments_that_have_no_room_are_told(alice: User, project: Project) -> None:
    long = {
        "type": "commentCard",
        "date": "2026-03-01T10:00:00.000Z",
        "data": {"text": "x" * 30_000, "card": {"id": "c1"}},
    }
    actions = [{"type": "updateCard"}] * 999 + [long]

    imported = import_file(alice, project, make_board(actions=actions), kind="trello")

    assert {"comments_left_out", "trello_actions_cut"} <= imported.report["notes"].keys()
    assert len(task_called(project, "Varnish the deck").description) < 1000


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("[]", "“lists” is missing"),
        (json.dumps({"lists": [], "name": "x"}), "“cards” is missing"),
        (json.dumps({"lists": [], "cards": []}), "no task"),
        ("{", "no JSON"),
        ("[" * 100_000, "too deep"),
        (b"\xff\xfe\x00", "no JSON"),
    ],
)
def test_another_file_is_refused_and_named(content: str | bytes, words: str, alice: User, project: Project) -> None:
    with pytest.raises(ValidationError, match=words):
        import_file(alice, project, content, kind="trello")
    assert not Task.objects.exists()
