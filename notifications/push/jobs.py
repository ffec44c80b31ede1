"""Send pushes: slow calls to services of others, each of which may fail by itself."""

from __future__ import annotations

from datetime import timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from lib.jobs import RetryLater, job
from notifications.models import PushSubscription
from notifications.push.badges import count_badge
from notifications.push.payloads import build_notification_payload, build_topic
from notifications.push.sending import PushDelayed, send_push

TEST_TTL = 60
# Where a service asks for a pause and does not say how long.
PAUSE = timedelta(seconds=30)


@job(queue="push", attempts=2)
def push_test(*, subscription_id: str) -> None:
    """Show a notification in one browser that says that they arrive there."""
    subscription = _find_subscription(subscription_id)
    if subscription is None:
        return
    with translation.override(_choose_language(subscription)):
        text = _("Notifications reach you here, also while no page of Atrium is open.")
        payload = build_notification_payload(
            title=_("It works"), text=text, url="/settings/notifications/", origin=subscription.origin, tag="test",
            language=translation.get_language() or "", badge=count_badge(subscription.user),
        )  # fmt: skip
    _send_or_retry(subscription, payload, ttl=TEST_TTL, urgency="high", topic=build_topic("test"))


def _find_subscription(subscription_id: str) -> PushSubscription | None:
    rows = PushSubscription.objects.deliverable().select_related("user")
    subscription: PushSubscription | None = rows.filter(pk=subscription_id).first()
    return subscription


def _choose_language(subscription: PushSubscription) -> str | None:
    return subscription.user.language or subscription.language or None


def _send_or_retry(subscription: PushSubscription, payload: bytes, *, ttl: int, urgency: str, topic: str) -> None:
    try:
        send_push(subscription, payload, ttl=ttl, urgency=urgency, topic=topic)
    except PushDelayed as error:
        if error.retry_after is None:
            raise
        raise RetryLater(str(error), delay=timedelta(seconds=error.retry_after) or PAUSE) from error
