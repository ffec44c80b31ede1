"""React to changes of organisations, members and users in accounts, each inside the transaction of the change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext

from accounts.models import Membership, Organisation, User
from chat.groups.services import remove_from_groups
from chat.messages.quotes import invalidate_quotes_by
from chat.messages.replies import invalidate_faces_of
from chat.messages.services.reactions import invalidate_reactions_of
from chat.models import Room, RoomMember, SystemMessage, UserGroup
from chat.notifying.withdrawing import withdraw_reports
from chat.rooms import events as rooms_events
from chat.rooms.permissions import invalidate_writers
from chat.rooms.services.handing_over import hand_over_channels
from chat.rooms.services.membership import create_member, delete_member
from chat.rooms.services.rooms import create_room
from chat.socket import events
from chat.system_messages.services import add_system_message
from lib.db.transactions import after_commit
from notifications.inbox.services import withdraw_notifications
from notifications.models import Notification


def organisation_created(*, owner: Membership) -> None:
    """Create the `general` channel of a new organisation, with a topic in the language of its owner."""
    organisation = owner.organisation
    create_room(
        actor=owner.user,
        slug=organisation.slug,
        kind=Room.Kind.CHANNEL,
        name="general",
        topic=gettext("Everyone in %(organisation)s") % {"organisation": organisation.name},
        is_general=True,
    )
    after_commit(events.organisation_joined, owner)


def member_joined(*, membership: Membership) -> None:
    """Add a new member to `general`, unless they are a guest: guests are added to single rooms by hand."""
    after_commit(events.organisation_joined, membership, general=_add_to_general(membership))


def member_role_changed(*, membership: Membership) -> None:
    """Change what the member's sockets hear of open channels, and add a member who is no longer a guest to `general`.

    A member who becomes a guest stays in their rooms until an admin removes them. What told a former administrator of
    reports is taken back.
    """
    withdraw_reports(membership)
    after_commit(events.organisation_role_changed, membership, general=_add_to_general(membership))


def member_left(*, organisation: Organisation, user: User, actor: User | None = None) -> None:
    """Remove a former member from all rooms and groups of the organisation and from what their sockets hear.

    Projects that nobody else is in go to the longest administrator.
    """
    hand_over_channels(user=user, organisation=organisation, actor=actor)
    for room in Room.objects.joined_by(user).locked().filter(organisation=organisation).order_by("pk"):
        delete_member(room, user.pk, actor=actor)
        add_system_message(room, SystemMessage.Code.LEFT, actor=actor, users=[user])
    remove_from_groups(organisation=organisation, user=user)
    withdraw_notifications(Notification.objects.filter(user=user, organisation=organisation))
    after_commit(events.organisation_left, organisation_id=organisation.pk, user_id=user.pk)


def organisation_deleted(*, organisation: Organisation) -> None:
    """Announce the end of all rooms of an organisation."""
    for room_id in Room.objects.filter(organisation=organisation).values_list("pk", flat=True):
        after_commit(rooms_events.room_removed, room_id)
    after_commit(events.organisation_removed, organisation.pk)


def acquaintances_of(*, user_id: UUID, organisation: Organisation) -> QuerySet[Any, UUID]:
    """Return the ids of the users who share a room of the organisation with a user, direct rooms among them."""
    return RoomMember.objects.sharing_with(user_id, organisation.pk).values_list("user", flat=True)


def second_factor_requirement_changed(*, organisation: Organisation) -> None:
    """Let the sockets of all members check whether they may stay."""
    after_commit(events.requirement_changed, organisation.pk)


def hold_handles(*, user: User) -> None:
    """Hold the user's organisations until the commit, so that no group gets another handle meanwhile."""
    list(
        Organisation.objects.filter(memberships__user=user).select_for_update(of=("self",), no_key=True).order_by("pk")
    )


def is_handle_used(*, user: User, handle: str) -> bool:
    """Tell whether a group of one of the user's organisations has a handle, which the user may not take as username."""
    return UserGroup.objects.filter(organisation__memberships__user=user, handle=handle).exists()


def user_changed(*, user: User) -> None:
    """Invalidate cached permissions and rendered reactions of a user, and announce their new name.

    Projects that nobody but a deactivated user is in go to the longest administrator too.
    """
    if not user.is_active:
        hand_over_channels(user=user)
    rooms = Room.objects.joined_by(user).select_for_update(of=("self",), no_key=True).order_by("pk")
    invalidate_writers(*rooms.values_list("pk", flat=True))
    invalidate_reactions_of(user)
    invalidate_faces_of(user)
    invalidate_quotes_by(user)
    after_commit(events.user_changed, user)


def appearance_changed(*, user: User) -> None:
    """Announce a user's new picture, status or availability."""
    invalidate_faces_of(user)
    after_commit(events.user_changed, user)


def metadata_changed(*, user: User) -> None:
    """Tell a user's other devices what has changed: how their sidebar is arranged, for one."""
    after_commit(events.metadata_changed, user)


def sessions_ended(*, keys: list[str]) -> None:
    """Close the sockets that were opened with these sessions."""
    after_commit(events.sessions_ended, keys)


def _add_to_general(membership: Membership) -> RoomMember | None:
    """Add a member to `general` unless they are a guest or in it; return who is announced there, if any."""
    if membership.is_guest:
        return None
    room = Room.objects.locked().filter(organisation=membership.organisation_id, is_general=True).first()
    if room is None or RoomMember.objects.filter(room=room, user=membership.user_id).exists():
        return None
    add_system_message(room, SystemMessage.Code.JOINED, actor=membership.user, users=[membership.user])
    return create_member(room, membership.user)
