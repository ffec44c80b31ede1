"""Hand projects over whose last member can't open them any more: they are seen by members alone."""

from __future__ import annotations

from django.db.models import F

from accounts.models import Membership, Organisation, User
from chat.models import Room, RoomMember, SystemMessage
from chat.notifying.services import notify_of_room
from chat.rooms.permissions import find_reachable_members
from chat.rooms.services.membership import add_to_room
from chat.system_messages.services import add_system_message


def hand_over_channels(*, user: User, organisation: Organisation | None = None, actor: User | None = None) -> None:
    """Make the longest administrator admin of each project whose last user is leaving, or is deactivated.

    Inside the caller's transaction, before the user has left; of all organisations unless one is given.
    """
    channels = Room.objects.joined_by(user).filter(main_channel=F("pk"), members_only=True)
    if organisation is not None:
        channels = channels.filter(organisation=organisation)
    # Locked before the rooms, in the order in which a member is removed from the organisation.
    admins = Membership.objects.locked().filter(
        organisation__in=channels.values("organisation"), role__in=Membership.ADMIN_ROLES
    )
    heirs: dict[object, User] = {}
    for membership in sorted(admins, key=lambda each: (each.created_at, each.pk)):
        heir = membership.user
        if heir.pk != user.pk and heir.is_active and heir.kind == User.Kind.HUMAN:
            heirs.setdefault(membership.organisation_id, heir)
    for room in channels.locked().order_by("pk") if heirs else ():
        if room.organisation_id in heirs and not find_reachable_members(room, except_user=user.pk).exists():
            _make_admin(room, heirs[room.organisation_id], actor)


def _make_admin(room: Room, heir: User, actor: User | None) -> None:
    add_to_room(actor, room, heir, RoomMember.Role.ADMIN)
    add_system_message(room, SystemMessage.Code.ADDED, actor=actor, users=[heir])
    notify_of_room(room, actor_id=actor.pk if actor else None, users=[heir])
