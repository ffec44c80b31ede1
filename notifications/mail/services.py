"""Mail what is due, unless it was read before, and stop the mails of a user."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from lib.mail.delivery import MailRefused, send_message
from notifications.descriptions import filter_visible
from notifications.mail.composing import compose_unread_mail
from notifications.models import MailPace, Notification, NotificationSettings, PendingMail
from notifications.preferences.queries import choose_channels, load_defaults, load_recipients

# A mail server that answers slowly takes less (`EMAIL_TIMEOUT` for each answer).
CLAIM_TIME = timedelta(minutes=10)


class Claim(NamedTuple):
    """What a job mails now, or until when its user wants silence before."""

    ids: list[UUID]
    silent_until: datetime | None = None


def mail_unread(*, user_id: UUID) -> datetime | None:
    """Mail a user what is due and unread, in one mail, and forget what was read, hidden or given up meanwhile.

    While they want silence it waits: return when that ends, else None. The mail is made right before each attempt to
    send it, so that none says what was read or deleted while a mail server was away. Raise `MailNotSent` where a later
    attempt may succeed: all of it still waits; `MailRefused` where none will. A process that dies between sending and
    forgetting sends it again, with the same Message-ID.
    """
    claim = _claim_due(user_id)
    if not claim.ids:
        return claim.silent_until
    claimed = PendingMail.objects.filter(pk__in=claim.ids)
    try:
        if (message := _compose_due(claimed, user_id)) is not None:
            send_message(message)
    except MailRefused:
        claimed.delete()
        raise
    except BaseException:
        claimed.update(claimed_until=None)
        raise
    claimed.delete()
    return None


def list_due_users() -> list[UUID]:
    """Return the users whose mails are due."""
    due = PendingMail.objects.due(timezone.now())
    return list(due.order_by().values_list("user", flat=True).distinct())


def has_overdue_mails() -> bool:
    """Tell whether anything should have been mailed by now. One query."""
    return PendingMail.objects.due(timezone.now()).exists()


@transaction.atomic
def stop_mails(*, user_id: UUID) -> None:
    """Mail a user nothing any more. Raise User.DoesNotExist for one that is gone."""
    user = User.objects.only("pk").get(pk=user_id)
    settings, _created = NotificationSettings.objects.select_for_update().get_or_create(user=user)
    if settings.mail_pace != MailPace.NEVER:
        settings.mail_pace = MailPace.NEVER
        settings.save(update_fields=["mail_pace", "updated_at"])
    PendingMail.objects.filter(user=user).delete()


@transaction.atomic
def _claim_due(user_id: UUID) -> Claim:
    """Claim what is due to be mailed to a user, so that no other job mails it too; put it off while they want silence.

    What would be mailed to a user who is gone or has paused their notifications is claimed too, and so forgotten.
    """
    now = timezone.now()
    rows = PendingMail.objects.due(now).filter(user=user_id).select_for_update(of=("self",))
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    due = PendingMail.objects.filter(pk__in=ids)
    recipient = load_recipients([user_id], now).get(user_id) if ids else None
    if recipient and recipient.silent_until and not recipient.is_paused:
        due.update(due_at=recipient.silent_until, updated_at=now)
        return Claim([], recipient.silent_until)
    due.update(claimed_until=now + CLAIM_TIME, updated_at=now)
    return Claim(ids)


def _compose_due(claimed: QuerySet[PendingMail], user_id: UUID) -> EmailMessage | None:
    """Return the mail about what is unread, visible and wanted of what was claimed; None where nothing is."""
    now = timezone.now()
    recipient = load_recipients([user_id], now).get(user_id)
    if recipient is None:
        return None
    rows = claimed.select_related("notification__organisation").order_by("notification__activity_id")
    wanted = _filter_wanted([pending.notification for pending in rows], user := User.objects.get(pk=user_id), now)
    if not wanted:
        return None
    defaults = load_defaults({row.organisation_id for row in wanted if row.organisation_id})
    return compose_unread_mail(wanted, user, recipient.zone, defaults)


def _filter_wanted(rows: Sequence[Notification], user: User, now: datetime) -> list[Notification]:
    unread = [row for row in rows if row.read_at is None]
    decisions = choose_channels(unread, now)
    return filter_visible([row for row in unread if decisions[row.pk].mail], user)
