"""Add columns to a project's board, change, move and delete them."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.db.transactions import after_commit
from lib.text.names import clean_name
from lib.web.errors import Conflict
from tasks.models import MAX_COLUMNS, Column, Project, Status
from tasks.permissions import lock_project
from tasks.positions import LONG, position_between, spread_positions
from tasks.projects import events
from tasks.projects.task_moves import change_status, move_deleted_tasks, move_tasks

# A board without one of these has no place for new tasks, or for those that are done.
NEEDED = (Status.PENDING, Status.COMPLETED)


@transaction.atomic
def create_column(
    *,
    actor: User,
    project_id: UUID,
    name: str,
    status: str = Status.PENDING,
    before: UUID | None = None,
    after: UUID | None = None,
) -> Column:
    """Add a column to a project, before or behind another one, by default at the end."""
    project = lock_project(actor, project_id)
    columns = list(project.columns.order_by("position", "pk"))
    if len(columns) >= MAX_COLUMNS:
        raise ValidationError(format_lazy(_("{count} columns are enough."), count=MAX_COLUMNS))
    column = Column(project=project, name=clean_name(name), status=status)
    _place_column(project, column, columns, before, after)
    column.clean_fields()
    column.save(force_insert=True)
    after_commit(events.column_saved, project, column)
    return column


@transaction.atomic
def update_column(
    *,
    actor: User,
    column_id: UUID,
    name: str | None = None,
    status: str | None = None,
    before: UUID | None = None,
    after: UUID | None = None,
) -> Column:
    """Rename a column, move it before or behind another one, or give it and its tasks another status.

    Raise Conflict for the status of the last column where tasks begin or end.
    """
    project, column = _lock_column(actor, column_id)
    if name is not None:
        column.name = clean_name(name)
    if status is not None and status != column.status:
        _require_another(project, column)
        column.status = status
    if before is not None or after is not None:
        others = list(project.columns.exclude(pk=column.pk).order_by("position", "pk"))
        _place_column(project, column, others, before, after)
    column.clean_fields()
    column.save(update_fields=["name", "status", "position", "updated_at"])
    change_status(actor, project, column)
    after_commit(events.column_saved, project, column)
    return column


@transaction.atomic
def delete_column(*, actor: User, column_id: UUID, move_to: UUID | None = None) -> None:
    """Delete a column; its tasks go to the end of another one, and get the status of that.

    Raise Conflict for the last column where tasks begin or end, and for one with tasks that have nowhere to go.
    """
    project, column = _lock_column(actor, column_id)
    _require_another(project, column)
    target: Column | None = None
    if move_to is not None:
        target = project.columns.exclude(pk=column.pk).filter(pk=move_to).first()
        if target is None:
            raise ValidationError({"move_to": _("There is no such other column in this project.")})
        move_tasks(actor, project, column, target)
    elif column.tasks.filter(deleted_at=None).exists():
        raise Conflict(_("There are tasks in this column: say which column they move to."), code="column_in_use")
    move_deleted_tasks(project, column, target)
    column.delete()
    after_commit(events.column_deleted, project, column_id)


def _lock_column(actor: User, column_id: UUID) -> tuple[Project, Column]:
    """Return a column and its project, which is locked until the commit."""
    found = Column.objects.filter(project__in=Project.objects.visible_to(actor)).get(pk=column_id)
    project = lock_project(actor, found.project_id)
    # It may have been deleted, or moved, while the lock was waited for.
    return project, project.columns.get(pk=column_id)


def _require_another(project: Project, column: Column) -> None:
    """Raise Conflict where a column is the last one of a status that a board needs."""
    if column.status not in NEEDED:
        return
    if not project.columns.filter(status=column.status).exclude(pk=column.pk).exists():
        raise Conflict(_("A board needs a column where tasks begin, and one where they are done."), code="last_column")


def _place_column(
    project: Project, column: Column, others: list[Column], before: UUID | None, after: UUID | None
) -> None:
    """Give a column, which is not saved, a position among the others of its project, by default the last."""
    index = _find_index(others, before, after)
    lower = others[index - 1].position if index else ""
    upper = others[index].position if index < len(others) else ""
    column.position = position_between(lower, upper) if not upper or lower < upper else ""
    if column.position and len(column.position) <= LONG:
        return
    ordered = [*others[:index], column, *others[index:]]
    for each, position in zip(ordered, spread_positions(len(ordered)), strict=True):
        each.position = position
    Column.objects.bulk_update(others, ["position"])
    after_commit(events.columns_spread, project)


def _find_index(others: list[Column], before: UUID | None, after: UUID | None) -> int:
    neighbour = before or after
    if neighbour is None:
        return len(others)
    index = next((index for index, each in enumerate(others) if each.pk == neighbour), None)
    if index is None:
        raise ValidationError({"before" if before else "after": _("There is no such other column in this project.")})
    return index if before else index + 1
