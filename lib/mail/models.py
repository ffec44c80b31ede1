"""Mails that wait to be sent."""

from __future__ import annotations

from uuid import uuid4

from django.db import models


class StoredMail(models.Model):
    """A mail that waits: stored in the transaction that causes it, deleted once it has been sent, emptied when too old.

    Mails hold links that open something, and addresses: all that is stored of one is encrypted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    content = models.TextField(editable=False, help_text="The message as JSON, encrypted by lib.crypto.")
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return str(self.pk)
