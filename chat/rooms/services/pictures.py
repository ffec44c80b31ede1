"""Store and serve the pictures of rooms."""

from __future__ import annotations

from uuid import UUID

from django.core.files.base import File
from django.db import transaction

from accounts.audit.services import HIDDEN, record_updated
from accounts.models import User
from accounts.security.limits import count_picture
from chat.models import Room
from chat.models.rooms import PICTURES
from chat.rooms import events
from chat.rooms.permissions import require_room_admin
from lib.db.transactions import after_commit
from lib.image_limits import MAX_BYTES, TOO_MANY_BYTES
from lib.images import Crop, crop_square
from lib.stored_pictures import PictureFolder, read_owner
from lib.web.errors import TooLarge

folder = PictureFolder(PICTURES)


def set_room_picture(*, actor: User, room_id: UUID, file: File[bytes], crop: Crop | None = None) -> Room:
    """Store a square of a picture, by default its middle, as that of a room; delete the earlier one after the commit.

    Admins of the room only. Raises `TooLarge` over `MAX_BYTES`.
    """
    if file.size > MAX_BYTES:
        raise TooLarge("file", TOO_MANY_BYTES)
    require_room_admin(actor, Room.objects.visible_to(actor).get(pk=room_id))
    count_picture(actor)
    # Decoding takes a while: not while holding SQLite's only writer.
    path = folder.save(room_id, crop_square(file, crop))
    try:
        return _replace_picture(actor, room_id, path)
    except BaseException:
        folder.delete(path)
        raise


def remove_room_picture(*, actor: User, room_id: UUID) -> Room:
    """Remove the picture of a room. Admins of the room only."""
    return _replace_picture(actor, room_id, "")


def open_room_picture(*, actor: User, name: str) -> bytes:
    """Return the WebP bytes of a picture by its file name.

    Raises `Room.DoesNotExist` alike for a missing or replaced picture and for that of a room hidden from `actor`.
    """
    room_id = read_owner(name)
    if room_id is None:
        raise Room.DoesNotExist
    room: Room = Room.objects.visible_to(actor).get(pk=room_id, picture=f"{PICTURES}/{name}")
    try:
        return folder.read(room.picture.name)
    except FileNotFoundError as error:
        raise Room.DoesNotExist from error


@transaction.atomic
def _replace_picture(actor: User, room_id: UUID, path: str) -> Room:
    room: Room = Room.objects.visible_to(actor).locked().get(pk=room_id)
    require_room_admin(actor, room)
    earlier = room.picture.name
    if earlier == path:
        return room
    room.picture.name = path
    room.save(update_fields=["picture", "updated_at"])
    record_updated(actor, room, organisation=room.organisation, picture=HIDDEN)
    if earlier:
        after_commit(folder.delete, earlier)
    after_commit(events.room_updated, room)
    return room
