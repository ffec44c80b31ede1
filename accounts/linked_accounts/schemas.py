"""Shapes of providers and linked accounts."""

from __future__ import annotations

from typing import Any, Self

from ninja import Schema

from lib.web.schemas import Timestamp


class ProviderOut(Schema):
    id: str
    name: str
    url: str


class LinkedAccountOut(Schema):
    """An account at a provider. `account` is what it is called there; with `is_last_way` nothing else lets one in."""

    id: int
    provider: str
    provider_name: str
    account: str
    connected_at: Timestamp
    last_used_at: Timestamp
    is_last_way: bool

    @classmethod
    def of(cls, connection: Any) -> Self:
        fields = ("id", "account", "connected_at", "last_used_at", "is_last_way")
        return cls.model_construct(
            provider=connection.provider.id,
            provider_name=connection.provider.name,
            **{field: getattr(connection, field) for field in fields},
        )
