"""Define the schemas of push subscriptions. Their addresses and keys are taken, and never given out."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from lib.text.user_agents import describe_device
from lib.web.schemas import Schema, Timestamp
from notifications.models import PushSecrets, PushSubscription
from notifications.push.errors import describe_error

Key = Annotated[str, StringConstraints(min_length=1, max_length=200)]
# In milliseconds since 1970: the year 9999.
MAX_MILLISECONDS = 253_402_300_799_000


class PushKeysIn(BaseModel):
    """Keys of a subscription, as browsers write them."""

    p256dh: Key
    auth: Key


class PushSubscriptionIn(BaseModel):
    """Subscription, as `PushSubscription.toJSON()` gives it in a browser."""

    endpoint: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    keys: PushKeysIn
    expirationTime: Annotated[int, Field(ge=0, le=MAX_MILLISECONDS)] | None = None  # noqa: N815  the browser's name
    renews: Annotated[str, StringConstraints(max_length=2000)] | None = Field(
        default=None,
        description="The endpoint of the subscription that the browser renews by itself, not at a wish of its user.",
    )

    @property
    def secrets(self) -> PushSecrets:
        return PushSecrets(self.endpoint, self.keys.p256dh, self.keys.auth)

    @property
    def expires_at(self) -> datetime | None:
        return None if self.expirationTime is None else datetime.fromtimestamp(self.expirationTime / 1000, UTC)


class PushSubscriptionOut(Schema):
    """Browser that gets pushes. `last_error` says why the last push did not arrive, and is empty where it did."""

    id: UUID
    device: str
    host: str = Field(description="Of the push service.")
    current: bool = Field(description="It belongs to the session that asks.")
    created_at: Timestamp
    last_success_at: Timestamp | None
    last_error: str
    last_error_at: Timestamp | None

    @classmethod
    def of(cls, subscription: PushSubscription, *, current_id: UUID) -> Self:
        return cls.model_construct(
            id=subscription.pk,
            device=describe_device(subscription.user_agent),
            host=subscription.host,
            current=subscription.session_id == current_id,
            created_at=subscription.created_at,
            last_success_at=subscription.last_success_at,
            last_error=describe_error(subscription.last_error),
            last_error_at=subscription.last_error_at,
        )


class PushTestOut(Schema):
    """To how many browsers a test was sent."""

    sent: int


class PushKeyOut(Schema):
    """The public key that browsers subscribe with."""

    public_key: str
