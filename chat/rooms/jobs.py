"""Jobs of rooms."""

from __future__ import annotations

from chat.models import Room
from chat.models.rooms import PICTURES
from lib.jobs import job, recurring
from lib.stored_pictures import PictureFolder


@recurring("13 * * * *")
@job()
def delete_orphaned_room_pictures() -> None:
    """Delete the files that are no room's picture."""
    PictureFolder(PICTURES).delete_orphans(set(Room.objects.exclude(picture="").values_list("picture", flat=True)))
