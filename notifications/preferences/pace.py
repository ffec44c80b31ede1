"""Work out when what is unread is mailed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from lib.text.wall_times import find_moment
from notifications.models import MailPace

DEFAULT_PACE = MailPace.QUARTER_HOUR
DELAYS: Mapping[str, timedelta] = {
    MailPace.FIVE_MINUTES: timedelta(minutes=5),
    MailPace.QUARTER_HOUR: timedelta(minutes=15),
    MailPace.HOUR: timedelta(hours=1),
}
# Minutes since midnight: 8:00.
MORNING = 8 * 60
MONDAY = 0


def find_due_time(pace: str, at: datetime, zone: ZoneInfo) -> datetime:
    """Return when to mail what comes at a moment: after a delay, or on the next morning, or that of the next Monday."""
    if pace in DELAYS:
        return at + DELAYS[pace]
    day = at.astimezone(zone).date()
    if find_moment(day, MORNING, zone) <= at:
        day += timedelta(days=1)
    if pace == MailPace.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    return find_moment(day, MORNING, zone)
