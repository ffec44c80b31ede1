"""Subscribe browsers to web push over REST."""

from __future__ import annotations

from uuid import UUID

from django.utils.translation import get_language
from ninja import Query, Router, Status

from accounts.requests import ApiRequest
from lib.web.client import get_origin, get_user_agent
from lib.web.openapi import MOMENT, OTHER_ID, list_problems, show_example, wrap_page
from lib.web.pagination import PageQuery, paginate
from lib.web.schemas import Page
from notifications.models import PushSubscription
from notifications.push import services
from notifications.push.schemas import PushKeyOut, PushSubscriptionIn, PushSubscriptionOut, PushTestOut
from notifications.push.vapid import get_public_key

router = Router(tags=["notifications"])

PUBLIC_KEY = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SUBSCRIPTION = {
    "endpoint": "https://updates.push.services.mozilla.com/wpush/v2/gAAAAABq0",
    "keys": {"p256dh": PUBLIC_KEY, "auth": "BTBZMqHH6r4Tts7J_aSIgg"},
    "expirationTime": None,
}
DEVICE = {
    "id": OTHER_ID,
    "device": "Firefox on Linux",
    "host": "updates.push.services.mozilla.com",
    "current": True,
    "created_at": MOMENT,
    "last_success_at": MOMENT,
    "last_error": "",
    "last_error_at": None,
}


@router.get("/me/push-subscriptions", response=Page[PushSubscriptionOut], openapi_extra=show_example(wrap_page(DEVICE)))
def list_push_subscriptions(request: ApiRequest, page: Query[PageQuery]) -> Page[PushSubscriptionOut]:
    """List the user's browsers that get pushes, newest first."""
    rows = PushSubscription.objects.owned_by(request.auth)
    return paginate(
        rows, page, lambda row: PushSubscriptionOut.of(row, current_id=request.session_id), newest_first=True
    )


@router.post(
    "/me/push-subscriptions",
    response={201: PushSubscriptionOut, **list_problems(409, 422)},
    openapi_extra=show_example(DEVICE, status=201, body=SUBSCRIPTION),
)
def save_push_subscription(request: ApiRequest, body: PushSubscriptionIn) -> Status[PushSubscriptionOut]:
    """Subscribe a browser to pushes, or renew that: browsers send what they have with each page.

    It ends with the session. A user can have 20: with one more, the one that was renewed first ends. What `renews` one
    that was turned off is refused as `turned_off`, and the browser ends it too.
    """
    subscription = services.save_push_subscription(
        actor=request.auth,
        session_id=request.session_id,
        secrets=body.secrets,
        expires_at=body.expires_at,
        renews=body.renews,
        origin=get_origin(request),
        user_agent=get_user_agent(request),
        language=get_language() or "",
    )
    return Status(201, PushSubscriptionOut.of(subscription, current_id=request.session_id))


@router.get(
    "/me/push-subscriptions/key",
    response=PushKeyOut,
    openapi_extra=show_example({"public_key": PUBLIC_KEY}),
)
def get_push_key(request: ApiRequest) -> PushKeyOut:
    """Return the server's public key, `applicationServerKey` of a browser's subscription (VAPID)."""
    return PushKeyOut(public_key=get_public_key())


@router.post(
    "/me/push-subscriptions/test",
    response={202: PushTestOut, **list_problems(429)},
    openapi_extra=show_example({"sent": 1}, status=202),
)
def test_push_subscriptions(request: ApiRequest) -> Status[PushTestOut]:
    """Send a push to all of the user's browsers. The list says later where it has arrived."""
    return Status(202, PushTestOut(sent=services.send_push_test(actor=request.auth)))


@router.post(
    "/me/push-subscriptions/{subscription_id}/test",
    response={202: PushTestOut, **list_problems(429)},
    openapi_extra=show_example({"sent": 1}, status=202),
)
def test_push_subscription(request: ApiRequest, subscription_id: UUID) -> Status[PushTestOut]:
    """Send a push to one of the user's browsers. The list says later whether it has arrived."""
    return Status(202, PushTestOut(sent=services.send_push_test(actor=request.auth, subscription_id=subscription_id)))


@router.delete("/me/push-subscriptions/{subscription_id}", response={204: None})
def delete_push_subscription(request: ApiRequest, subscription_id: UUID) -> Status[None]:
    """End the pushes to one of the user's browsers."""
    services.delete_push_subscription(actor=request.auth, subscription_id=subscription_id)
    return Status(204, None)
