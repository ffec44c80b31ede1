"""Define the schemas of active sessions."""

from __future__ import annotations

from typing import Any, Literal, Self
from uuid import UUID

from lib.web.schemas import Schema, Timestamp


class SessionOut(Schema):
    """Sign-in of a browser, or of a REST client with its tokens."""

    id: UUID
    kind: Literal["browser", "token"]
    ip_address: str | None
    user_agent: str
    last_activity: Timestamp | None
    created_at: Timestamp
    current: bool

    @classmethod
    def of(cls, session: Any, *, current_id: UUID) -> Self:
        fields = ("id", "kind", "ip_address", "user_agent", "last_activity", "created_at")
        values = {field: getattr(session, field) for field in fields}
        return cls.model_construct(current=session.id == current_id, **values)
