"""Store browser sessions as rows that their user can list and end.

A row has only a hash of the key that the cookie holds, so a copy of the database signs its reader in as no user.
"""

from __future__ import annotations

import hashlib
from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models

from accounts.models.base import new_id
from accounts.models.users import User


class Session(AbstractBaseSession):
    """Django's session with its user, IP address and device. `session_key` holds a hash of the key in the cookie."""

    public_id = models.UUIDField(unique=True, default=new_id, editable=False, help_text="The key itself is a secret.")
    user = models.ForeignKey(User, null=True, blank=True, on_delete=models.CASCADE, related_name="sessions")
    ip_address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    last_activity = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[BaseSessionManager] = BaseSessionManager()

    class Meta(AbstractBaseSession.Meta):
        abstract = False

    def __str__(self) -> str:
        return f"session of {self.user}"

    @staticmethod
    def hash_key(session_key: str) -> str:
        """Return the hash that `session_key` holds. A key has 165 random bits, so an unsalted hash is safe."""
        return hashlib.blake2b(session_key.encode(errors="replace"), digest_size=20).hexdigest()

    @classmethod
    def get_session_store_class(cls) -> type:
        from accounts.session_store import SessionStore

        return SessionStore
