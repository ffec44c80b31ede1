"""Find uploads."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from assets.models import Upload


def get_upload(*, user: User, upload_id: UUID) -> Upload:
    """Return an upload of a user to an organisation that they are in still. Raise Upload.DoesNotExist for others."""
    return Upload.objects.get(pk=upload_id, owner=user, organisation__memberships__user=user)
