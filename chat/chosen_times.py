"""Check the times that users choose: of messages to be sent later, and of reminders."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.text.wall_times import ChosenTime, choose_time

# A minute takes a moment to arrive.
SOONEST, LATEST = timedelta(seconds=50), timedelta(days=366)


def choose_future_time(moment: datetime, *, actor: User, time_zone: str | None, field: str) -> ChosenTime:
    """Return a time that the actor has chosen: an instant or, without an offset, what the clock shows in a time zone.

    Without `time_zone` it is the actor's own, else the present one. Raise ValidationError, for `field`, for what is not
    between a minute and a year ahead, and for an unknown zone.
    """
    try:
        chosen = choose_time(moment, time_zone or find_own_zone(actor))
    except ValueError as error:
        raise ValidationError({"time_zone": _("There is no such time zone.")}) from error
    except OverflowError as error:
        raise _build_error(field) from error
    if not SOONEST <= chosen.instant - timezone.now() <= LATEST:
        raise _build_error(field)
    return chosen


def find_own_zone(actor: User) -> str:
    """Return the name of a user's time zone: the one that they have chosen, else that of their browser."""
    return actor.time_zone or timezone.get_current_timezone_name()


def _build_error(field: str) -> ValidationError:
    return ValidationError({field: _("Choose a time between a minute and a year from now.")})
