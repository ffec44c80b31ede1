"""Filters of a project's tasks that are saved by name."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Record, User
from tasks.models.projects import Project


class SavedView(Record):
    """A filter of a project's tasks: its owner's own, or shared with the project."""

    class Layout(models.TextChoices):
        BOARD = "board"
        LIST = "list"
        CALENDAR = "calendar"

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="views")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    layout = models.CharField(max_length=8, choices=Layout, default=Layout.BOARD)
    query = models.CharField(max_length=2000, blank=True, help_text="As in the address of the page.")
    is_shared = models.BooleanField(default=False)

    objects: ClassVar = models.Manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(layout__in=["board", "list", "calendar"]), name="view_layout_known"),
        )

    def __str__(self) -> str:
        return self.name
