"""Create and change accounts, for system administrators."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts import hooks
from accounts.allauth_internals import account_settings, user_pk_to_url_str
from accounts.audit.services import record_created, record_updated
from accounts.email_addresses.services import notify_former_address, send_verification
from accounts.mail import mail_after_commit
from accounts.models import Membership, User
from accounts.passwords.services import require_strong_password
from accounts.permissions import require_system_administrator
from accounts.sign_up.services import USERNAME_TAKEN, build_user, save_with_free_username
from accounts.users.services.activation import require_another_administrator
from lib.text.email_addresses import clean_address
from lib.text.names import clean_name
from lib.web.errors import Taken

RIGHTS = ("role", "is_staff", "is_superuser")


def create_user(
    *,
    actor: User,
    email: str,
    name: str,
    username: str | None = None,
    role: str = User.Role.USER,
    password: str | None = None,
    origin: str = "",
) -> User:
    """Create an account for a user. Without a password they get a mail with a link to choose one."""
    require_system_administrator(actor)
    user = build_user(email=email, name=name, username=username)
    for right, value in _get_rights(role).items():
        setattr(user, right, value)
    if password:
        require_strong_password(password, user, field="password")
    # Hashing takes tens of milliseconds: not while holding SQLite's only writer.
    user.password = make_password(password or None)
    with transaction.atomic():
        save_with_free_username(user, lambda: _store_user(actor, user), with_username=username)
        if not password:
            _mail_password_link(actor, user, origin)
    return user


def update_user(
    *,
    actor: User,
    user_id: UUID,
    name: str | None = None,
    username: str | None = None,
    email: str | None = None,
    role: str | None = None,
    origin: str = "",
) -> User:
    """Change the fields that are given. A new address has to be confirmed, and links mailed to the former one are dead.

    Raises `ValidationError` for the address of `actor` itself, which takes their password and so the settings; `Taken`
    for an address or a username of another user; `Conflict` for the role of the last system administrator.
    """
    try:
        with transaction.atomic():
            # The administrators' rows are locked first, in one order: two who demote each other don't deadlock.
            if role == User.Role.USER:
                User.objects.administered_by(actor).get(pk=user_id)
                require_another_administrator(without=user_id)
            user = _lock_user(actor, user_id)
            if user.kind == User.Kind.AGENT:
                raise PermissionDenied(_("An agent is no account that somebody signs in to."))
            changes = _collect_changes(user, name=name, username=username, email=email, role=role)
            if "email" in changes and user == actor:
                raise ValidationError({"email": _("Change your own address in your settings: it takes your password.")})
            _save_and_record_changes(actor, user, changes, origin)
    except IntegrityError as error:
        raise _build_taken_error(user_id, email) from error
    return user


def change_rights(
    *,
    actor: User,
    user_id: UUID,
    role: str,
    is_staff: bool,
    is_superuser: bool,
    groups: Iterable[Group] = (),
    permissions: Iterable[Permission] = (),
) -> User:
    """Set the role of a user and all that they may do in the Django admin. For superusers."""
    rights = {"role": role, "is_staff": is_staff, "is_superuser": is_superuser}
    if not actor.is_superuser:
        raise PermissionDenied(_("Only a superuser hands out rights."))
    with transaction.atomic():
        if rights != _get_rights(User.Role.ADMIN):
            require_another_administrator(without=user_id)
        user: User = User.objects.select_for_update(no_key=True).get(pk=user_id)
        before = {right: getattr(user, right) for right in RIGHTS} | _get_grants(user)
        _save_changes(user, rights)
        user.groups.set(groups)
        user.user_permissions.set(permissions)
        after = rights | _get_grants(user)
        record_updated(actor, user, organisation=None, **{right: (before[right], after[right]) for right in before})
    return user


def _get_rights(role: str) -> dict[str, Any]:
    """Return the fields of a role: a system administrator may do everything in the Django admin."""
    is_admin = role == User.Role.ADMIN
    return {"role": role, "is_staff": is_admin, "is_superuser": is_admin}


def _get_grants(user: User) -> dict[str, list[str]]:
    return {
        "groups": sorted(user.groups.values_list("name", flat=True)),
        "permissions": sorted(user.user_permissions.values_list("codename", flat=True)),
    }


@transaction.atomic
def _store_user(actor: User, user: User) -> None:
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    record_created(actor, user, email=user.email, username=user.username, name=user.name, role=user.role)


def _lock_user(actor: User, user_id: UUID) -> User:
    user: User = User.objects.administered_by(actor).select_for_update(no_key=True).get(pk=user_id)
    return user


def _collect_changes(
    user: User, *, name: str | None, username: str | None, email: str | None, role: str | None
) -> dict[str, Any]:
    """Return the cleaned values that differ from those of the user, by field."""
    given: dict[str, Any] = {}
    if name is not None:
        given["name"] = clean_name(name)
    if username is not None:
        given["username"] = username.strip()
    if email is not None:
        given["email"] = clean_address(email)
    if role is not None and role != user.role:
        given |= _get_rights(role)
    return {field: value for field, value in given.items() if getattr(user, field) != value}


def _save_changes(user: User, changes: dict[str, Any]) -> None:
    for field, value in changes.items():
        setattr(user, field, value)
    user.clean_fields(exclude={field.name for field in User._meta.fields} - set(changes))
    if "username" in changes:
        hooks.hold_handles(user=user)
        if hooks.is_handle_used(user=user, handle=user.username):
            raise Taken("username", USERNAME_TAKEN)
    if "email" in changes:
        user.email_verified_at = None
        changes = changes | {"email_verified_at": None}
    if "name" in changes:
        Membership.objects.copy_name(user.pk, user.name)
    user.save(update_fields=[*changes, "updated_at"])
    if {"name", "username"} & set(changes):
        hooks.user_changed(user=user)


def _save_and_record_changes(actor: User, user: User, changes: dict[str, Any], origin: str) -> None:
    former = {field: getattr(user, field) for field in changes}
    _save_changes(user, changes)
    record_updated(
        actor, user, organisation=None, **{field: (former[field], value) for field, value in changes.items()}
    )
    if "email" in changes:
        _replace_address(user, former=former["email"], origin=origin)


def _replace_address(user: User, *, former: str, origin: str) -> None:
    """Mail both addresses; delete the rows of the former one, since mailed links to confirm it name them."""
    EmailAddress.objects.filter(user=user).delete()
    notify_former_address(user, former=former, origin=origin)
    send_verification(actor=user, origin=origin)


def _build_taken_error(user_id: UUID, email: str | None) -> ValidationError:
    if email and User.objects.exclude(pk=user_id).filter(email=User.objects.normalize_email(email)).exists():
        return Taken("email", _("Somebody has this address already."))
    return Taken("username", USERNAME_TAKEN)


def _mail_password_link(actor: User, user: User, origin: str) -> None:
    key = account_settings.PASSWORD_RESET_TOKEN_GENERATOR().make_token(user)
    path = reverse("account_reset_password_from_key", args=[user_pk_to_url_str(user), key])
    root = origin.rstrip("/")
    mail_after_commit(
        "account_made",
        to=user.email,
        origin=origin,
        user=user,
        maker=actor.name,
        link=f"{root}{path}",
        later=f"{root}{reverse('account_reset_password')}",
    )
