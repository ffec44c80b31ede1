"""Decide by which channels notifications reach their users, and when."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Organisation, User
from lib.lasting import FOREVER
from lib.text.time_zones import find_zone
from notifications.kinds import Channels, Kind, find_kind
from notifications.models import MailPace, Notification, NotificationDefaults, NotificationKeyword, NotificationSettings
from notifications.places import Attention, Pair, load_attention
from notifications.preferences.grid import Choices, combine_suggestions, resolve_channels
from notifications.preferences.pace import DEFAULT_PACE, find_due_time
from notifications.preferences.quiet_hours import NO_QUIET_HOURS, QuietSpan, Week, find_quiet_end
from notifications.viewing import find_viewing

UTC = ZoneInfo("UTC")


class Decision(NamedTuple):
    """By which channels a notification reaches its user; `push_after` and `mail_after` say when, None: at once."""

    in_app: bool = False
    push: bool = False
    push_after: datetime | None = None
    mail: bool = False
    mail_after: datetime | None = None


NOTHING = Decision()

# Tell which users are looking at which places now: they are not pushed what they see. Who knows it is appended.
FindLookers = Callable[[Collection[Pair]], Collection[Pair]]
lookers: list[FindLookers] = [find_viewing]


@dataclass(frozen=True, slots=True)
class Recipient:
    """What is needed of a user to decide; `takes_mail` where their address is confirmed, so that it is no other's.

    Who `may_read` nothing has to set up a second factor first, which an organisation requires.
    """

    takes_mail: bool
    may_read: bool
    choices: Choices
    mail_pace: str
    zone: ZoneInfo
    silent_until: datetime | None

    @property
    def is_paused(self) -> bool:
        """Tell whether the user wants silence until they say otherwise: nothing is kept for later."""
        return self.silent_until is not None and self.silent_until >= FOREVER


# Rows of these are loaded in a third of the time that whole users and settings would take.
RECIPIENT_FIELDS = (
    *("pk", "email", "email_verified_at", "second_factor_due", "time_zone", "silent_until"),
    *(
        "notification_settings__choices",
        "notification_settings__mail_pace",
        "notification_settings__quiet_hours",
        "notification_settings__time_zone",
    ),
)


def choose_channels(rows: Sequence[Notification], at: datetime) -> dict[UUID, Decision]:
    """Return the decision about each notification, by its id.

    Four queries at most, for any number of rows. What has no place, or is of no organisation, costs less.
    """
    recipients = load_recipients({row.user_id for row in rows}, at)
    defaults = load_defaults({row.organisation_id for row in rows if row.organisation_id})
    pairs = {(row.user_id, row.place) for row in rows if row.place}
    attention = load_attention(pairs)
    seen = {pair for find_lookers in lookers for pair in find_lookers(pairs)} if pairs else set()
    decisions = {}
    for row in rows:
        kind, recipient = find_kind(row.kind), recipients.get(row.user_id)
        pair = (row.user_id, row.place) if row.place else None
        if kind is None or recipient is None or not _is_wanted(kind, attention.get(pair) if pair else None):
            decisions[row.pk] = NOTHING
            continue
        came_at = min(row.updated_at or at, at)  # none yet of a row that is not stored
        decision = _build_decision(kind, recipient, defaults.get(row.organisation_id), came_at)
        if row.organisation_id and not recipient.may_read:
            decision = decision._replace(push=False, mail=False)
        decisions[row.pk] = decision._replace(push=False) if pair in seen else decision
    return decisions


def load_recipients(user_ids: Collection[UUID], at: datetime) -> dict[UUID, Recipient]:
    """Return active humans with what they have chosen, by their ids. One query."""
    users = User.objects.active().filter(pk__in=user_ids, kind=User.Kind.HUMAN)
    return {user_id: _build_recipient(row, at) for user_id, *row in users.values_list(*RECIPIENT_FIELDS)}


def _build_recipient(row: Sequence[Any], at: datetime) -> Recipient:
    email, verified_at, second_factor_due, time_zone, silent_until, choices, mail_pace, quiet_hours, other_zone = row
    zone = find_zone(time_zone) or find_zone(other_zone or "") or UTC
    ends = [silent_until, find_quiet_end(read_week(quiet_hours), at, zone) if quiet_hours else None]
    return Recipient(
        takes_mail=bool(email and verified_at),
        may_read=not second_factor_due,
        choices=choices or {},
        mail_pace=mail_pace or "",
        zone=zone,
        silent_until=max((end for end in ends if end and end > at), default=None),
    )


def find_silence_end(user: User) -> datetime | None:
    """Return until when a user wants silence now, by their word or by quiet hours; None where they don't. One query."""
    now = timezone.now()
    recipient = load_recipients([user.pk], now).get(user.pk)
    return recipient.silent_until if recipient else None


