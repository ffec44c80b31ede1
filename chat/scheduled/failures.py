"""Say why a message could not be sent at its time."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from chat.models import ScheduledMessage

Failure = ScheduledMessage.Failure

SENTENCES: dict[str, Any] = {
    Failure.DEACTIVATED: _("Your account was deactivated at that time."),
    Failure.SECOND_FACTOR: _(
        "An organisation of yours required two-factor authentication, which you had not turned on."
    ),
    Failure.ROOM_GONE: _("The room was deleted."),
    Failure.NOT_MEMBER: _("You were not in the room any more."),
    Failure.ARCHIVED: _("The room was archived."),
    Failure.THREAD_GONE: _("The message with this thread was deleted."),
    Failure.FILE_GONE: _("A file of it was deleted, or you no longer saw it."),
    Failure.REFUSED: _("The message could not be posted as it was."),
}


def describe_failure(failure: str) -> str:
    """Return a sentence about why a message was not sent, in the active language."""
    return str(SENTENCES.get(failure, SENTENCES[Failure.REFUSED]))
