"""Imports survive a kill, happen once, and do what their dry run says."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django_tasks_db.models import DBTaskResult
from pytest_django import Settings

from accounts.models import Organisation, User
from assets.models import Asset, Blob
from chat.imports.jobs import run_import
from chat.imports.services import delete_import, start_import
from chat.models import Import
from lib.rate_limit import RateLimit
from lib.web.errors import Conflict, TooManyAttempts
from tasks.imports import running
from tasks.imports.services import import_tasks
from tasks.models import Column, Project, Task, TaskChange
from tasks.projects.services.projects import create_project
from tasks.projects.services.states import archive_project
from tasks.work.services.deleting import delete_task
from tasks.work.services.updating import update_task
from tests.tasks.imports import files
from tests.tasks.imports.steps import import_file, task_called, write_file

pytestmark = pytest.mark.django_db(transaction=True)

MANY = "Title,Column,Id\n" + "".join(f"Task {n},Later,{n}\n" for n in range(120))


def test_a_dry_run_writes_nothing_and_says_what_the_run_does(alice: User, project: Project) -> None:
    columns = Column.objects.count()

    dry = import_file(alice, project, files.JIRA, is_dry_run=True)

    assert (dry.state, dry.done, dry.total) == ("completed", 0, 2)
    assert not Task.objects.exists() and Column.objects.count() == columns
    start_import(actor=alice, import_id=dry.pk, is_dry_run=False)
    run_import.call(import_id=str(dry.pk))
    run = Import.objects.get(pk=dry.pk)
    assert run.report == dry.report
    assert Task.objects.count() == 2
    # The file is dropped.
    assert run.asset is None and not Asset.objects.exists() and not Blob.objects.exists()


def test_a_run_that_was_killed_goes_on_where_it_was(
    alice: User, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        pass

    stored: list[int] = []
    real = running.PartWriter.store

    def store(writer: Any, tasks: Any) -> int:
        if len(stored) == 1:
            stored.append(0)
            real(writer, tasks)
            raise Killed  # before the commit
        stored.append(len(tasks))
        return real(writer, tasks)

    monkeypatch.setattr(running.PartWriter, "store", store)
    imported = import_tasks(
        actor=alice,
        project_id=project.pk,
        kind="csv",
        path=write_file(MANY),
        name="many.csv",
        options={},
        is_dry_run=False,
    )
    with pytest.raises(Killed):
        run_import.call(import_id=str(imported.pk))
    assert Task.objects.count() == 50
    assert Import.objects.get().done == 50

    run_import.call(import_id=str(imported.pk))

    assert stored == [50, 0, 50, 20]
    done = Import.objects.get()
    assert (done.state, done.done, done.report["counts"]["created"]) == ("completed", 120, 120)
    # Once each, in their order, in one new column, with the numbers that follow each other.
    assert Column.objects.filter(name="Later").count() == 1
    titles = list(Task.objects.in_order().values_list("title", flat=True))
    assert titles == [f"Task {n}" for n in range(120)]
    assert sorted(Task.objects.values_list("number", flat=True)) == list(range(1, 121))
    assert TaskChange.objects.filter(field="created").count() == 120


def test_a_long_run_takes_turns(alice: User, project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chat.imports.jobs.TURN", 0.0)

    imported = import_file(alice, project, MANY)

    assert (imported.state, Task.objects.count()) == ("completed", 120)
    assert DBTaskResult.objects.filter(task_path=run_import.module_path).count() > 1


def test_twice_makes_nothing_twice(alice: User, project: Project) -> None:
    import_file(alice, project, files.JIRA)
    pier = task_called(project, "Mend the pier")
    update_task(actor=alice, task_id=pier.pk, title="Mended")

    again = import_file(alice, project, files.JIRA)

    assert again.report["counts"] == {"created": 0, "existing": 2, "restored": 0, "columns": 0, "labels": 0}
    assert Task.objects.count() == 2 and task_called(project, "Mended")

    import_file(alice, project, files.JIRA, updates=True)

    assert Task.objects.count() == 2 and task_called(project, "Mend the pier") == pier


def test_rows_without_an_id_are_found_again_too(alice: User, project: Project) -> None:
    table = "Title,Due\nPaint,2026-03-01\nPaint,2026-03-01\nRig,\n"
    import_file(alice, project, table)
    import_file(alice, project, table)

    assert sorted(Task.objects.values_list("title", flat=True)) == ["Paint", "Paint", "Rig"]


def test_what_was_deleted_here_is_restored(alice: User, project: Project) -> None:
    import_file(alice, project, files.LINEAR)
    delete_task(actor=alice, task_id=task_called(project, "Order rope").pk)

    again = import_file(alice, project, files.LINEAR)

    assert (again.report["counts"]["restored"], again.report["counts"]["existing"]) == (1, 1)
    assert task_called(project, "Order rope")


def test_one_bad_task_costs_one_line(alice: User, project: Project) -> None:
    table = "Title,Start,Due\n" + "x" * 300 + ",2026-05-02,2026-05-01\nGood,,soon\n"

    imported = import_file(alice, project, table)

    assert Task.objects.count() == 2
    assert set(imported.report["notes"]) == {"title_cut", "start_after_due", "unknown_date"}
    long = Task.objects.get(title__startswith="xxx")
    assert len(long.title) == 250 and long.description == "x" * 300 and long.start_date is None


def test_deep_trees_circles_and_lost_parents(alice: User, project: Project) -> None:
    rows = ["Title,Id,Parent", *(f"T{n},{n},{n - 1 if n else ''}" for n in range(7)), "A,a,b", "B,b,a", "C,c,gone"]

    imported = import_file(alice, project, "\n".join(rows))

    assert Task.objects.count() == 10
    assert [task_called(project, f"T{n}").parent.title for n in (4, 5, 6)] == ["T3", "T3", "T3"]
    assert imported.report["notes"]["unknown_parent"]["count"] == 2
    assert imported.report["notes"]["too_deep"]["count"] == 2


def test_who_may_import(alice: User, bob: User, charlie: User, halyard: Organisation, project: Project) -> None:
    with pytest.raises(Project.DoesNotExist):
        import_file(charlie, project, files.JIRA)
    imported = import_file(bob, project, files.JIRA, is_dry_run=True)
    for act in (start_import, delete_import):
        more = {"is_dry_run": False} if act is start_import else {}
        with pytest.raises(Import.DoesNotExist):
            act(actor=alice, import_id=imported.pk, **more)  # type: ignore[operator]
    elsewhere = create_project(actor=alice, slug=halyard.slug, name="Open", visibility="organisation")
    with pytest.raises(PermissionDenied):
        import_file(bob, elsewhere, files.JIRA)
    archive_project(actor=alice, project_id=project.pk)
    with pytest.raises(PermissionDenied):
        import_file(bob, project, files.JIRA)


def test_a_project_that_is_archived_meanwhile_stops_the_import(alice: User, project: Project) -> None:
    imported = import_file(alice, project, files.JIRA, is_dry_run=True)
    start_import(actor=alice, import_id=imported.pk, is_dry_run=False)
    with pytest.raises(Conflict):
        start_import(actor=alice, import_id=imported.pk, is_dry_run=False)
    archive_project(actor=alice, project_id=project.pk)

    run_import.call(import_id=str(imported.pk))

    imported.refresh_from_db()
    assert imported.state == "failed" and "archived" in imported.report["notes"]["refused"]["examples"][0]
    assert not Task.objects.exists()


def test_an_import_that_is_deleted_stops(alice: User, project: Project) -> None:
    imported = import_file(alice, project, files.JIRA, is_dry_run=True)
    start_import(actor=alice, import_id=imported.pk, is_dry_run=False)
    delete_import(actor=alice, import_id=imported.pk)

    run_import.call(import_id=str(imported.pk))

    assert not Task.objects.exists()


def test_many_imports_are_slowed_down(
    alice: User, project: Project, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.THROTTLE = True
    monkeypatch.setattr("chat.imports.services.IMPORTS", RateLimit("imports-of-test", attempts=1, seconds=3600))
    import_file(alice, project, files.JIRA, is_dry_run=True)

    with pytest.raises(TooManyAttempts):
        import_file(alice, project, files.JIRA, is_dry_run=True)
