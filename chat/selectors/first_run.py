"""An organisation in which nobody has said a word yet."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import Invitation, User
from accounts.selectors import membership_of
from chat.models import Room


@dataclass(frozen=True, slots=True)
class FirstRun:
    """What its administrators need to begin: the newest link to hand on, if one still works."""

    invitation: Invitation | None


def first_run(*, user: User, room: Room) -> FirstRun | None:
    """For administrators, as long as `general` is empty."""
    if not room.is_general or room.last_seq:
        return None
    own = membership_of(user, room.organisation.slug)
    if not own.is_admin:
        return None
    return FirstRun(own.organisation.invitations.open().for_everybody().order_by("pk").last())
