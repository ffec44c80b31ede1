"""Shapes of providers and linked accounts."""

from __future__ import annotations

from typing import Any, Self

from lib.web.schemas import Schema, Timestamp


class ProviderOut(Schema):
    """A provider that users sign in with."""

    id: str
    name: str
    url: str


class LinkedAccountOut(Schema):
    """An account at a provider. `account` is its name there; with `is_last_way` it is the only way to sign in."""

    id: int
    provider: str
    provider_name: str
    account: str
    connected_at: Timestamp
    last_used_at: Timestamp
    is_last_way: bool

    @classmethod
    def of(cls, linked: Any) -> Self:
        """Return the shape of a `services.LinkedAccount`."""
        fields = ("id", "account", "connected_at", "last_used_at", "is_last_way")
        return cls.model_construct(
            provider=linked.provider.id,
            provider_name=linked.provider.name,
            **{field: getattr(linked, field) for field in fields},
        )
