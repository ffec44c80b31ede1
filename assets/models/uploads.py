"""Files that are on their way."""

from __future__ import annotations

from django.db import models

from accounts.models import Organisation, Record, User
from assets.models.assets import MAX_ALT_TEXT, MAX_FILE_NAME, Asset


class Upload(Record):
    """A resumable upload. Its bytes are in a file of its own, whose size is how many have arrived."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    owner = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=MAX_FILE_NAME)
    alt_text = models.CharField(max_length=MAX_ALT_TEXT, blank=True, help_text="What a picture shows.")
    length = models.BigIntegerField(help_text="Bytes in all, which are reserved of the organisation's quota.")
    expires_at = models.DateTimeField(db_index=True)
    is_kept = models.BooleanField(default=False, help_text="Whether its file stays also where it stands nowhere.")
    holds_room = models.BooleanField(
        default=False, help_text="Whether its reserved bytes stay reserved where others need room."
    )
    asset = models.ForeignKey(
        Asset, null=True, blank=True, on_delete=models.CASCADE, related_name="+", help_text="Once it is finished."
    )

    def __str__(self) -> str:
        return self.name
