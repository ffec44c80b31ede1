"""Send one push to one browser, and note what became of it."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.utils import timezone

from lib.crypto import DecryptionError
from lib.outbound.client import Answer, send_request
from lib.outbound.errors import AddressRefused, OutboundError, UrlRefused
from notifications.models import PushSecrets, PushSubscription
from notifications.push.encryption import ENCODING, decode_base64url, encrypt_push
from notifications.push.hosts import check_endpoint
from notifications.push.vapid import build_authorization

logger = logging.getLogger(__name__)

SECONDS = 10.0
# Nobody reads more of what a push service says.
MAX_ANSWER_BYTES = 4096
GONE = (404, 410)
DELIVERED = (200, 201, 202, 204)
MAX_RETRY_AFTER = 6 * 60 * 60


class PushDelayed(Exception):
    """A push service that takes no push now; `retry_after` seconds later it may, None where it says nothing."""

    def __init__(self, reason: str, retry_after: int | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


def send_push(subscription: PushSubscription, payload: bytes, *, ttl: int, urgency: str, topic: str = "") -> bool:
    """Send a payload and note the outcome; tell whether the service has taken it.

    A subscription that the service does not know any more is deleted; one that it refuses is kept, since our own key
    may be wrong. Raise PushDelayed where it is worth another try. `ttl` is in seconds, and never 0: such a push reaches
    only devices that are connected in that moment.
    """
    try:
        answer = _post_payload(subscription, payload, ttl=ttl, urgency=urgency, topic=topic)
    except (DecryptionError, ImproperlyConfigured, ValidationError, AddressRefused, UrlRefused) as error:
        logger.warning("No push to %s was sent: %s", subscription.host, type(error).__name__)
        _note_error(subscription, _name_reason(error))
        return False
    except OutboundError as error:
        _note_error(subscription, "unreachable")
        raise PushDelayed(str(error)) from error
    return _note_answer(subscription, answer)


def _post_payload(subscription: PushSubscription, payload: bytes, *, ttl: int, urgency: str, topic: str) -> Answer:
    secrets: PushSecrets = subscription.decrypt_secrets()
    check_endpoint(secrets.endpoint)  # the setting may have changed since
    body = encrypt_push(payload, public_key=decode_base64url(secrets.p256dh), auth=decode_base64url(secrets.auth))
    headers = {
        "Authorization": build_authorization(secrets.endpoint, origin=subscription.origin),
        "Content-Encoding": ENCODING,
        "Content-Type": "application/octet-stream",
        "TTL": str(max(ttl, 1)),
        "Urgency": urgency,
    }
    if topic:
        headers["Topic"] = topic
    return send_request(
        secrets.endpoint, method="POST", headers=headers, body=body, seconds=SECONDS, max_bytes=MAX_ANSWER_BYTES
    )


def _note_answer(subscription: PushSubscription, answer: Answer) -> bool:
    if answer.status in DELIVERED:
        PushSubscription.objects.filter(pk=subscription.pk).update(last_success_at=timezone.now(), last_error="")
        return True
    if answer.status in GONE:
        PushSubscription.objects.filter(pk=subscription.pk).delete()
        return False
    _note_error(subscription, f"status-{answer.status}")
    if answer.status == 429 or answer.status >= 500:
        reason = f"{subscription.host} answers {answer.status}"
        raise PushDelayed(reason, _read_retry_after(answer.headers.get("retry-after", "")))
    logger.warning("%s refuses a push: %s", subscription.host, answer.status)
    return False


def _note_error(subscription: PushSubscription, reason: str) -> None:
    rows = PushSubscription.objects.filter(pk=subscription.pk)
    rows.update(last_error=reason, last_error_at=timezone.now())


def _name_reason(error: Exception) -> str:
    if isinstance(error, DecryptionError):
        return "undecryptable"
    return "no-key" if isinstance(error, ImproperlyConfigured) else "forbidden-host"


def _read_retry_after(value: str) -> int | None:
    """Return the seconds of a header Retry-After, which has a number or a date, None for anything else."""
    if value.isdecimal():
        return min(int(value[:9]), MAX_RETRY_AFTER)
    try:
        moment = parsedate_to_datetime(value)
    except ValueError:
        return None
    seconds = ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - datetime.now(UTC)).total_seconds()
    return min(max(round(seconds), 0), MAX_RETRY_AFTER)
