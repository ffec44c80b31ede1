"""Jobs of profiles."""

from __future__ import annotations

from accounts.models import User
from accounts.models.users import AVATARS
from lib.jobs import job, recurring
from lib.stored_pictures import PictureFolder


def _has_orphans() -> bool:
    return bool(PictureFolder(AVATARS).list_orphans(_list_used_paths()))


@recurring("5 * * * *", when=_has_orphans)
@job()
def delete_orphaned_avatars() -> None:
    """Delete the files that are no user's picture."""
    PictureFolder(AVATARS).delete_orphans(_list_used_paths())


def _list_used_paths() -> set[str]:
    return set(User.objects.exclude(avatar="").values_list("avatar", flat=True))
