"""Change a member's own side of a room: favourite, muted, and what of it they want to notice."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from chat.models import RoomMember
from chat.notifying.services import quieten_room
from chat.rooms import events
from lib.db.transactions import after_commit
from lib.lasting import FOREVER


@transaction.atomic
def change_own_settings(
    *,
    actor: User,
    room_id: UUID,
    favourite: bool | None = None,
    muted_until: datetime | None = None,
    notification_level: str | None = None,
) -> RoomMember:
    """Change what is given of the actor's own settings of a room, and tell the actor's other sockets.

    A `muted_until` that has passed unmutes the room; `FOREVER`, and all times after it, mute it until then. Raise
    RoomMember.DoesNotExist where the actor is no member.
    """
    member: RoomMember = RoomMember.objects.select_for_update(of=("self",)).get(room=room_id, user=actor)
    changes: dict[str, object] = {}
    if favourite is not None:
        changes["favourite"] = favourite
    if notification_level is not None:
        changes["notification_level"] = RoomMember.NotificationLevel(notification_level).value
    if muted_until is not None:
        changes["muted_until"] = min(muted_until, FOREVER) if muted_until > timezone.now() else None
    changed = {field: value for field, value in changes.items() if getattr(member, field) != value}
    if changed:
        for field, value in changed.items():
            setattr(member, field, value)
        member.save(update_fields=[*changed, "updated_at"])
        quieten_room(member)
        after_commit(events.own_settings_changed, member)
    return member
