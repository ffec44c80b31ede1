"""Stored bytes and the small pictures of them."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from accounts.models import Organisation, Record
from lib.db.trigrams import SearchTextField, TrigramQuerySet

# Folders below the root of all stored files.
BLOBS = "blobs"
THUMBNAILS = "thumbnails"
MAX_PATH = 100
MAX_MIME_TYPE = 100
# Metadata that the bytes tell at once; all else takes a job.
PROBED = ("format", "width", "height", "duration", "pages", "frames")


class Blob(Record):
    """Bytes that members of an organisation have uploaded: once each, however many assets show them."""

    class State(models.TextChoices):
        PENDING = "pending", "pending"
        READY = "ready", "ready"
        FAILED = "failed", "failed"

    # The constraint begins with it.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField(help_text="Bytes.")
    path = models.CharField(max_length=MAX_PATH, unique=True, help_text="Where it is stored: a name nobody can guess.")
    mime_type = models.CharField(max_length=MAX_MIME_TYPE, help_text="By its content, not by what the client said.")
    kind = models.CharField(max_length=16)
    metadata = models.JSONField(
        default=dict, help_text="What is known of: format, width, height, duration, pages, frames, placeholder …"
    )
    state = models.CharField(
        max_length=8, choices=State, default=State.PENDING, help_text="Whether thumbnails and metadata are made."
    )

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["organisation", "sha256"], name="blob_once_per_organisation"),
            models.CheckConstraint(condition=models.Q(size__gte=0), name="blob_size_counts"),
        )

    def __str__(self) -> str:
        return f"{self.mime_type}, {self.size} bytes"


class BlobText(Record):
    """The text of a blob for the search, apart from what lists load."""

    blob = models.OneToOneField(Blob, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()

    def __str__(self) -> str:
        return self.text[:80]


class BlobSearchEntry(models.Model):
    """The search text of a blob that has a text. Its id is a small number, which SQLite's index asks for."""

    id = models.BigAutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    blob = models.OneToOneField(Blob, on_delete=models.CASCADE, related_name="search_entry")
    text = SearchTextField()

    objects: ClassVar = TrigramQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "blob search entries"

    def __str__(self) -> str:
        return f"Entry {self.pk}"


class Thumbnail(Record):
    """A small picture of a blob."""

    class Size(models.TextChoices):
        SMALL = "small", "small"
        LARGE = "large", "large"

    blob = models.ForeignKey(Blob, on_delete=models.CASCADE, related_name="thumbnails", db_index=False)
    size = models.CharField(max_length=5, choices=Size)
    path = models.CharField(max_length=MAX_PATH, unique=True)
    mime_type = models.CharField(max_length=MAX_MIME_TYPE)
    byte_count = models.BigIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["blob", "size"], name="thumbnail_once_per_size"),)

    def __str__(self) -> str:
        return f"{self.size}, {self.width} × {self.height}"
