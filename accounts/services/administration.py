"""What only system administrators do."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.lifecycle import tenants
from accounts.models import User
from accounts.services.sessions import end_other_sessions


def activate_user(*, actor: User, user_id: UUID) -> User:
    """Let somebody in again who was locked out; they sign in anew."""
    return _set_active(actor, user_id, True)


def deactivate_user(*, actor: User, user_id: UUID) -> User:
    """Lock somebody out at once: their sessions end, their tokens die, their sockets close."""
    return _set_active(actor, user_id, False)


def _set_active(actor: User, user_id: UUID, active: bool) -> User:
    if actor.role != User.Role.ADMIN:
        raise PermissionDenied("Only a system administrator may do this.")
    with transaction.atomic():
        user: User = User.objects.select_for_update(no_key=True).get(pk=user_id)
        user.is_active = active
        user.save(update_fields=["is_active", "updated_at"])
        if not active:
            end_other_sessions(user=user)
        for tenant in tenants:
            tenant.user_changed(user=user)
    return user
