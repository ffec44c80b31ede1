"""Subscribe browsers to web push, and end that."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from lib.crypto import DecryptionError, rotate
from lib.rate_limit import RateLimit
from lib.web.errors import Conflict
from notifications.models import PushSecrets, PushSubscription, TurnedOffBrowser, hash_endpoint
from notifications.push.encryption import AUTH_BYTES, decode_base64url, load_point
from notifications.push.hosts import check_endpoint
from notifications.push.jobs import push_test

MAX_DEVICES = 20
TESTS = RateLimit("push-tests", attempts=20, seconds=600)


@transaction.atomic
def save_push_subscription(
    *,
    actor: User,
    session_id: UUID,
    secrets: PushSecrets,
    origin: str,
    user_agent: str = "",
    language: str = "",
    expires_at: datetime | None = None,
    renews: str | None = None,
) -> PushSubscription:
    """Subscribe a browser of the actor, or renew that; of more than 20, the one that was renewed first ends.

    A browser that another user has subscribed is the actor's from now on. `renews` is the address of what a browser
    renews by itself. Raise Conflict where a user has turned that off, ValidationError for an address that no push is
    sent to, for keys that are none, and for a browser whose keys were others: it is not the one that it says.
    """
    target = check_endpoint(secrets.endpoint)
    _check_keys(secrets)
    endpoint_hash = hash_endpoint(secrets.endpoint)
    if renews is not None:
        _refuse_turned_off({endpoint_hash, hash_endpoint(renews)})
    rows = PushSubscription.objects.select_for_update(of=("self",))
    known = rows.filter(endpoint_hash=endpoint_hash).first()
    if known is not None and known.user_id != actor.pk and not _has_secrets(known, secrets):
        raise ValidationError({"keys": _("These aren’t the keys of this subscription.")})
    subscription: PushSubscription
    subscription, is_new = PushSubscription.objects.update_or_create(
        endpoint_hash=endpoint_hash,
        defaults={
            "user": actor,
            "session_id": session_id,
            "host": target.host[:253],
            "secrets": PushSubscription.encrypt_secrets(secrets),
            "origin": origin,
            "user_agent": user_agent,
            "language": language,
            "expires_at": expires_at,
        },
    )
    if is_new:
        _delete_surplus(actor)
        TurnedOffBrowser.objects.filter(endpoint_hash=endpoint_hash).delete()
    return subscription


@transaction.atomic
def delete_push_subscription(*, actor: User, subscription_id: UUID) -> None:
    """End the subscription of one of the actor's browsers, which renews it no more."""
    subscription = PushSubscription.objects.owned_by(actor).get(pk=subscription_id)
    TurnedOffBrowser.objects.get_or_create(endpoint_hash=subscription.endpoint_hash, defaults={"user": actor})
    subscription.delete()


@transaction.atomic
def send_push_test(*, actor: User, subscription_id: UUID | None = None) -> int:
    """Send a push to one of the actor's browsers, or to all; return to how many. 20 times in ten minutes."""
    TESTS.consume(str(actor.pk))
    mine = PushSubscription.objects.owned_by(actor)
    subscriptions = list(mine.order_by("pk")) if subscription_id is None else [mine.get(pk=subscription_id)]
    for subscription in subscriptions:
        push_test.enqueue(subscription_id=str(subscription.pk))
    return len(subscriptions)


def rotate_push_secrets() -> int:
    """Encrypt the secrets of subscriptions anew by the key that comes first now; return how many there were."""
    count = 0
    for pk, secrets in PushSubscription.objects.values_list("pk", "secrets"):
        with suppress(DecryptionError):  # its user is told that it can't be used any more
            count += PushSubscription.objects.filter(pk=pk, secrets=secrets).update(secrets=rotate(secrets))
    return count


def _refuse_turned_off(endpoint_hashes: set[str]) -> None:
    if TurnedOffBrowser.objects.filter(endpoint_hash__in=endpoint_hashes).exists():
        raise Conflict(_("Pushes to this device were turned off."), code="turned_off")


def _check_keys(secrets: PushSecrets) -> None:
    try:
        load_point(decode_base64url(secrets.p256dh))
        if len(decode_base64url(secrets.auth)) != AUTH_BYTES:
            raise ValueError
    except ValueError as error:
        raise ValidationError({"keys": _("These are no keys of a push subscription.")}) from error


def _has_secrets(subscription: PushSubscription, secrets: PushSecrets) -> bool:
    try:
        return subscription.decrypt_secrets() == secrets
    except DecryptionError:
        return True  # encrypted by a key that is gone: it is of no use to its user either


def _delete_surplus(user: User) -> None:
    kept = PushSubscription.objects.owned_by(user).order_by("-updated_at").values_list("pk", flat=True)
    PushSubscription.objects.filter(pk__in=list(kept[MAX_DEVICES : MAX_DEVICES * 2])).delete()
