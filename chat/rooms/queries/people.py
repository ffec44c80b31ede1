"""Find users to write to and to add to rooms: a few at a time, by name."""

from __future__ import annotations

from accounts.models import Membership, User
from accounts.models.organisations import MembershipQuerySet
from accounts.organisations.queries import members_visible_to
from chat.models import Room, RoomMember, RoomRemoval


def people_to_write_to(*, own: Membership, q: str = "") -> MembershipQuerySet:
    """Return the members of an organisation that a member may write to, by name and without the member."""
    members = members_visible_to(own).filter(user__is_active=True).exclude(user=own.user_id)
    return (members.matching(q, by_email=False) if q else members).with_user().by_name()


def people_to_add(*, user: User, room: Room, q: str = "") -> MembershipQuerySet:
    """Return the members of an organisation that a user may add to a room, by name."""
    extensible = Room.objects.extensible_by(user).filter(pk=room.pk)
    own = (
        Membership.objects.filter(user=user, organisation__rooms__in=extensible).select_related("organisation").first()
    )
    if own is None:
        nobody: MembershipQuerySet = Membership.objects.none()
        return nobody
    members = RoomMember.objects.filter(room=room).values("user")
    removed = RoomRemoval.objects.filter(room=room).exclude(room__in=Room.objects.administered_by(user))
    return people_to_write_to(own=own, q=q).exclude(user__in=members).exclude(user__in=removed.values("user"))
