"""Lock users out and let them in again, for system administrators."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts import hooks
from accounts.audit.services import Change, record_updated
from accounts.models import Membership, Organisation, User
from accounts.sessions.services import end_other_sessions
from accounts.tokens.services.personal import revoke_all_tokens
from lib.web.errors import Conflict


def activate_user(*, actor: User, user_id: UUID) -> User:
    """Let a user who was locked out sign in again."""
    return _set_active(actor, user_id, True)


def deactivate_user(*, actor: User, user_id: UUID) -> User:
    """Lock a user out at once: end their sessions and all their tokens, personal ones too, and close their sockets.

    Raises `PermissionDenied` for `actor` itself, `Conflict` for the last system administrator and for the last owner of
    an organisation with other members.
    """
    User.objects.administered_by(actor).get(pk=user_id)
    if user_id == actor.pk:
        raise PermissionDenied(_("You can’t lock yourself out."))
    with transaction.atomic():
        _require_other_owners(user_id)
        require_another_administrator(without=user_id)
        return _set_active(actor, user_id, False)


def require_another_administrator(*, without: UUID) -> None:
    """Refuse to take the last system administrator away. Locks the administrators' rows until the commit."""
    administrators = User.objects.administrators().select_for_update(no_key=True).order_by("pk")
    if {administrator.pk for administrator in administrators} == {without}:
        raise Conflict(
            _("This is the last system administrator: make somebody else one first."), code="last_administrator"
        )


def sign_out_everywhere(*, actor: User, user_id: UUID) -> None:
    """End all sessions and tokens of a user, personal ones too; they may sign in again."""
    with transaction.atomic():
        user = User.objects.administered_by(actor).get(pk=user_id)
        record_updated(actor, user, organisation=None, **_end_all_access(user))


def _set_active(actor: User, user_id: UUID, active: bool) -> User:
    with transaction.atomic():
        user: User = User.objects.administered_by(actor).select_for_update(no_key=True).get(pk=user_id)
        former, user.is_active = user.is_active, active
        user.save(update_fields=["is_active", "updated_at"])
        ended = {} if active else _end_all_access(user)
        record_updated(actor, user, organisation=None, is_active=(former, active), **ended)
        hooks.user_changed(user=user)
    return user


def _require_other_owners(user_id: UUID) -> None:
    """Refuse to take the last owner from an organisation in which other users can sign in."""
    owned = Organisation.objects.filter(memberships__user=user_id, memberships__role=Membership.Role.OWNER)
    for organisation in owned.select_for_update(of=("self",), no_key=True).order_by("pk"):
        others = organisation.memberships.exclude(user=user_id)
        remaining = others.filter(user__kind=User.Kind.HUMAN, user__is_active=True)
        if remaining.exists() and not others.reachable_owners().exists():
            raise Conflict(
                format_lazy(
                    _("{organisation} would have no owner: make somebody else its owner first."),
                    organisation=organisation.name,
                ),
                code="last_owner",
            )


def _end_all_access(user: User) -> dict[str, Change]:
    """End all sessions and tokens; return the changes for the audit entry, from how many there were to none."""
    return {"sign_ins": (end_other_sessions(user=user), 0), "tokens": (revoke_all_tokens(user=user), 0)}
