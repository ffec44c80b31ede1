"""The ways by which notifications reach their users. Each is a function that is named here and imported when needed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, cast

from django.utils.module_loading import import_string

from notifications.models import Notification


class Deliver(Protocol):
    """Deliver rows that their users may see and have not read; may be called again with the same ones.

    Each asks for itself which of the rows its users want by this way, and when.
    """

    def __call__(self, rows: Sequence[Notification]) -> None: ...


# By name, in the order in which they are taken.
channels: dict[str, str] = {
    "in_app": "notifications.inbox.channel.deliver_in_app",
    "mail": "notifications.mail.queueing.queue_mail",
    "push": "notifications.push.channel.deliver_pushes",
}


def load_channels() -> dict[str, Deliver]:
    """Return what delivers, by the name of the channel."""
    return {name: cast(Deliver, import_string(path)) for name, path in channels.items()}
