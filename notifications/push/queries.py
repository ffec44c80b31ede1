"""List the browsers of a user that get pushes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from accounts.models import User
from lib.text.user_agents import describe_device, is_hand_held
from notifications.models import PushSubscription
from notifications.push.errors import describe_error


@dataclass(frozen=True, slots=True)
class PushDevice:
    """Browser that gets pushes, as the settings show it."""

    id: UUID
    name: str
    is_hand_held: bool
    is_this: bool
    created_at: datetime
    last_success_at: datetime | None
    error: str
    last_error_at: datetime | None


def list_push_devices(user: User, *, session_id: UUID | None) -> list[PushDevice]:
    """Return the browsers of a user that get pushes, that of a session first. One query."""
    rows = PushSubscription.objects.owned_by(user).signed_in().order_by("-pk")
    devices = [
        PushDevice(
            row.pk,
            describe_device(row.user_agent),
            is_hand_held(row.user_agent),
            row.session_id == session_id,
            row.created_at,
            row.last_success_at,
            describe_error(row.last_error),
            row.last_error_at,
        )
        for row in rows
    ]
    return sorted(devices, key=lambda device: not device.is_this)
