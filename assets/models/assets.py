"""Files as their uploaders named them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from accounts.models import FoldedRecord, Organisation, User
from assets.access import list_visible_conditions
from assets.models.blobs import PROBED, Blob, Thumbnail
from lib.db.folded import FoldedField, FoldedQuerySet
from lib.media.photo_data import TAKEN_KINDS, PhotoData

MAX_FILE_NAME = 255
MAX_ALT_TEXT = 1000
# For so long, at most, a file is pending whose bytes were stored before.
MAX_SETTLING = timedelta(seconds=10)


class AssetQuerySet(FoldedQuerySet["Asset"]):
    def not_deleted(self) -> AssetQuerySet:
        return self.filter(deleted_at=None)

    def deleted(self) -> AssetQuerySet:
        return self.filter(deleted_at__isnull=False)

    def visible_to(self, user: User) -> AssetQuerySet:
        """Return what a user may open: their own, and what is shown to them where it is used.

        A former member of the organisation sees nothing of it, what they have uploaded included.
        """
        seen = Q(owner=user)
        for condition in list_visible_conditions(user):
            seen |= condition
        return self.not_deleted().filter(seen, organisation__memberships__user=user)

    def with_blob(self) -> AssetQuerySet:
        """Load the blob too."""
        return self.select_related("blob")

    def for_listing(self) -> AssetQuerySet:
        """Load what an answer shows of each: blob, thumbnails, owner and organisation."""
        return self.select_related("blob", "owner", "organisation").prefetch_related("blob__thumbnails")


class Asset(FoldedRecord):
    """A file that a user has uploaded, as it is listed and shown."""

    # The index by id begins with it.
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+", db_index=False)
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    # RESTRICT, since PROTECT would keep an organisation from being deleted with all of it.
    blob = models.ForeignKey(Blob, on_delete=models.RESTRICT, related_name="assets")
    name = models.CharField(max_length=MAX_FILE_NAME, help_text="As it was called where it came from.")
    folded_name = FoldedField("name")
    alt_text = models.CharField(max_length=MAX_ALT_TEXT, blank=True, help_text="What a picture shows.")
    is_kept = models.BooleanField(default=False, help_text="Also where it stands nowhere.")
    photo_data = models.CharField(
        max_length=11, default=PhotoData.KEPT, help_text="What became of the place and camera that a photo names."
    )
    deleted_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar = AssetQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=["organisation", "id"], name="asset_by_id"),
            models.Index(fields=["owner", "id"], name="asset_by_owner"),
            models.Index(fields=["deleted_at"], name="asset_deleted", condition=Q(deleted_at__isnull=False)),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def size(self) -> int:
        return self.blob.size

    @property
    def mime_type(self) -> str:
        return self.blob.mime_type

    @property
    def kind(self) -> str:
        return self.blob.kind

    @property
    def shown_photo_data(self) -> PhotoData | None:
        """Return what became of the place and camera that it names; None for what is neither picture nor recording."""
        return PhotoData(self.photo_data) if self.kind in TAKEN_KINDS else None

    @property
    def settles_at(self) -> datetime:
        """Return when its previews may be shown: after as long as they took when its bytes were new.

        Bytes that have theirs already would else tell that another user has the same file.
        """
        if self.created_at <= self.blob.updated_at:  # It waits for them with its blob.
            return self.created_at
        return self.created_at + min(self.blob.updated_at - self.blob.created_at, MAX_SETTLING)

    @property
    def is_settled(self) -> bool:
        return self.settles_at <= timezone.now()

    @property
    def state(self) -> str:
        return self.blob.state if self.is_settled else Blob.State.PENDING

    @property
    def metadata(self) -> dict[str, Any]:
        """Return what is known of it, without what previews tell before they are shown."""
        known: dict[str, Any] = self.blob.metadata
        return known if self.is_settled else {name: known[name] for name in PROBED if name in known}

    @property
    def thumbnails(self) -> Sequence[Thumbnail]:
        """Return its small pictures. No query where they are loaded."""
        return list(self.blob.thumbnails.all()) if self.is_settled else ()

    @property
    def content_url(self) -> str:
        """Return the path under which browsers get its bytes."""
        return reverse("assets:content", args=[self.pk])

    @property
    def download_url(self) -> str:
        """Return the path under which browsers save it."""
        return reverse("assets:download", args=[self.pk])

    def find_thumbnail(self, size: str) -> Thumbnail | None:
        """Return the thumbnail of a size; None where there is none, or none yet. No query where they are loaded."""
        return next((each for each in self.thumbnails if each.size == size), None)

    def build_thumbnail_url(self, size: str) -> str | None:
        """Return the path under which browsers get a thumbnail; None where there is none."""
        if self.find_thumbnail(size) is None:
            return None
        return f"{reverse('assets:thumbnail', args=[self.pk])}?size={size}"
