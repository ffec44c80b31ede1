"""Open, change, archive and delete rooms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_deleted, record_updated
from accounts.models import Organisation, User
from accounts.permissions import require_membership
from chat.models import Room, SystemMessage
from chat.models.rooms import PICTURES
from chat.notifying.services import notify_of_room
from chat.notifying.withdrawing import withdraw_room
from chat.rooms import events
from chat.rooms.permissions import (
    GENERAL_STAYS,
    MAIN_CHANNEL_STAYS,
    require_main_members,
    require_room_admin,
)
from chat.rooms.queries.rooms import kinds_open_to
from chat.rooms.schemas import MAX_DIRECT
from chat.rooms.services.membership import restore_members
from chat.rooms.services.storing import find_main_channel, lock_users, save_archived, save_room
from chat.system_messages.services import add_system_message
from lib.db.transactions import after_commit
from lib.stored_pictures import PictureFolder
from lib.text.emoji import normalize_emoji
from lib.text.names import clean_line, clean_name
from lib.web.errors import Conflict

# Set by the server, so they need no validation.
TRUSTED_FIELDS = ("created_by", "direct_key")
CHANGEABLE = ("name", "topic", "emoji", "system_messages")


def create_room(
    *,
    actor: User,
    slug: str,
    kind: str,
    name: str,
    topic: str = "",
    member_ids: Iterable[UUID] = (),
    is_general: bool = False,
    project_id: UUID | None = None,
) -> Room:
    """Open a channel or a group of the organisation `slug`, with the actor as admin. Guests may open groups only.

    With a `project_id`, the id of its main channel, it is one of the project's: a channel is seen by whom that is seen.

    Raise Conflict when a channel of that name exists, ValidationError for users from outside the organisation or the
    project.
    """
    own = require_membership(actor, slug)
    main_channel = find_main_channel(own, project_id) if project_id else None
    if kind not in (Room.Kind.CHANNEL, Room.Kind.GROUP):
        raise ValidationError({"kind": _("A room is a channel or a group.")})
    if kind not in kinds_open_to(own):
        raise PermissionDenied(_("Guests can't create channels."))
    room = Room(
        organisation=own.organisation,
        kind=kind,
        name=clean_name(name),
        topic=clean_line(topic, field="topic"),
        created_by=actor,
        is_general=is_general,
        main_channel=main_channel,
        project_name=main_channel.project_name if main_channel else "",
        members_only=main_channel is not None and main_channel.members_only and kind == Room.Kind.CHANNEL,
    )
    room.clean_fields(exclude=TRUSTED_FIELDS)
    try:
        with transaction.atomic():
            users = lock_users(own.organisation, actor, member_ids)
            require_main_members(project_id, users)
            save_room(room, users, admins={actor.pk})
            notify_of_room(room, actor_id=actor.pk, users=users)
    except IntegrityError as error:
        raise Conflict(format_lazy(_("There is a channel called {name} already."), name=room.name)) from error
    return room


@transaction.atomic
def open_direct_room(*, actor: User, slug: str, user_ids: Iterable[UUID]) -> tuple[Room, bool]:
    """Return the direct room of the actor and these users of the organisation `slug`, and whether it is new."""
    organisation = Organisation.objects.visible_to(actor).get(slug=slug)
    users = lock_users(organisation, actor, user_ids)
    if len(users) > MAX_DIRECT:
        raise ValidationError(
            {
                "user_ids": format_lazy(
                    _("A direct room holds up to {count} people. Create a group instead."), count=MAX_DIRECT
                )
            }
        )
    key = hashlib.sha256(",".join(sorted(str(user.pk) for user in users)).encode()).hexdigest()
    # A parallel request waits for the locks on these users' memberships, and then finds the room.
    if room := Room.objects.select_related("organisation").filter(organisation=organisation, direct_key=key).first():
        restore_members(actor, room, users)
        return room, False
    room = Room(organisation=organisation, kind=Room.Kind.DIRECT, direct_key=key, created_by=actor)
    save_room(room, users, admins=set())
    return room, True


def update_room(
    *,
    actor: User,
    room_id: UUID,
    name: str | None = None,
    topic: str | None = None,
    emoji: str | None = None,
    system_messages: bool | None = None,
) -> Room:
    """Rename a room, change its topic or emoji, or choose whether what happens in it is told there.

    Raise Conflict for the name of another channel, ValidationError for what is not one emoji; an empty one removes it.
    """
    try:
        with transaction.atomic():
            room = _lock_administered_room(actor, room_id)
            former: dict[str, Any] = {field: getattr(room, field) for field in CHANGEABLE}
            if name is not None:
                _rename_room(room, clean_name(name))
            if topic is not None:
                room.topic = clean_line(topic, field="topic")
            if emoji is not None:
                room.emoji = _clean_emoji(emoji)
            if system_messages is not None:
                room.system_messages = system_messages
            room.clean_fields(exclude=TRUSTED_FIELDS)
            room.save(update_fields=[*CHANGEABLE, "is_namesake", "updated_at"])
            changes = {field: (value, getattr(room, field)) for field, value in former.items()}
            record_updated(actor, room, organisation=room.organisation, **changes)
            after_commit(events.room_updated, room)
            _tell_changes(actor, room, name=former["name"], topic=former["topic"])
    except IntegrityError as error:
        raise Conflict(format_lazy(_("There is a channel called {name} already."), name=room.name)) from error
    return room


@transaction.atomic
def archive_room(*, actor: User, room_id: UUID) -> Room:
    """Close a room for writing; it stays readable. Archiving twice changes nothing."""
    room = _lock_administered_room(actor, room_id)
    _refuse_general(room)
    if not room.is_archived:
        save_archived(actor, room, timezone.now())
    return room


@transaction.atomic
def unarchive_room(*, actor: User, room_id: UUID) -> Room:
    """Open an archived room again."""
    room = _lock_administered_room(actor, room_id)
    if room.is_archived:
        _refuse_archived_project(room)
        save_archived(actor, room, None)
    return room


@transaction.atomic
def delete_room(*, actor: User, room_id: UUID) -> None:
    """Delete a room with everything said in it. There is no way back."""
    room = _lock_administered_room(actor, room_id)
    _refuse_general(room)
    after_commit(events.room_removed, room.pk, events.channel_topics(room) if room.is_channel else ())
    record_deleted(actor, room, organisation=room.organisation, kind=room.kind, name=room.name, topic=room.topic)
    after_commit(PictureFolder(PICTURES).delete, room.picture.name)
    withdraw_room(room)
    room.delete()


def _lock_administered_room(actor: User, room_id: UUID) -> Room:
    room: Room = Room.objects.visible_to(actor).locked().get(pk=room_id)
    require_room_admin(actor, room)
    return room


def _rename_room(room: Room, name: str) -> None:
    if name != room.name:
        room.name, room.is_namesake = name, False


def _tell_changes(actor: User, room: Room, *, name: str, topic: str) -> None:
    if name != room.name:
        add_system_message(room, SystemMessage.Code.RENAMED, actor=actor, before=name, after=room.name)
    if topic != room.topic:
        add_system_message(room, SystemMessage.Code.TOPIC_CHANGED, actor=actor, before=topic, after=room.topic)


def _clean_emoji(text: str) -> str:
    """Return the one spelling of an emoji, or nothing."""
    emoji = normalize_emoji(text.strip()) if text.strip() else ""
    if emoji is None:
        raise ValidationError({"emoji": _("Choose a single emoji.")})
    return emoji


def _refuse_general(room: Room) -> None:
    if room.is_general:
        raise PermissionDenied(GENERAL_STAYS)
    if room.is_main_channel:
        raise PermissionDenied(MAIN_CHANNEL_STAYS)


def _refuse_archived_project(room: Room) -> None:
    if room.main_channel_id and not Room.objects.filter(pk=room.main_channel_id, archived_at=None).exists():
        raise PermissionDenied(_("The project of this channel is archived: unarchive the project."))
