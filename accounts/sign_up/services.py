"""Create the accounts of users who sign up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_created
from accounts.linked_accounts.services import record_linked_account
from accounts.models import User
from accounts.organisations.services.invitations import accept_invitation, read_invitation, require_addressee
from accounts.passwords.services import require_strong_password
from accounts.sign_up.first_account import is_new, must_confirm, promote_first_account
from lib.text.email_addresses import clean_address
from lib.text.names import clean_name
from lib.text.slugs import HandleTaken, make_handle, pick_free_handle, store_with_free_handle
from lib.text.usernames import RESERVED
from lib.web.errors import Taken

INVITATION_NEEDED = _("Signing up needs an invitation here.")
USERNAME_TAKEN = _("Somebody has this username already.")


def sign_up(
    *, email: str, password: str, name: str, username: str | None = None, invitation: str | None = None
) -> User:
    """Create a user with a password. An `invitation` makes them a member too; where SIGNUP is `invite` it is needed.

    Raises `Taken` for an address or a username that another user has, `Invitation.DoesNotExist` for a dead link.
    """
    user = prepare_user(email=email, password=password, name=name, username=username, invitation=invitation)
    save_with_free_username(user, lambda: store_user(user, invitation), with_username=username)
    return user


def build_user(*, email: str, name: str, username: str | None = None) -> User:
    """Return a new user with clean fields, not yet stored. Without a username, make a free one from the name."""
    user = User(
        email=clean_address(email),
        name=clean_name(name),
        username=(username or suggest_username(name)).strip(),
    )
    user.clean_fields(exclude=["password"])
    return user


def save_with_free_username(user: User, store: Callable[[], None], *, with_username: str | None) -> None:
    """Store a new user by `store()`: with the username they chose, else with the first one that is free by then.

    Raises `Taken` for an address or a chosen username that another user has.
    """

    def store_as(username: str) -> None:
        user.username = username
        store()

    try:
        store_with_free_handle(
            store_as,
            chosen=user.username if with_username else None,
            # Asked for again: users of the same name may have signed up during the hashing.
            suggest=lambda: suggest_username(user.name),
            is_taken=lambda _username: not User.objects.filter(email=user.email).exists(),
        )
    except (HandleTaken, IntegrityError) as error:
        _raise_taken(user, error)
        raise


def simulate_sign_up(
    *, email: str, password: str, name: str, username: str | None = None, invitation: str | None = None
) -> User:
    """Do what `sign_up` does, for an address that has an account, and take it back; return the user that is not stored.

    It refuses the same input and takes as long, so that strangers don't learn of the account.
    """
    user = prepare_user(email=email, password=password, name=name, username=username, invitation=invitation)
    with transaction.atomic():
        User.objects.filter(email=user.email).update(email=None)
        save_with_free_username(user, lambda: store_user(user, invitation), with_username=username)
        transaction.set_rollback(True)
    return user


def must_hide_account(email: str) -> bool:
    """Tell whether an address has an account that only its owner may learn of.

    That is so where addresses are confirmed before the first sign-in.
    """
    if not must_confirm():
        return False
    return bool(User.objects.filter(email=User.objects.normalize_email(email)).exists())


def prepare_user(*, email: str, password: str | None, name: str, username: str | None, invitation: str | None) -> User:
    """Return a new user who may sign up, with the password hashed, not yet stored. None: without a password.

    Raises `PermissionDenied` where SIGNUP asks for an invitation, and for the invitation of another address.
    """
    if settings.SIGNUP == "invite" and not invitation and not is_new():
        raise PermissionDenied(INVITATION_NEEDED)
    user = build_user(email=email, name=name, username=username)
    if invitation:
        require_addressee(read_invitation(invitation), user)
    if password is not None:
        require_strong_password(password, user, field="password")
    # Hashing takes tens of milliseconds: not while holding SQLite's only writer.
    user.password = make_password(password)
    return user


@transaction.atomic
def store_user(user: User, invitation: str | None, account: SocialAccount | None = None) -> None:
    """Store a new user with their address, the account at a provider that they came by, and their membership.

    The first one of a new server becomes system administrator, at once or as soon as the address is confirmed, and
    needs no invitation. Raises `PermissionDenied` for another who has none where SIGNUP asks for it.
    """
    is_first = promote_first_account(user)
    if settings.SIGNUP == "invite" and not invitation and not is_first:
        raise PermissionDenied(INVITATION_NEEDED)
    user.save(force_insert=True)
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=user.email_verified_at is not None)
    fields: dict[str, Any] = {"name": user.name, "username": user.username, "email": user.email}
    record_created(user, user, **fields | ({"role": user.role} if user.role == User.Role.ADMIN else {}))
    if account is not None:
        account.user = user
        account.save(force_insert=True)
        record_linked_account(user, account)
    if invitation:
        accept_invitation(actor=user, token=invitation)


def suggest_username(text: str) -> str:
    """Return a username that no user has at this moment, made from a name or an e-mail address."""
    handle = make_handle(text.partition("@")[0], keep="._", fallback="member")
    taken = User.objects.filter(username__startswith=handle[:34]).values_list("username", flat=True)
    return pick_free_handle(handle, [*taken, *RESERVED])


def _raise_taken(user: User, error: Exception) -> None:
    if User.objects.filter(email=user.email).exists():
        raise Taken("email", _("Somebody has signed up with this address already.")) from error
    if User.objects.filter(username__iexact=user.username).exists():
        raise Taken("username", USERNAME_TAKEN) from error
