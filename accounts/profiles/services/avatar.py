"""Store and serve pictures of users, as files under names that can't be guessed."""

from __future__ import annotations

from django.core.files.base import File
from django.db import transaction

from accounts import hooks
from accounts.audit.services import HIDDEN, record_updated
from accounts.models import User
from accounts.models.users import AVATARS
from accounts.organisations.queries import get_user_visible_to
from accounts.security.limits import count_picture
from lib.db.transactions import after_commit
from lib.image_limits import MAX_BYTES, TOO_MANY_BYTES
from lib.images import Crop, crop_square
from lib.stored_pictures import PictureFolder, read_owner
from lib.web.errors import TooLarge

_folder = PictureFolder(AVATARS)


def set_avatar(*, actor: User, file: File[bytes], crop: Crop | None = None) -> User:
    """Store a square of a picture, by default its middle, as that of `actor`; delete the earlier one after the commit.

    Raises `TooLarge` over `MAX_BYTES`.
    """
    if file.size > MAX_BYTES:
        raise TooLarge("file", TOO_MANY_BYTES)
    count_picture(actor)
    # Decoding takes a while: not while holding SQLite's only writer.
    name = _folder.save(actor.pk, crop_square(file, crop))
    try:
        return _replace_avatar(actor, name)
    except BaseException:
        _folder.delete(name)
        raise


def remove_avatar(*, actor: User) -> User:
    """Remove the picture of `actor`, so that initials stand for them again."""
    return _replace_avatar(actor, "")


def open_avatar(*, actor: User, name: str) -> bytes:
    """Return the WebP bytes of a picture by its file name.

    Raises `User.DoesNotExist` alike for a missing or replaced picture and for that of a user hidden from `actor`.
    """
    owner_id = read_owner(name)
    if owner_id is None:
        raise User.DoesNotExist
    user = get_user_visible_to(actor, owner_id)
    if user.avatar != f"{AVATARS}/{name}":
        raise User.DoesNotExist
    try:
        return _folder.read(user.avatar.name)
    except FileNotFoundError as error:
        raise User.DoesNotExist from error


@transaction.atomic
def _replace_avatar(actor: User, name: str) -> User:
    user: User = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    earlier = user.avatar.name
    if earlier == name:
        return user
    user.avatar.name = name
    user.save(update_fields=["avatar", "updated_at"])
    record_updated(actor, user, avatar=HIDDEN)
    if earlier:
        after_commit(_folder.delete, earlier)
    hooks.appearance_changed(user=user)
    return user
