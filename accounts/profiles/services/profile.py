"""Change the profile and the settings of a user."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import orjson
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import hooks
from accounts.audit.services import record_updated
from accounts.models import Membership, Status, User
from accounts.sign_up.services import USERNAME_TAKEN
from lib.db.json_merge import MergeJSONKeys
from lib.text.emoji import normalize_emoji
from lib.text.names import clean_line, clean_name
from lib.text.time_zones import list_valid_zones
from lib.web.errors import Taken

MAX_METADATA = 16 * 1024
MAX_STATUS = 100
# Clocks of clients may be ahead of ours, and Python's end with the year 9999.
LONGEST_STATUS = timedelta(days=10 * 365)
# Key of the metadata, and its values: Enter sends, or begins a new line.
ENTER_KEY = "enter_key"
ENTER_KEYS = ("send", "line")
# Stands for a status of text alone.
SPEECH = "\N{SPEECH BALLOON}"

# Fields that other users know a user by: their changes are audited.
NAMES = ("name", "username")
# Fields that are shown beside the name.
APPEARANCE = ("status_emoji", "availability")


def update_profile(
    *,
    actor: User,
    name: str | None = None,
    username: str | None = None,
    theme: str | None = None,
    language: str | None = None,
    time_zone: str | None = None,
    availability: str | None = None,
    status: Status | None = None,
    metadata: dict[str, Any] | None = None,
) -> User:
    """Change the fields that are given; an empty status clears it, an empty time zone or language is the browser's.

    Metadata merges by its top-level keys: each key given gets its new value whole, and is removed by null. Requests
    that change different keys at once both succeed. Raises `Taken` for the username of another user.
    """
    # One from before the rules may stay.
    username = None if username is not None and username.strip() == actor.username else username
    given = {"name": name, "username": username, "theme": theme, "language": language}
    given |= {"time_zone": time_zone, "availability": availability}
    changes = _check_changes({field: value.strip() for field, value in given.items() if value is not None})
    if status is not None:
        changes |= _build_status_fields(status)
    if metadata is not None:
        changes["metadata"] = MergeJSONKeys("metadata", _normalise_metadata(metadata))
    try:
        with transaction.atomic():
            user = _save_changes(actor, changes)
            _call_hooks(user, changes)
    except IntegrityError as error:
        raise Taken("username", USERNAME_TAKEN) from error
    return user


def get_enter_key(user: User) -> str:
    """Return what Enter does in a message of this user: `send` or `line`. Empty: it sends, except on touch screens."""
    choice = user.metadata.get(ENTER_KEY)
    return choice if choice in ENTER_KEYS else ""


def list_languages() -> dict[str, str]:
    """Return the languages of the pages, each by its own name: `de` is Deutsch."""
    return {code.partition("-")[0]: name for code, name in settings.LANGUAGES}


def _check_changes(changes: dict[str, Any]) -> dict[str, Any]:
    if "name" in changes:
        changes["name"] = clean_name(changes["name"])
    if changes.get("time_zone") and changes["time_zone"] not in list_valid_zones():
        raise ValidationError({"time_zone": _("There is no such time zone.")})
    if changes.get("language") and changes["language"] not in list_languages():
        raise ValidationError({"language": _("There is no such language here.")})
    User(**changes).clean_fields(exclude={field.name for field in User._meta.fields} - set(changes))
    return changes


def _build_status_fields(status: Status) -> dict[str, Any]:
    text = clean_line(status.text, field="text")
    if len(text) > MAX_STATUS:
        raise ValidationError({"text": format_lazy(_("At most {count} characters."), count=MAX_STATUS)})
    emoji = normalize_emoji(status.emoji) if status.emoji else text and SPEECH
    if emoji is None:
        raise ValidationError({"emoji": _("Choose a single emoji.")})
    expires_at = status.expires_at if emoji else None
    if expires_at is not None and expires_at <= timezone.now():
        raise ValidationError({"expires_at": _("This has passed already.")})
    if expires_at is not None and expires_at > timezone.now() + LONGEST_STATUS:
        raise ValidationError({"expires_at": _("Choose a moment in the next ten years.")})
    return {"status_emoji": emoji, "status_text": text, "status_expires_at": expires_at}


def _normalise_metadata(metadata: dict[str, Any]) -> dict[str, Any]:
    try:
        written = orjson.dumps(metadata)
    except orjson.JSONEncodeError as error:
        raise ValidationError({"metadata": _("This can't be kept as JSON.")}) from error
    # Read back, infinity is null: PostgreSQL would refuse it.
    normalised: dict[str, Any] = orjson.loads(written)
    return normalised


def _save_changes(actor: User, changes: dict[str, Any]) -> User:
    """Update the row in one statement; read it before only where the audit trail needs the former values."""
    if "username" in changes:
        hooks.hold_handles(user=actor)
        if hooks.is_handle_used(user=actor, handle=changes["username"]):
            raise Taken("username", USERNAME_TAKEN)
    if "name" in changes:
        Membership.objects.copy_name(actor.pk, changes["name"])
    row = User.objects.filter(pk=actor.pk)
    names = [field for field in NAMES if field in changes]
    before = row.select_for_update(no_key=True).get() if names else None
    row.update(**changes, updated_at=timezone.now())
    user: User = row.get()
    if "metadata" in changes and len(orjson.dumps(user.metadata)) > MAX_METADATA:
        raise ValidationError({"metadata": _("At most 16 KB altogether.")})
    if before is not None:
        _record_changes(actor, before, user, names)
    return user


def _record_changes(actor: User, before: User, user: User, fields: list[str]) -> None:
    changed: dict[str, Any] = {field: (getattr(before, field), getattr(user, field)) for field in fields}
    record_updated(actor, user, **changed)


def _call_hooks(user: User, changes: dict[str, Any]) -> None:
    if not set(NAMES).isdisjoint(changes):
        hooks.user_changed(user=user)
    elif not set(APPEARANCE).isdisjoint(changes):
        hooks.appearance_changed(user=user)
    if "metadata" in changes:
        hooks.metadata_changed(user=user)
