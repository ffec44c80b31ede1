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

from accounts.errors import Conflict
from accounts.models import Membership, Organisation, User
from accounts.selectors import membership_of
from accounts.services.audit import record_created, record_deleted, record_updated
from accounts.services.names import clean_line, clean_name
from accounts.transactions import after_commit
from chat import events
from chat.models import Room, RoomMember
from chat.schemas import MAX_DIRECT
from chat.selectors import kinds_open_to
from chat.services.rights import forget_writers, keep_in_general, known_to, require_room_admin

# Set by us, and known to be good.
UNCHECKED = ("created_by", "direct_key")
STAYS = _("Everybody is in this channel: it stays.")


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
    own = membership_of(actor, organisation_slug)
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


@transaction.atomic
def join_room(*, actor: User, room_id: UUID) -> Room:
    """Enter an open channel. Being in it already changes nothing."""
    if not Membership.objects.held().filter(organisation__rooms=room_id, user=actor):
        raise Room.DoesNotExist
    # What one sees without being in it is a channel.
    room: Room = Room.objects.visible_to(actor).held().get(pk=room_id)
    if not RoomMember.objects.filter(room=room, user=actor).exists():
        if room.is_archived:
            raise PermissionDenied(_("This room is archived: nobody enters it any more."))
        bring_in(actor, room, actor)
    return room


@transaction.atomic
def leave_room(*, actor: User, room_id: UUID) -> None:
    """Leave a channel or a group. The last admin's place goes to the one who has been there longest."""
    room = Room.objects.joined_by(actor).held().get(pk=room_id)
    keep_in_general(room, actor.pk, STAYS)
    if room.is_direct:
        raise PermissionDenied(_("A direct room can't be left."))
    show_out(actor, room, RoomMember.objects.with_user().get(room=room, user=actor))


def bring_in(actor: User, room: Room, user: User, role: str = RoomMember.Role.MEMBER) -> RoomMember:
    """Make somebody a member, or oneself, inside the caller's transaction."""
    member = add_to_room(room, user, role)
    record_created(actor, member, organisation=room.organisation, user=user.pk, role=role)
    return member


def show_out(actor: User, room: Room, member: RoomMember) -> None:
    """End a membership, or one's own, inside the caller's transaction."""
    member.room = room
    record_deleted(actor, member, organisation=room.organisation, user=member.user_id, role=member.role)
    drop_from_room(room, member.user_id, actor=actor)


def add_to_room(room: Room, user: User, role: str = RoomMember.Role.MEMBER) -> RoomMember:
    """The row alone, where it follows from something else; what was said before does not count as unread."""
    member = RoomMember.objects.create(room=room, user=user, role=role, last_read_seq=room.last_seq)
    forget_writers(room.pk)
    after_commit(events.member_joined, room, member)
    return member


def drop_from_room(room: Room, user_id: UUID, *, actor: User | None = None) -> None:
    """The same for its end, leaving no room without an admin."""
    RoomMember.objects.filter(room=room, user=user_id).delete()
    forget_writers(room.pk)
    _keep_an_admin(actor, room)
    after_commit(events.member_left, room_id=room.pk, user_id=user_id)


def _keep_an_admin(actor: User | None, room: Room) -> None:
    members = RoomMember.objects.filter(room=room)
    if room.is_direct or members.filter(role=RoomMember.Role.ADMIN).exists():
        return
    if heir := members.select_related("user").order_by("-user__kind", "joined_at").first():
        former, heir.role, heir.room = heir.role, RoomMember.Role.ADMIN, room
        heir.save(update_fields=["role", "updated_at"])
        record_updated(actor, heir, organisation=room.organisation, role=(former, heir.role))
        after_commit(events.member_updated, heir)


def _return_to(actor: User, room: Room, people: Sequence[User]) -> None:
    """Whoever left the organisation and came back is let into their direct rooms again."""
    present = set(RoomMember.objects.filter(room=room).values_list("user", flat=True))
    for person in people:
        if person.pk not in present:
            bring_in(actor, room, person)


def _people(organisation: Organisation, actor: User, user_ids: Iterable[UUID]) -> Sequence[User]:
    """The actor and these people. Their places are held before any room is: nobody who is removed meanwhile enters."""
    wanted = {actor.pk, *user_ids}
    places = list(Membership.objects.held().filter(organisation=organisation, user__in=wanted))
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
