"""How a message that could not be sent at its time is described among the notifications."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from chat.scheduled.failures import describe_failure
from chat.scheduled.sending import KIND
from notifications.kinds import Channels, Description, Kind, register, show_to_all
from notifications.models import Level, Notification


def describe_failures(rows: Sequence[Notification], _reader: User) -> list[Description]:
    """Describe messages that were not sent: why. Their text is in the list that the notification leads to."""
    title = gettext("A message of yours could not be sent")
    return [Description(title, describe_failure(row.data.get("failure", "")), row.url) for row in rows]


register(
    Kind(
        KIND,
        _("Scheduled messages that could not be sent"),
        _("For yourself"),
        describe=describe_failures,
        filter_visible=show_to_all,
        defaults=Channels(in_app=True, push=True, mail=True),
        ignores_mute=True,
        level=Level.WARNING,
        icon="alert",
        shows_toast=True,
    )
)
