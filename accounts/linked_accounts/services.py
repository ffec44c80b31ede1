"""Accounts elsewhere that people sign in with: which there may be, and which are somebody's."""

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
from accounts.linked_accounts.queries import social_accounts_of
from accounts.mail import mail_after_commit
from accounts.models import User
from lib.web.errors import Conflict

MAX_LINKED_ACCOUNTS = 20


@dataclass(frozen=True, slots=True)
class Provider:
    """Somewhere that people have accounts, as the settings name it."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class LinkedAccount:
    """Somebody's account at a provider. `is_last_way` says that nothing else lets them in."""

    id: int
    provider: Provider
    account: str
    connected_at: datetime
    last_used_at: datetime
    is_last_way: bool


def offered_providers() -> list[Provider]:
    """Those that the settings name, in their order."""
    apps: list[dict[str, Any]] = settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"]  # type: ignore[assignment]
    return [Provider(app["provider_id"], app["name"]) for app in apps]


def get_provider(provider_id: str) -> Provider:
    """One of them, or what is left of one that the settings no longer name."""
    known = {provider.id: provider for provider in offered_providers()}
    return known.get(provider_id) or Provider(provider_id, provider_id.title())


def linked_accounts_of(user: User) -> list[LinkedAccount]:
    """A person's accounts elsewhere, the first one first. One query."""
    accounts = list(social_accounts_of(user))
    return [_build_linked_account(user, account, accounts) for account in accounts]


def link_account(*, actor: User, account: SocialAccount, origin: str = "") -> None:
    """From now on this account lets `actor` in. Nobody else may have it connected."""
    with transaction.atomic():
        kept, is_new = SocialAccount.objects.get_or_create(
            provider=account.provider, uid=account.uid, defaults={"user": actor, "extra_data": account.extra_data}
        )
        if kept.user_id != actor.pk:
            name = get_provider(account.provider).name
            raise Conflict(
                format_lazy(_("That account of {name} is connected to somebody else here."), name=name),
                "connected_elsewhere",
            )
        if is_new:
            if social_accounts_of(actor).count() > MAX_LINKED_ACCOUNTS:
                raise Conflict(
                    format_lazy(_("At most {count} accounts. Disconnect one first."), count=MAX_LINKED_ACCOUNTS),
                    "too_many_connections",
                )
            record_linked_account(actor, kept)
            _mail_notice(actor, "provider_connected", kept, origin)


def unlink_account(*, actor: User, connection_id: int, origin: str = "") -> None:
    """It no longer lets `actor` in, who has to have another way."""
    with transaction.atomic():
        # Held, so that of two at the same time the second finds what the first has left.
        user = User.objects.select_for_update(no_key=True).get(pk=actor.pk)
        accounts = list(social_accounts_of(user))
        account = social_accounts_of(user).get(pk=connection_id)
        if _is_last_sign_in_method(user, account, accounts):
            raise Conflict(_("Nothing else lets you in. Set a password first."), "last_way_in")
        record_updated(actor, user, connections=(describe_account(account), None))
        account.delete()
        _mail_notice(user, "provider_disconnected", account, origin)


def record_linked_account(user: User, account: SocialAccount) -> None:
    """Write down that the account is connected now."""
    record_updated(user, user, connections=(None, describe_account(account)))


def describe_account(account: SocialAccount) -> str:
    """Such as `Google (alice@moreau.example)`."""
    name, inside = get_provider(account.provider).name, _get_account_name(account)
    return f"{name} ({inside})" if inside else name


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
    """An account at a provider that is no longer asked opens nothing."""
    if user.has_usable_password():
        return False
    open_ways = {provider.id for provider in offered_providers()}
    return not any(other.pk != account.pk and other.provider in open_ways for other in accounts)


def _get_account_name(account: SocialAccount) -> str:
    told = account.extra_data if isinstance(account.extra_data, dict) else {}
    return str(told.get("email") or told.get("name") or "")


def _mail_notice(user: User, news: str, account: SocialAccount, origin: str) -> None:
    """So that nobody else changes it unseen."""
    mail_after_commit(
        news,
        to=user.email,
        origin=origin,
        user=user,
        provider=get_provider(account.provider).name,
        account=_get_account_name(account),
        moment=timezone.now(),
    )
