"""Store what a new project begins with, inside the caller's transaction."""

from __future__ import annotations

from django.utils.translation import pgettext

from tasks.models import Column, Project, Status
from tasks.positions import spread_positions


def store_default_columns(project: Project) -> None:
    """Store the columns of a new project, named in the language of who creates it."""
    columns = (
        (pgettext("column of tasks", "To do"), Status.PENDING),
        (pgettext("column of tasks", "In progress"), Status.IN_PROGRESS),
        (pgettext("column of tasks", "Done"), Status.COMPLETED),
    )
    positions = spread_positions(len(columns))
    Column.objects.bulk_create(
        Column(project=project, name=name, status=status, position=position)
        for (name, status), position in zip(columns, positions, strict=True)
    )
