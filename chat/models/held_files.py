"""Files of what is not sent yet."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from accounts.models import Record, User
from assets.models import Asset
from chat.models.attachments import MAX_ATTACHMENTS


class HeldFileQuerySet(models.QuerySet["HeldFile"]):
    def for_reader(self, user: User) -> HeldFileQuerySet:
        """Load the files in their order, with all that is shown of them, and whether the user still sees each."""
        assets = Asset.objects.visible_to(user).filter(pk=OuterRef("asset"))
        shown = self.select_related("asset__blob").prefetch_related("asset__blob__thumbnails")
        return shown.annotate(is_visible=Exists(assets)).order_by("position")


class HeldFile(Record):
    """A file that a draft or a scheduled message names. It is no orphan; the row outlives it, to tell of that."""

    draft = models.ForeignKey(
        "chat.StoredDraft", null=True, blank=True, on_delete=models.CASCADE, related_name="files", db_index=False
    )
    scheduled = models.ForeignKey(
        "chat.ScheduledMessage", null=True, blank=True, on_delete=models.CASCADE, related_name="files", db_index=False
    )
    # Nullable only to be joined where the file is gone.
    asset = models.ForeignKey(Asset, null=True, on_delete=models.DO_NOTHING, db_constraint=False, related_name="+")
    position = models.PositiveSmallIntegerField()

    # Of those loaded `for_reader`.
    is_visible: bool

    objects: ClassVar = HeldFileQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["draft", "position"], name="held_file_of_draft"),
            models.UniqueConstraint(fields=["scheduled", "position"], name="held_file_of_scheduled"),
            models.CheckConstraint(
                condition=Q(draft=None, scheduled__isnull=False) | Q(draft__isnull=False, scheduled=None),
                name="held_file_by_one",
            ),
            models.CheckConstraint(condition=Q(position__lt=MAX_ATTACHMENTS), name="held_file_few"),
        )

    def __str__(self) -> str:
        return f"{self.asset_id} at {self.position}"


def prefetch_files(user: User) -> Prefetch:
    """Load the files of drafts or scheduled messages `for_reader`."""
    return Prefetch("files", HeldFile.objects.for_reader(user))
