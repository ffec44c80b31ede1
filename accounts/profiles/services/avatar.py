"""Store and serve pictures of users, as files under names that can't be guessed."""

from __future__ import annotations

import re
from datetime import timedelta
from secrets import token_hex
from uuid import UUID

from django.core.files.base import ContentFile, File
from django.core.files.storage import Storage
from django.db import transaction
from django.utils import timezone

from accounts import hooks
from accounts.audit.services import HIDDEN, record_updated
from accounts.models import User
from accounts.models.users import AVATARS
from accounts.organisations.queries import get_user_visible_to
from accounts.security.limits import count_picture
from lib.db.transactions import after_commit
from lib.image_limits import MAX_BYTES, TOO_MANY_BYTES
from lib.images import Crop, crop_square
from lib.web.errors import TooLarge

GRACE_PERIOD = timedelta(hours=1)
FILE_NAME = re.compile(r"([0-9a-f]{32})[0-9a-f]{32}\.webp")


def set_avatar(*, actor: User, file: File[bytes], crop: Crop | None = None) -> User:
    """Store a square of a picture, by default its middle, as that of `actor`; delete the earlier one after the commit.

    Raises `TooLarge` over `MAX_BYTES`.
    """
    if file.size > MAX_BYTES:
        raise TooLarge("file", TOO_MANY_BYTES)
    count_picture(actor)
    # Decoding takes a while: not while holding SQLite's only writer.
    picture = crop_square(file, crop)
    # Beginning with its owner's id, it is found by key.
    name = f"{AVATARS}/{actor.pk.hex}{token_hex(16)}.webp"
    try:
        _get_storage().save(name, ContentFile(picture))
        return _replace_avatar(actor, name)
    except BaseException:
        _get_storage().delete(name)
        raise


def remove_avatar(*, actor: User) -> User:
    """Remove the picture of `actor`, so that initials stand for them again."""
    return _replace_avatar(actor, "")


def open_avatar(*, actor: User, name: str) -> bytes:
    """Return the WebP bytes of a picture by its file name.

    Raises `User.DoesNotExist` alike for a missing or replaced picture and for that of a user hidden from `actor`.
    """
    match = FILE_NAME.fullmatch(name)
    if match is None:
        raise User.DoesNotExist
    user = get_user_visible_to(actor, UUID(match[1]))
    if user.avatar != f"{AVATARS}/{name}":
        raise User.DoesNotExist
    try:
        with user.avatar.open() as file:
            picture: bytes = file.read()
    except FileNotFoundError as error:
        raise User.DoesNotExist from error
    return picture


def delete_orphaned_avatars() -> int:
    """Delete the files that are no user's picture; return how many. Safe at any time."""
    in_use = set(User.objects.exclude(avatar="").values_list("avatar", flat=True))
    storage = _get_storage()
    try:
        _, names = storage.listdir(AVATARS)
    except FileNotFoundError:
        return 0
    lost = [
        path for path in (f"{AVATARS}/{name}" for name in names) if path not in in_use and _is_past_grace_period(path)
    ]
    for path in lost:
        storage.delete(path)
    return len(lost)


def _is_past_grace_period(path: str) -> bool:
    """Tell whether the transaction that wrote a file has ended long since."""
    return _get_storage().get_modified_time(path) < timezone.now() - GRACE_PERIOD


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
        after_commit(_get_storage().delete, earlier)
    hooks.appearance_changed(user=user)
    return user


def _get_storage() -> Storage:
    storage: Storage = User._meta.get_field("avatar").storage
    return storage
