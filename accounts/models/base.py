"""What every row of every app has."""

import uuid

from django.db import models
from uuid_utils.compat import uuid7


def new_id() -> uuid.UUID:
    """A UUID v7 (RFC 9562): unique anywhere, and ids made later sort later."""
    return uuid7()


class Record(models.Model):
    """A row with a time-ordered id that knows when it was made and last saved."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