def load_defaults(organisation_ids: Collection[UUID]) -> dict[UUID | None, NotificationDefaults]:
    """Return what organisations suggest, those that suggest something. One query, none without organisations."""
    if not organisation_ids:
        return {}
    rows = NotificationDefaults.objects.filter(organisation__in=organisation_ids)
    return {row.organisation_id: row for row in rows}


def find_defaults(organisation: Organisation) -> NotificationDefaults:
    """Return what an organisation suggests, unsaved where it has never suggested anything. One query."""
    row: NotificationDefaults | None = NotificationDefaults.objects.filter(organisation=organisation).first()
    return row or NotificationDefaults(organisation=organisation)


def find_settings(user: User) -> NotificationSettings:
    """Return what a user has chosen, unsaved where they have never chosen anything. One query."""
    row: NotificationSettings | None = NotificationSettings.objects.filter(user=user).first()
    return row or NotificationSettings(user=user)


def list_keywords(user: User) -> list[str]:
    """Return a user's keywords as they wrote them, in the order in which they did. One query."""
    return list(NotificationKeyword.objects.filter(user=user).order_by("pk").values_list("text", flat=True))


def zone_of(user: User, settings: NotificationSettings) -> ZoneInfo:
    """Return the time zone of a user: of their profile, else that in which they set their quiet hours, else UTC."""
    return find_zone(user.time_zone) or find_zone(settings.time_zone) or UTC


def read_week(stored: Sequence[Sequence[int] | None]) -> Week:
    """Return the quiet hours of settings as they are stored; an empty list has none."""
    return tuple(QuietSpan(*span) if span else None for span in stored) if stored else NO_QUIET_HOURS


def _is_wanted(kind: Kind, attention: Attention | None) -> bool:
    """Tell whether the user wants to hear such a thing of the place, by what they have set for it there."""
    if attention is None or kind.ignores_mute:
        return True
    return attention is Attention.ALL or (attention is Attention.MENTIONS and kind.is_mention)


def _build_decision(
    kind: Kind, recipient: Recipient, defaults: NotificationDefaults | None, came_at: datetime
) -> Decision:
    """Decide about a notification by its kind and by when it came, which may be a while ago."""
    suggested: Mapping[str, Mapping[str, bool]] = defaults.choices if defaults else {}
    channels = (
        resolve_channels(kind.name, kind.defaults, recipient.choices, suggested)
        if kind.is_configurable
        else Channels(*kind.defaults)
    )
    pace = recipient.mail_pace or (defaults.mail_pace if defaults else "") or DEFAULT_PACE
    is_mailed = channels.mail and pace != MailPace.NEVER and recipient.takes_mail and not recipient.is_paused
    is_pushed = channels.push and not recipient.is_paused
    due, silent_until = find_due_time(pace, came_at, recipient.zone), recipient.silent_until
    return Decision(
        in_app=channels.in_app and kind.is_listed,
        push=is_pushed,
        push_after=silent_until if is_pushed else None,
        mail=is_mailed,
        mail_after=max(due, silent_until or due) if is_mailed else None,
    )


def load_suggestions(user: User) -> NotificationDefaults:
    """Return what all organisations of a user suggest alike, unsaved: what one page can show of them. One query."""
    rows = list(NotificationDefaults.objects.filter(organisation__memberships__user=user))
    paces = {row.mail_pace for row in rows}
    return NotificationDefaults(
        choices=combine_suggestions([row.choices for row in rows]),
        mail_pace=(paces.pop() if len(paces) == 1 else "") or DEFAULT_PACE,
    )
