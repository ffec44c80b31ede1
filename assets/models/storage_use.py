"""How many bytes an organisation has stored."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.models import Organisation, Record


class StorageUse(Record):
    """Bytes that an organisation uses. Its row is held by each transaction that stores or deletes some of them."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, related_name="storage_use")
    used = models.BigIntegerField(default=0, help_text="Bytes of blobs, and those reserved by uploads.")
    quota = models.BigIntegerField(null=True, blank=True, help_text="Bytes; none: STORAGE_QUOTA.")

    class Meta:
        constraints = (models.CheckConstraint(condition=models.Q(used__gte=0), name="storage_use_counts"),)

    def __str__(self) -> str:
        return f"Storage of {self.organisation}"

    @property
    def limit(self) -> int | None:
        """Return how many bytes may be used; None: as many as the disk has."""
        return (settings.STORAGE_QUOTA or None) if self.quota is None else self.quota
