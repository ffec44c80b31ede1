"""People: how they join, what they say of themselves, how they change their password."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import orjson
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.hashers import check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.errors import Taken
from accounts.lifecycle import tenants
from accounts.models import User
from accounts.services.addresses import clean_address
from accounts.services.invitations import accept_invitation, read_invitation, require_addressee
from accounts.services.names import ATTEMPTS, clean_name, first_free, handle_from
from accounts.services.password_mail import tell_of_new_password
from accounts.services.sessions import end_other_sessions

MAX_METADATA = 16 * 1024
USERNAME_TAKEN = "Somebody has this username already."


def sign_up(
    *, email: str, password: str, name: str, username: str | None = None, invitation: str | None = None
) -> User:
    """A new person. With an invitation they are a member from the start; where SIGNUP is `invite` they need one."""
    user = _newcomer(email=email, password=password, name=name, username=username, invitation=invitation)
    for attempt in range(1, ATTEMPTS + 1):
        if not username:  # others of this name may have come during the hashing
            user.username = suggest_username(name)
        try:
            _enter(user, invitation)
            break
        except IntegrityError as error:
            if username or attempt == ATTEMPTS or User.objects.filter(email=user.email).exists():
                _say_what_is_taken(user, error)
                raise
    return user


def pretend_to_sign_up(
    *, email: str, password: str, name: str, username: str | None = None, invitation: str | None = None
) -> User:
    """Refuse and take what signing up does, for an address that has an account: nobody shall see the difference."""
    user = _newcomer(email=email, password=password, name=name, username=username, invitation=invitation)
    if User.objects.filter(username__iexact=user.username).exists():
        raise Taken("username", USERNAME_TAKEN)
    user.created_at = timezone.now()
    return user


def hides_account_of(email: str) -> bool:
    """Whether there is an account, which only its owner may learn: nobody comes in before they confirm."""
    if settings.ACCOUNT_EMAIL_VERIFICATION != "mandatory":
        return False
    return bool(User.objects.filter(email=User.objects.normalize_email(email)).exists())


def _newcomer(*, email: str, password: str, name: str, username: str | None, invitation: str | None) -> User:
    if settings.SIGNUP == "invite" and not invitation:
        raise PermissionDenied("Signing up needs an invitation here.")
    user = User(
        email=clean_address(email),
        name=clean_name(name),
        username=(username or suggest_username(name)).strip(),
    )
    user.clean_fields(exclude=["password"])
    if invitation:
        require_addressee(read_invitation(invitation), user)
    _validate_password(password, user, field="password")
    # Hashing takes tens of milliseconds: not while holding SQLite's only writer.
    user.password = make_password(password)
    return user


@transaction.atomic
def _enter(user: User, invitation: str | None) -> None:
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, primary=True)
    if invitation:
        accept_invitation(actor=user, token=invitation)


def suggest_username(text: str) -> str:
    """A username that is free now, made from a name or an e-mail address."""
    handle = handle_from(text.partition("@")[0], keep="._", fallback="member")
    return first_free(handle, User.objects.filter(username__startswith=handle[:34]).values_list("username", flat=True))


def update_profile(
    *,
    actor: User,
    name: str | None = None,
    username: str | None = None,
    theme: str | None = None,
    metadata: dict[str, Any] | None = None,
) -> User:
    """Change what is given. Metadata merges by key, and a key set to null goes."""
    try:
        with transaction.atomic():
            user: User = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
            changed = _apply(user, name=name, username=username, theme=theme, metadata=metadata)
            user.save(update_fields=[*changed, "updated_at"])
            if {"name", "username"} & set(changed):
                for tenant in tenants:
                    tenant.user_changed(user=user)
    except IntegrityError as error:
        raise Taken("username", USERNAME_TAKEN) from error
    return user


def change_password(
    *, actor: User, current_password: str, new_password: str, keep_session: UUID | None = None, origin: str = ""
) -> User:
    """A new password for whoever knows the old one; it signs them out everywhere but in `keep_session`.

    Personal tokens go on working.
    """
    if not check_password(current_password, actor.password):
        raise ValidationError({"current_password": "This is not your password."})
    _validate_password(new_password, actor, field="new_password")
    hashed = make_password(new_password)
    with transaction.atomic():
        actor.password = hashed
        actor.save(update_fields=["password", "updated_at"])
        end_other_sessions(user=actor, keep_session=keep_session)
        tell_of_new_password(actor, origin=origin)
    return actor


def _apply(user: User, *, metadata: dict[str, Any] | None, **given: str | None) -> list[str]:
    changes: dict[str, Any] = {field: value.strip() for field, value in given.items() if value is not None}
    if "name" in changes:
        changes["name"] = clean_name(changes["name"])
    if metadata is not None:
        changes["metadata"] = _merge(user.metadata, metadata)
    for field, value in changes.items():
        setattr(user, field, value)
    user.clean_fields(exclude={field.name for field in User._meta.fields} - set(changes))
    return list(changes)


def _merge(known: dict[str, Any], given: dict[str, Any]) -> dict[str, Any]:
    try:
        merged = orjson.dumps({key: value for key, value in (known | given).items() if value is not None})
    except orjson.JSONEncodeError as error:
        raise ValidationError({"metadata": "This can't be kept as JSON."}) from error
    if len(merged) > MAX_METADATA:
        raise ValidationError({"metadata": "At most 16 KB altogether."})
    # Read back, infinity is null: PostgreSQL would refuse it.
    kept: dict[str, Any] = orjson.loads(merged)
    return kept


def _validate_password(password: str, user: User, *, field: str) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise ValidationError({field: error.error_list}) from error


def _say_what_is_taken(user: User, error: IntegrityError) -> None:
    if User.objects.filter(email=user.email).exists():
        raise Taken("email", "Somebody has signed up with this address already.") from error
    if User.objects.filter(username__iexact=user.username).exists():
        raise Taken("username", USERNAME_TAKEN) from error
