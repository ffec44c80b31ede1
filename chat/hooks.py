"""What rooms do when an organisation or one of its people comes, changes or goes."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Membership, Organisation, User
from chat.messages.services.reactions import redraw_reactions_of
from chat.models import Room, RoomMember
from chat.rooms import events as rooms_events
from chat.rooms.permissions import forget_writers
from chat.rooms.services.membership import add_to_room, drop_from_room
from chat.rooms.services.rooms import create_room
from chat.socket import events
from lib.db.transactions import after_commit


def organisation_created(*, owner: Membership) -> None:
    """A new organisation has its `general` channel from the start."""
    organisation = owner.organisation
    create_room(
        actor=owner.user,
        organisation_slug=organisation.slug,
        kind=Room.Kind.CHANNEL,
        name="general",
        topic=f"Everyone in {organisation.name}",
        is_general=True,
    )
    after_commit(events.organisation_joined, owner)


def member_joined(*, membership: Membership) -> None:
    """Everybody is in `general` but guests: somebody brings those into the rooms they come for."""
    after_commit(events.organisation_joined, membership)
    _bring_into_general(membership)


def member_role_changed(*, membership: Membership) -> None:
    """A role decides which channels one may browse, and so hears of. Who is no guest any more is in `general`;
    who becomes one stays in the rooms they are in, until somebody shows them out.
    """
    after_commit(events.organisation_role_changed, membership)
    _bring_into_general(membership)


def member_left(*, organisation: Organisation, user: User, actor: User | None = None) -> None:
    """Whoever leaves the organisation leaves its rooms, and their sockets fall silent."""
    for room in Room.objects.joined_by(user).held().filter(organisation=organisation).order_by("pk"):
        drop_from_room(room, user.pk, actor=actor)
    after_commit(events.organisation_left, organisation_id=organisation.pk, user_id=user.pk)


def organisation_deleted(*, organisation: Organisation) -> None:
    """Everybody inside is told that the rooms are gone."""
    for room_id in Room.objects.filter(organisation=organisation).values_list("pk", flat=True):
        after_commit(rooms_events.room_removed, room_id)
    after_commit(events.organisation_removed, organisation.pk)


def acquaintances_of(*, user_id: UUID, organisation: Organisation) -> QuerySet[Any, UUID]:
    """Whoever shares a room with them, be it a direct one."""
    return RoomMember.objects.sharing_with(user_id, organisation.pk).values_list("user", flat=True)


def second_factor_requirement_changed(*, organisation: Organisation) -> None:
    """Sockets of its members find out whether they may stay."""
    after_commit(events.requirement_changed, organisation.pk)


def user_changed(*, user: User) -> None:
    """Rights are worked out anew, sockets learn the new name, and reactions are shown with it."""
    forget_writers(*Room.objects.joined_by(user).values_list("pk", flat=True))
    redraw_reactions_of(user)
    after_commit(events.user_changed, user)


def appearance_changed(*, user: User) -> None:
    """Everybody sees it at once, and their own sockets know it."""
    after_commit(events.user_changed, user)


def sessions_ended(*, keys: list[str]) -> None:
    """Sockets that came in by these sessions close."""
    after_commit(events.sessions_ended, keys)


def _bring_into_general(membership: Membership) -> None:
    if membership.role == Membership.Role.GUEST:
        return
    room = Room.objects.held().filter(organisation=membership.organisation_id, is_general=True).first()
    if room and not RoomMember.objects.filter(room=room, user=membership.user_id).exists():
        add_to_room(room, membership.user)
