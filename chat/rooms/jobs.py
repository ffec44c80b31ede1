"""Jobs of rooms."""

from __future__ import annotations

from chat.models import Room
from chat.models.rooms import PICTURES
from lib.jobs import job, recurring
from lib.stored_pictures import PictureFolder


def _has_orphans() -> bool:
    return bool(PictureFolder(PICTURES).list_orphans(_list_used_paths()))


@recurring("13 * * * *", when=_has_orphans)
@job()
def delete_orphaned_room_pictures() -> None:
    """Delete the files that are no room's picture."""
    PictureFolder(PICTURES).delete_orphans(_list_used_paths())


def _list_used_paths() -> set[str]:
    return set(Room.objects.exclude(picture="").values_list("picture", flat=True))
