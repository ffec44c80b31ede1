"""Jobs of profiles."""

from __future__ import annotations

from accounts.models import User
from accounts.models.users import AVATARS
from lib.jobs import job, recurring
from lib.stored_pictures import PictureFolder


@recurring("5 * * * *")
@job()
def delete_orphaned_avatars() -> None:
    """Delete the files that are no user's picture."""
    PictureFolder(AVATARS).delete_orphans(set(User.objects.exclude(avatar="").values_list("avatar", flat=True)))
