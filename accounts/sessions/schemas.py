"""Shapes of active sessions."""

from __future__ import annotations

from typing import Any, Literal, Self
from uuid import UUID

from ninja import Schema

from lib.web.schemas import Timestamp


class SessionOut(Schema):
    """A browser, or a REST client with its tokens."""

    id: UUID
    kind: Literal["browser", "token"]
    ip_address: str | None
    user_agent: str
    last_activity: Timestamp | None
    created_at: Timestamp
    current: bool

    @classmethod
    def of(cls, place: Any, *, here: UUID) -> Self:
        fields = ("id", "kind", "ip_address", "user_agent", "last_activity", "created_at")
        return cls.model_construct(current=place.id == here, **{field: getattr(place, field) for field in fields})
