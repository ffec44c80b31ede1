"""Mail what is due, unless it was read before, and stop the mails of a user."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from notifications.descriptions import filter_visible
from notifications.mail.composing import compose_unread_mail
from notifications.models import MailPace, Notification, NotificationSettings, PendingMail
from notifications.preferences.queries import Recipient, choose_channels, load_defaults, load_recipients


@transaction.atomic
def mail_unread(*, user_id: UUID) -> datetime | None:
    """Mail a user what is due and unread, in one mail, and forget what was read, hidden or given up meanwhile.

    While they want silence it waits: return when that ends, else None. The mail is enqueued in the transaction that
    forgets what it is about: both happen, or neither.
    """
    now = timezone.now()
    due = list(
        PendingMail.objects.select_for_update(of=("self",))
        .filter(user=user_id, due_at__lte=now)
        .select_related("notification__organisation")
        .order_by("notification__activity_id")
    )
    recipient = load_recipients([user_id], now).get(user_id) if due else None
    if recipient and recipient.silent_until and not recipient.is_paused:
        ids = [pending.pk for pending in due]
        PendingMail.objects.filter(pk__in=ids).update(due_at=recipient.silent_until, updated_at=now)
        return recipient.silent_until
    PendingMail.objects.filter(pk__in=[pending.pk for pending in due]).delete()
    if recipient:
        _mail_rows([pending.notification for pending in due], User.objects.get(pk=user_id), recipient, now)
    return None


def list_due_users() -> list[UUID]:
    """Return the users to whom something is due to be mailed."""
    due = PendingMail.objects.filter(due_at__lte=timezone.now())
    return list(due.order_by().values_list("user", flat=True).distinct())


@transaction.atomic
def stop_mails(*, user_id: UUID) -> None:
    """Mail a user nothing any more. Raise User.DoesNotExist for one that is gone."""
    user = User.objects.only("pk").get(pk=user_id)
    settings, _created = NotificationSettings.objects.select_for_update().get_or_create(user=user)
    if settings.mail_pace != MailPace.NEVER:
        settings.mail_pace = MailPace.NEVER
        settings.save(update_fields=["mail_pace", "updated_at"])
    PendingMail.objects.filter(user=user).delete()


def _mail_rows(rows: Sequence[Notification], user: User, recipient: Recipient, now: datetime) -> None:
    unread = [row for row in rows if row.read_at is None]
    decisions = choose_channels(unread, now)
    wanted = filter_visible([row for row in unread if decisions[row.pk].mail], user)
    if wanted:
        defaults = load_defaults({row.organisation_id for row in wanted if row.organisation_id})
        compose_unread_mail(wanted, user, recipient.zone, defaults).send()
