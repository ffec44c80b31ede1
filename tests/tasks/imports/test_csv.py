"""Tables of other systems become tasks."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from accounts.models import User
from chat.models import Import
from lib.web.errors import TooLarge
from tasks.models import Column, Label, Project, Task, TimeEntry
from tasks.statistics.csv_export import export_tasks
from tasks.work.services.creating import create_task
from tests.tasks.imports import files
from tests.tasks.imports.steps import import_file, task_called

pytestmark = pytest.mark.django_db(transaction=True)


def test_jira(alice: User, bob: User, project: Project) -> None:
    imported = import_file(alice, project, files.JIRA)

    assert (imported.state, imported.done, imported.total) == ("completed", 2, 2)
    assert imported.report["counts"] == {"created": 2, "existing": 0, "restored": 0, "columns": 0, "labels": 2}
    notes = {code: (note["count"], note["examples"]) for code, note in imported.report["notes"].items()}
    assert notes == {
        "column_left_out": (1, ["Votes"]),
        "no_title": (1, ["SEA-3 102 To Do Low"]),
        "unknown_person": (1, ["nobody"]),
    }
    pier, planks = task_called(project, "Mend the pier"), task_called(project, "Buy planks")
    assert (pier.column.name, pier.status, pier.priority) == ("In progress", "in_progress", 4)
    assert (pier.due_at, pier.estimate, pier.time_spent) == (datetime(2026, 3, 5, 15, 12, tzinfo=UTC), 7200, 1800)
    assert [each.user for each in pier.assignees.all()] == [bob]
    assert {each.label.name for each in pier.task_labels.all()} == {"harbour", "wood"}
    assert "> **Bob Okafor**, 05/Mar/26 4:00 PM:\n>\n> First line\n> second; line" in pier.description
    assert (planks.parent, planks.status, planks.external_id) == (pier, "completed", "jira:SEA-2")
    assert TimeEntry.objects.get().seconds == 1800


def test_trello(alice: User, project: Project) -> None:
    imported = import_file(alice, project, files.TRELLO_CSV)

    varnish, sweep = task_called(project, "Varnish"), task_called(project, "Sweep")
    assert varnish.column.name == "Doing" and varnish.column.status == "in_progress"
    assert varnish.description == (
        "Two *coats*\n\n**Attachments**\n\n- [https\\:\\/\\/trello\\.example\\/c\\/5f1](<https://trello.example/c/5f1>)\n"
        "- [a b\\.png](<https://files.example/a%20b.png>)"
    )
    assert {(label.name, label.color) for label in Label.objects.all()} == {("Urgent", "red"), ("green", "green")}
    assert sweep.status == "completed"
    # A new column of open tasks stands before that of done ones.
    names = list(Column.objects.order_by("position").values_list("name", flat=True))
    assert names == ["To do", "In progress", "Doing", "Someday", "Done"]
    assert {"archived_completed", "unknown_person"} <= imported.report["notes"].keys()


def test_linear(alice: User, bob: User, project: Project) -> None:
    imported = import_file(alice, project, files.LINEAR)

    mast, rope = task_called(project, "Rig the mast"), task_called(project, "Order rope")
    assert (mast.column.name, mast.status, mast.priority) == ("In Review", "in_progress", 4)
    # Points are no time.
    assert (mast.estimate, mast.due_date) == (None, date(2026, 3, 9))
    assert [each.user for each in mast.assignees.all()] == [bob]
    assert (rope.parent, rope.status) == (mast, "completed")
    assert imported.report["notes"]["column_left_out"]["examples"] == ["Team", "Estimate", "Creator", "Created"]


def test_ids_that_a_spreadsheet_has_rounded_are_not_taken_for_one(alice: User, project: Project) -> None:
    imported = import_file(alice, project, files.ASANA_OF_SHEETS)

    berth = task_called(project, "Book a berth")
    assert berth.parent == task_called(project, "Plan the trip")
    # The other row tells that the day stands first.
    assert berth.due_date == date(2025, 2, 1)
    assert imported.report["notes"]["rounded_id"]["count"] == 2


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_any_encoding_and_delimiter(encoding: str, delimiter: str, alice: User, project: Project) -> None:
    text = "Titel;Fällig;Zugewiesen\nMöwen zählen;3.4.2026;bob\n".replace(";", delimiter)

    import_file(alice, project, text.encode(encoding))

    assert task_called(project, "Möwen zählen").due_date == date(2026, 4, 3)


def test_a_mapping_says_what_columns_mean(alice: User, project: Project) -> None:
    table = "What,When,Extra\nPaint,3/4/2026,blue\n"
    with pytest.raises(ValidationError, match="titles"):
        import_file(alice, project, table)
    for mapping in ({"What": "titel"}, {"Which": "title"}, {"When": "due"}):
        with pytest.raises(ValidationError):
            import_file(alice, project, table, mapping=mapping)
    assert not Import.objects.exists()

    import_file(alice, project, table, mapping={"What": "title", "When": "due"}, date_order="month")

    assert task_called(project, "Paint").due_date == date(2026, 3, 4)


def test_what_was_exported_here_is_found_again(alice: User, project: Project) -> None:
    parent = create_task(actor=alice, project_id=project.pk, title="=Sum", description="-1", priority=3)
    create_task(actor=alice, project_id=project.pk, title="Part", parent_id=parent.pk, status="completed")
    exported = b"".join(export_tasks(project))

    imported = import_file(alice, project, exported)

    assert imported.report["counts"] == {"created": 0, "existing": 2, "restored": 0, "columns": 0, "labels": 0}
    Task.objects.all().delete()
    import_file(alice, project, exported)
    again = task_called(project, "=Sum")
    assert (again.description, again.priority) == ("-1", 3)
    assert (task_called(project, "Part").parent, task_called(project, "Part").status) == (again, "completed")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"PK\x03\x04\x00\x00rest", "workbook"),
        (b"only words\nno table\n", "no header"),
        (b"Title,Due\n", "no row"),
        ("Title,Due\n" + "x" * 200_000 + ",1\n", "field larger"),
    ],
)
def test_what_is_no_table_is_refused_and_named(content: bytes | str, words: str, alice: User, project: Project) -> None:
    with pytest.raises(ValidationError, match=words):
        import_file(alice, project, content)


def test_too_many_rows_and_bytes_are_refused(alice: User, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(TooLarge, match="10,000 tasks"):
        import_file(alice, project, "Title,Due\n" + "a,\n" * 10_001)
    monkeypatch.setattr("tasks.imports.readers.files.MAX_BYTES", 10)
    with pytest.raises(TooLarge, match="20 MB"):
        import_file(alice, project, "Title,Due\nPaint,\n")
