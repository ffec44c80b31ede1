"""Let a user be left alone for a while, and bring forward what was held where that ends earlier than planned."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.lasting import FOREVER
from notifications.preferences.queries import find_silence_end

LONGEST_SILENCE = timedelta(days=366)
# Functions that are called, with the user, where their silence ends earlier than what was held for them waits.
listeners: list[str] = [
    "notifications.mail.queueing.reschedule_mail",
    "notifications.push.channel.bring_pushes_forward",
]


class Silence(NamedTuple):
    """Until when a user wants not to be disturbed: `FOREVER` until they say so, None: no longer."""

    until: datetime | None


@contextmanager
def bringing_forward(user: User) -> Iterator[None]:
    """Bring held mails and pushes forward where the silence of a user ends earlier after the block than before it."""
    before = find_silence_end(user)
    yield
    if before is not None and ((after := find_silence_end(user)) is None or after < before):
        for path in listeners:
            import_string(path)(user=user)


def silence_notifications(*, actor: User, until: datetime | None) -> User:
    """Push and mail nothing to the actor until a time, `FOREVER` until they say so, with None from now on again.

    Raise ValidationError for a time that has passed, or that is more than a year ahead.
    """
    now = timezone.now()
    if until is not None and until <= now:
        raise ValidationError({"silent_until": _("This has passed already.")})
    if until is not None and now + LONGEST_SILENCE < until < FOREVER:
        raise ValidationError({"silent_until": _("Choose a moment in the next year.")})
    actor.silent_until, actor.updated_at = until, now
    User.objects.filter(pk=actor.pk).update(silent_until=until, updated_at=now)
    return actor
