"""The picture of a person: kept as a file under a name that nobody can guess."""

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
from accounts.organisations.queries import person_known_to
from accounts.security.limits import count_picture
from lib.db.transactions import after_commit
from lib.images import MAX_BYTES, TOO_MANY_BYTES, Crop, crop_square
from lib.web.errors import TooLarge

SETTLED = timedelta(hours=1)
NAME = re.compile(r"([0-9a-f]{32})[0-9a-f]{32}\.webp")


def set_avatar(*, actor: User, file: File[bytes], crop: Crop | None = None) -> User:
    """Show oneself by a square of a picture, by default its middle. The earlier one goes after the commit."""
    if file.size > MAX_BYTES:
        raise TooLarge("file", TOO_MANY_BYTES)
    count_picture(actor)
    # Decoding takes a while: not while holding SQLite's only writer.
    picture = crop_square(file, crop)
    # Beginning with its owner's id, it is found by key.
    name = _storage().save(f"{AVATARS}/{actor.pk.hex}{token_hex(16)}.webp", ContentFile(picture))
    try:
        return _show_by(actor, name)
    except BaseException:
        _storage().delete(name)
        raise


def remove_avatar(*, actor: User) -> User:
    """Be shown by one's initials again."""
    return _show_by(actor, "")


def open_avatar(*, actor: User, name: str) -> bytes:
    """The picture of somebody one can see; what is missing, replaced or hidden isn't there."""
    known = NAME.fullmatch(name)
    if known is None:
        raise User.DoesNotExist
    user = person_known_to(actor, UUID(known[1]))
    if user.avatar != f"{AVATARS}/{name}":
        raise User.DoesNotExist
    try:
        with user.avatar.open() as file:
            picture: bytes = file.read()
    except FileNotFoundError as error:
        raise User.DoesNotExist from error
    return picture


def forget_lost_pictures() -> int:
    """Delete the files that nobody is shown by, whatever went wrong or who went away; how many. Safe at any time."""
    shown = set(User.objects.exclude(avatar="").values_list("avatar", flat=True))
    storage = _storage()
    try:
        _, names = storage.listdir(AVATARS)
    except FileNotFoundError:
        return 0
    lost = [path for path in (f"{AVATARS}/{name}" for name in names) if path not in shown and _is_settled(path)]
    for path in lost:
        storage.delete(path)
    return len(lost)


def _is_settled(path: str) -> bool:
    """Whether whoever wrote it has long since committed, or failed."""
    return _storage().get_modified_time(path) < timezone.now() - SETTLED


@transaction.atomic
def _show_by(actor: User, name: str) -> User:
    user: User = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
    earlier = user.avatar.name
    if earlier == name:
        return user
    user.avatar.name = name
    user.save(update_fields=["avatar", "updated_at"])
    record_updated(actor, user, avatar=HIDDEN)
    if earlier:
        after_commit(_storage().delete, earlier)
    hooks.appearance_changed(user=user)
    return user


def _storage() -> Storage:
    storage: Storage = User._meta.get_field("avatar").storage
    return storage
