"""Columns of a project's board, and its labels."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import FoldedRecord, Record
from lib.db.folded import FoldedField, FoldedQuerySet
from tasks.models.positions import PositionField
from tasks.models.projects import COLORS, Project
from tasks.models.status import Status

MAX_COLUMNS, MAX_LABELS = 50, 200


class Column(Record):
    """A column of a board. The tasks in it have its status."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="columns", db_index=False)
    name = models.CharField(max_length=60)
    status = models.CharField(max_length=11, choices=Status)
    position = PositionField()

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(status__in=Status.values), name="column_status_known"),)
        indexes = (models.Index(fields=["project", "position", "id"], name="column_by_position"),)

    def __str__(self) -> str:
        return self.name


class Label(FoldedRecord):
    """A label of a project's tasks."""

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="labels", db_index=False)
    name = models.CharField(max_length=60)
    folded_name = FoldedField("name")
    color = models.CharField(max_length=8, choices=[(name, name) for name in COLORS], default=COLORS[0])

    objects: ClassVar = FoldedQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["project", "folded_name"], name="label_once"),
            models.CheckConstraint(condition=Q(color__in=COLORS), name="label_color_known"),
        )

    def __str__(self) -> str:
        return self.name
