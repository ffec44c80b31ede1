"""Imports of files of other systems."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Organisation, Record, User
from assets.models import Asset
from chat.models.rooms import Room


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: User) -> ImportQuerySet:
        """Return the imports that a user has begun, where they still see what these go into."""
        room = Q(room=None) | Q(room__in=Room.objects.visible_to(user))
        return self.filter(room, actor=user, organisation__memberships__user=user)


class Import(Record):
    """A file of another system, and how far it is taken over. A dry run writes nothing but its report.

    `done` of `total` parts are stored; a run that was killed goes on behind them. The file is dropped when all are.
    """

    class State(models.TextChoices):
        DRAFT = "draft"
        PENDING = "pending"
        RUNNING = "running"
        COMPLETED = "completed"
        FAILED = "failed"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    room = models.ForeignKey(
        Room, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="Into which it goes, if one."
    )
    kind = models.CharField(max_length=20, help_text="The format: csv, trello …")
    options = models.JSONField(default=dict, help_text="How the format is to be read.")
    is_dry_run = models.BooleanField(default=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    report = models.JSONField(default=dict, help_text="What was taken over, and what was not.")
    asset = models.ForeignKey(Asset, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    finished_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = ImportQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=["draft", "pending", "running", "completed", "failed"]), name="import_state_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.state}"

    @property
    def is_under_way(self) -> bool:
        return self.state in (Import.State.PENDING, Import.State.RUNNING)

    @property
    def percent(self) -> int:
        """Return how much is done: 100 once all is, and for a file in which nothing was."""
        if self.state == Import.State.COMPLETED:
            return 100
        return 100 * self.done // self.total if self.total else 0
