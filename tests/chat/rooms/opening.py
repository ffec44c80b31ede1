"""Rooms as their makers open them."""

from typing import Any

from accounts.models import User
from chat.models import Room
from chat.rooms.services.rooms import create_room


def open_channel(actor: User, name: str = "news", **more: Any) -> Room | None:
    return create_room(actor=actor, slug="halyard", kind="channel", name=name, **more)
