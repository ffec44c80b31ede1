"""Define the schemas of login attempts."""

from __future__ import annotations

from typing import Literal, Self
from uuid import UUID

from accounts.models import LoginAttempt
from lib.web.schemas import Schema, Timestamp


class LoginAttemptOut(Schema):
    """Attempt to sign in as the user, by them or by others. `reason` says why it failed."""

    id: UUID
    method: str
    outcome: Literal["success", "failure"]
    reason: str
    ip_address: str | None
    user_agent: str
    created_at: Timestamp

    @classmethod
    def of(cls, attempt: LoginAttempt) -> Self:
        fields = ("id", "method", "outcome", "reason", "ip_address", "user_agent", "created_at")
        return cls.model_construct(**{field: getattr(attempt, field) for field in fields})
