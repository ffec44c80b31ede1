"""What only system administrators do."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.lifecycle import tenants
from accounts.mails import mail_after_commit
from accounts.models import User
from accounts.services.personal_tokens import revoke_all_tokens
from accounts.services.second_factor import forget_second_factor, require_enrolled
from accounts.services.sessions import end_other_sessions
from accounts.services.tokens import end_families


def activate_user(*, actor: User, user_id: UUID) -> User:
    """Let somebody in again who was locked out; they sign in anew."""
    return _set_active(actor, user_id, True)


def deactivate_user(*, actor: User, user_id: UUID) -> User:
    """Lock somebody out at once: their sessions end, all their tokens die, personal ones too, their sockets close."""
    return _set_active(actor, user_id, False)


def sign_out_everywhere(*, actor: User, user_id: UUID) -> None:
    """End all sessions and tokens of somebody, personal ones too; they may sign in again."""
    _require_administrator(actor)
    _end_everything(User.objects.get(pk=user_id))


def take_second_factor_away(*, actor: User, user_id: UUID) -> None:
    """Let somebody in again who has lost app and recovery codes: until they enrol anew, the password alone does."""
    _require_administrator(actor)
    if user_id == actor.pk:
        raise PermissionDenied("Turn off your own in your settings.")
    with transaction.atomic():
        user = User.objects.get(pk=user_id)
        require_enrolled(user)
        forget_second_factor(user)
        end_other_sessions(user=user)
        mail_after_commit("second_factor_removed", to=user.email, user=user)


def end_sign_in(*, actor: User, family_id: UUID) -> None:
    """End one sign-in of one client: its tokens die, its sockets close."""
    _require_administrator(actor)
    end_families(family_ids=[family_id])


def _set_active(actor: User, user_id: UUID, active: bool) -> User:
    _require_administrator(actor)
    with transaction.atomic():
        user: User = User.objects.select_for_update(no_key=True).get(pk=user_id)
        user.is_active = active
        user.save(update_fields=["is_active", "updated_at"])
        if not active:
            _end_everything(user)
        for tenant in tenants:
            tenant.user_changed(user=user)
    return user


@transaction.atomic
def _end_everything(user: User) -> None:
    end_other_sessions(user=user)
    revoke_all_tokens(user=user)


def _require_administrator(actor: User) -> None:
    if actor.role != User.Role.ADMIN:
        raise PermissionDenied("Only a system administrator may do this.")
