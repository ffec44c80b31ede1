"""Send pushes: slow calls to services of others, each of which may fail by itself."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from lib.jobs import RetryLater, job, move_jobs, recurring
from notifications.models import Notification, PushSubscription, TurnedOffBrowser
from notifications.preferences.queries import choose_channels
from notifications.push.badges import count_badge
from notifications.push.payloads import build_closing_payload, build_notification_payload, build_topic
from notifications.push.sending import PushDelayed, send_push
from notifications.push.texts import QUIET, SUMMARY_TAG, Push, describe_push, find_free_topic

ATTEMPTS = 6
CLOSING_TTL = 24 * 60 * 60
# Where a service asks for a pause and does not say how long.
PAUSE = timedelta(seconds=30)
# Of those that have waited, so many are counted.
MAX_WAITING = 200


@job(queue="push", attempts=ATTEMPTS, gathers="notification_ids")
def push_notifications(*, notification_ids: list[str], subscription_id: str) -> None:
    """Show notifications in one browser in one push, unless they have been read or are not wanted there any more."""
    _push_rows(subscription_id, pk__in=notification_ids)


@job(queue="push", attempts=ATTEMPTS)
def push_waiting(*, subscription_id: str, since: str) -> None:
    """Show in one push what has waited for the end of quiet hours, and is still unread."""
    _push_rows(subscription_id, updated_at__gte=datetime.fromisoformat(since))


@job(queue="push", attempts=2)
def push_test(*, subscription_id: str) -> None:
    """Show a notification in one browser that says that they arrive there."""
    subscription = _find_subscription(subscription_id)
    if subscription is None:
        return
    with translation.override(_choose_language(subscription)):
        text = _("Notifications reach you here, also while no page of Atrium is open.")
        push = Push(_("It works"), text, "/settings/notifications/", "test", "test", ttl=60, urgency="high")
        _send_or_retry(subscription, push)


@job(queue="push", attempts=2)
def close_pushed_notifications(*, subscription_id: str, notification_ids: list[str]) -> None:
    """Take notifications back from one browser that have been read elsewhere."""
    subscription = _find_subscription(subscription_id)
    if subscription is None:
        return
    own = Notification.objects.filter(user=subscription.user)
    summaries = [] if own.unread().exists() else [SUMMARY_TAG]
    payload = build_closing_payload(summaries + notification_ids, badge=count_badge(subscription.user))
    # Where the notifications themselves still wait for the device, this takes their place.
    topic = find_free_topic(notification_ids, own.filter(pk__in=notification_ids))
    _send_payload(subscription, payload, ttl=CLOSING_TTL, urgency="low", topic=topic)


@recurring("23 4 * * *")
@job(queue="push")
def delete_ended_subscriptions() -> None:
    """Delete the subscriptions of browsers that are signed out, and what tells of those turned off 90 days ago."""
    TurnedOffBrowser.objects.expired().delete()
    signed_in = PushSubscription.objects.signed_in().values("pk")
    PushSubscription.objects.exclude(pk__in=signed_in).delete()


def queue_push(subscription_id: str, notification_ids: list[str]) -> None:
    """Let a browser show notifications soon, together with those that wait for it, as while its service is away."""
    waiting = push_notifications.using(unique_key=f"push:{subscription_id}")
    waiting.enqueue(notification_ids=notification_ids, subscription_id=subscription_id)


def hold_push(subscription_id: str, *, until: datetime, since: datetime) -> None:
    """Let what a browser would show now come later, together with all that follows."""
    waiting = push_waiting.using(run_after=until, unique_key=_build_key(subscription_id))
    waiting.enqueue(subscription_id=subscription_id, since=since.isoformat())


def hasten_held_pushes(subscription_ids: Iterable[str]) -> None:
    """Let what is held for browsers come now; where their user still wants silence, it is held again."""
    move_jobs(unique_keys=[_build_key(each) for each in subscription_ids], run_after=timezone.now())


def _build_key(subscription_id: str) -> str:
    return f"push-waiting:{subscription_id}"


def _push_rows(subscription_id: str, **filters: object) -> None:
    subscription = _find_subscription(subscription_id)
    if subscription is None:
        return
    rows = Notification.objects.filter(user=subscription.user, **filters).unread()
    found = list(rows.select_related("actor", "organisation").order_by("-activity_id")[:MAX_WAITING])
    decisions = choose_channels(found, timezone.now())
    wanted = [row for row in found if decisions[row.pk].push]
    later = max((until for row in wanted if (until := decisions[row.pk].push_after)), default=None)
    if later is not None:
        hold_push(subscription_id, until=later, since=min(row.updated_at for row in wanted))
        return
    with translation.override(_choose_language(subscription)):
        if (push := describe_push(wanted, subscription.user)) is not None:
            _send_or_retry(subscription, push)


def _find_subscription(subscription_id: str) -> PushSubscription | None:
    rows = PushSubscription.objects.deliverable().select_related("user")
    subscription: PushSubscription | None = rows.filter(pk=subscription_id).first()
    return subscription


def _choose_language(subscription: PushSubscription) -> str | None:
    return subscription.user.language or subscription.language or None


def _send_or_retry(subscription: PushSubscription, push: Push) -> None:
    payload = build_notification_payload(
        title=push.title,
        text=push.text,
        url=push.url,
        origin=subscription.origin,
        tag=push.tag,
        language=translation.get_language() or "",
        badge=count_badge(subscription.user),
        is_silent=push.urgency in QUIET,
    )
    _send_payload(subscription, payload, ttl=push.ttl, urgency=push.urgency, topic=push.topic)


def _send_payload(subscription: PushSubscription, payload: bytes, *, ttl: int, urgency: str, topic: str) -> None:
    try:
        send_push(subscription, payload, ttl=ttl, urgency=urgency, topic=build_topic(topic))
    except PushDelayed as error:
        if error.retry_after is None:
            raise
        raise RetryLater(str(error), delay=timedelta(seconds=error.retry_after) or PAUSE) from error
