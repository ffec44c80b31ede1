"""Link and unlink the accounts at providers that users sign in with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_updated
from accounts.linked_accounts.queries import linked_rows_of
from accounts.mail import mail_after_commit
from accounts.models import User
from lib.web.errors import Conflict

MAX_LINKED_ACCOUNTS = 20


@dataclass(frozen=True, slots=True)
class Provider:
    """An OpenID Connect provider of the settings."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """A user's account at a provider. With `is_last_way` the user has no other way to sign in."""

    id: int
    provider: Provider
    account: str
    connected_at: datetime
    last_used_at: datetime
    is_last_way: bool


def offered_providers() -> list[Provider]:
    """Return the providers of the settings, in their order."""
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]
    return [Provider(app["provider_id"], app["name"]) for app in apps]


def get_provider(provider_id: str) -> Provider:
    """Return the provider with an id; where the settings no longer name it, with a name made from the id."""
    offered = {provider.id: provider for provider in offered_providers()}
    return offered.get(provider_id) or Provider(provider_id, provider_id.title())


def linked_accounts_of(user: User) -> list[LinkedAccount]:
    """Return a user's linked accounts, the first linked first. One query."""
    accounts = list(linked_rows_of(user))
    return [_build_linked_account(user, account, accounts) for account in accounts]


def link_account(*, actor: User, account: SocialAccount, origin: str = "") -> None:
    """Let an account at a provider sign `actor` in, and mail them so; linking it again changes nothing.

    Raises `Conflict` where another user has linked it, and for more than `MAX_LINKED_ACCOUNTS`.
    """
    with transaction.atomic():
        linked, is_new = SocialAccount.objects.get_or_create(
            provider=account.provider, uid=account.uid, defaults={"user": actor, "extra_data": account.extra_data}
        )
        if linked.user_id != actor.pk:
            name = get_provider(account.provider).name
            raise Conflict(
                format_lazy(_("That account of {name} is connected to somebody else here."), name=name),
                "connected_elsewhere",
            )
        if is_new:
            if linked_rows_of(actor).count() > MAX_LINKED_ACCOUNTS:
                raise Conflict(
                    format_lazy(_("At most {count} accounts. Disconnect one first."), count=MAX_LINKED_ACCOUNTS),
                    "too_many_connections",
                )
            record_linked_account(actor, linked)
            _mail_notice(actor, "provider_connected", linked, origin)


def unlink_account(*, actor: User, account_id: int, origin: str = "") -> None:
    """Delete a linked account, so that it no longer signs `actor` in, and mail them so.

    Raises `Conflict` where `actor` has no other way to sign in.
    """
    with transaction.atomic():
        # Locked, so that of two at the same time the second finds what the first has left.
        user = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        accounts = list(linked_rows_of(user))
        account = linked_rows_of(user).get(pk=account_id)
        if _is_last_sign_in_method(user, account, accounts):
            raise Conflict(_("It is your only way to sign in. Set a password first."), "last_way_in")
        record_updated(actor, user, connections=(describe_account(account), None))
        account.delete()
        _mail_notice(user, "provider_disconnected", account, origin)


def record_linked_account(user: User, account: SocialAccount) -> None:
    """Write an audit entry for a new linked account."""
    record_updated(user, user, connections=(None, describe_account(account)))


def describe_account(account: SocialAccount) -> str:
    """Return the provider and the account's name there, such as `Google (alice@moreau.example)`."""
    provider, name = get_provider(account.provider).name, _get_account_name(account)
    return f"{provider} ({name})" if name else provider


def _build_linked_account(user: User, account: SocialAccount, accounts: list[SocialAccount]) -> LinkedAccount:
    return LinkedAccount(
        id=account.pk,
        provider=get_provider(account.provider),
        account=_get_account_name(account),
        connected_at=account.date_joined,
        last_used_at=account.last_login,
        is_last_way=_is_last_sign_in_method(user, account, accounts),
    )


def _is_last_sign_in_method(user: User, account: SocialAccount, accounts: list[SocialAccount]) -> bool:
    """Tell whether a user could no longer sign in without an account.

    Accounts at providers that the settings no longer name don't count.
    """
    if user.has_usable_password():
        return False
    offered = {provider.id for provider in offered_providers()}
    return not any(other.pk != account.pk and other.provider in offered for other in accounts)


def _get_account_name(account: SocialAccount) -> str:
    claims = account.extra_data if isinstance(account.extra_data, dict) else {}
    return str(claims.get("email") or claims.get("name") or "")


def _mail_notice(user: User, template: str, account: SocialAccount, origin: str) -> None:
    """Mail the change to its user, who may not have made it."""
    mail_after_commit(
        template,
        to=user.email,
        origin=origin,
        user=user,
        provider=get_provider(account.provider).name,
        account=_get_account_name(account),
        moment=timezone.now(),
    )
