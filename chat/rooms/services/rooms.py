"""Opening, naming, archiving and leaving rooms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created, record_deleted, record_updated
from accounts.models import Membership, Organisation, User
from accounts.permissions import require_membership
from chat.models import Room, RoomMember
from chat.rooms import events
from chat.rooms.permissions import STAYS, forget_writers, known_to, require_room_admin
from chat.rooms.queries.rooms import kinds_open_to
from chat.rooms.schemas import MAX_DIRECT
from chat.rooms.services.membership import _return_to
from lib.db.transactions import after_commit
from lib.text.names import clean_line, clean_name
from lib.web.errors import Conflict

# Set by us, and known to be good.
UNCHECKED = ("created_by", "direct_key")


def create_room(
    *,
    actor: User,
    organisation_slug: str,
    kind: str,
    name: str,
    topic: str = "",
    member_ids: Iterable[UUID] = (),
    is_general: bool = False,
) -> Room:
    """Open a channel or a group with its maker as admin. Guests may open groups only.

    Raises Conflict when a channel of that name exists, ValidationError for people from elsewhere.
    """
    own = require_membership(actor, organisation_slug)
    if kind not in (Room.Kind.CHANNEL, Room.Kind.GROUP):
        raise ValidationError({"kind": _("A room is a channel or a group.")})
    if kind not in kinds_open_to(own):
        raise PermissionDenied(_("Guests can't open channels."))
    room = Room(
        organisation=own.organisation,
        kind=kind,
        name=clean_name(name),
        topic=clean_line(topic, field="topic"),
        created_by=actor,
        is_general=is_general,
    )
    room.clean_fields(exclude=UNCHECKED)
    try:
        with transaction.atomic():
            people = _people(own.organisation, actor, member_ids)
            _open(room, people, admins={actor.pk})
    except IntegrityError as error:
        raise Conflict(format_lazy(_("There is a channel called {name} already."), name=room.name)) from error
    return room


@transaction.atomic
def open_direct_room(*, actor: User, organisation_slug: str, user_ids: Iterable[UUID]) -> tuple[Room, bool]:
    """The one direct room of these people and oneself, found again or made now."""
    organisation = Organisation.objects.visible_to(actor).get(slug=organisation_slug)
    people = _people(organisation, actor, user_ids)
    if len(people) > MAX_DIRECT:
        raise ValidationError(
            {
                "user_ids": format_lazy(
                    _("A direct room holds up to {count} people. Open a group instead."), count=MAX_DIRECT
                )
            }
        )
    key = hashlib.sha256(",".join(sorted(str(person.pk) for person in people)).encode()).hexdigest()
    # Whoever opens it at the same time waits for these people too, and finds it.
    if room := Room.objects.select_related("organisation").filter(organisation=organisation, direct_key=key).first():
        _return_to(actor, room, people)
        return room, False
    room = Room(organisation=organisation, kind=Room.Kind.DIRECT, direct_key=key, created_by=actor)
    _open(room, people, admins=set())
    return room, True


def update_room(*, actor: User, room_id: UUID, name: str | None = None, topic: str | None = None) -> Room:
    """Rename a room or change its topic."""
    try:
        with transaction.atomic():
            room = _administered(actor, room_id)
            former = {"name": room.name, "topic": room.topic}
            if name is not None:
                room.name = clean_name(name)
            if topic is not None:
                room.topic = clean_line(topic, field="topic")
            room.clean_fields(exclude=UNCHECKED)
            room.save(update_fields=["name", "topic", "updated_at"])
            changes = {field: (value, getattr(room, field)) for field, value in former.items()}
            record_updated(actor, room, organisation=room.organisation, **changes)
            after_commit(events.room_updated, room)
    except IntegrityError as error:
        raise Conflict(format_lazy(_("There is a channel called {name} already."), name=room.name)) from error
    return room


@transaction.atomic
def archive_room(*, actor: User, room_id: UUID) -> Room:
    """Close a room for writing; it stays readable. Archiving twice changes nothing."""
    room = _administered(actor, room_id)
    _keep_general(room)
    if not room.is_archived:
        _save_archived(actor, room, timezone.now())
    return room


@transaction.atomic
def unarchive_room(*, actor: User, room_id: UUID) -> Room:
    """Open an archived room again."""
    room = _administered(actor, room_id)
    if room.is_archived:
        _save_archived(actor, room, None)
    return room


@transaction.atomic
def delete_room(*, actor: User, room_id: UUID) -> None:
    """Delete a room with everything said in it. There is no way back."""
    room = _administered(actor, room_id)
    _keep_general(room)
    after_commit(events.room_removed, room.pk, events.browsers_of(room) if room.is_channel else ())
    record_deleted(actor, room, organisation=room.organisation, kind=room.kind, name=room.name, topic=room.topic)
    room.delete()


def _people(organisation: Organisation, actor: User, user_ids: Iterable[UUID]) -> Sequence[User]:
    """The actor and these people. Their places are held before any room is: nobody who is removed meanwhile enters."""
    wanted = {actor.pk, *user_ids}
    places = list(Membership.objects.locked().filter(organisation=organisation, user__in=wanted))
    people = {place.user_id: place.user for place in places if place.user.is_active}
    if actor.pk not in people:
        raise Membership.DoesNotExist
    own = next(place for place in places if place.user_id == actor.pk)
    if known_to(own, people) != wanted:
        raise ValidationError({"member_ids": _("Some of these people are not in this organisation.")})
    return list(people.values())


def _open(room: Room, people: Sequence[User], *, admins: set[UUID]) -> None:
    room.save(force_insert=True)
    members = [
        RoomMember(room=room, user=user, role=RoomMember.Role.ADMIN if user.pk in admins else RoomMember.Role.MEMBER)
        for user in people
    ]
    RoomMember.objects.bulk_create(members)
    about = {"kind": room.kind, "name": room.name, "topic": room.topic, "members": [person.pk for person in people]}
    record_created(room.created_by, room, organisation=room.organisation, **about)
    after_commit(events.room_created, room, members)


def _administered(actor: User, room_id: UUID) -> Room:
    room: Room = Room.objects.visible_to(actor).held().get(pk=room_id)
    require_room_admin(actor, room)
    return room


def _keep_general(room: Room) -> None:
    if room.is_general:
        raise PermissionDenied(STAYS)


def _save_archived(actor: User, room: Room, moment: datetime | None) -> None:
    former, room.archived_at = room.archived_at, moment
    room.save(update_fields=["archived_at", "updated_at"])
    record_updated(actor, room, organisation=room.organisation, archived_at=(former, moment))
    forget_writers(room.pk)
    after_commit(events.room_updated, room)
