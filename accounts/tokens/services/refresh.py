"""Exchange a refresh token for a new pair, once, and detect a token that was stolen."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.login_attempts.services import record_login_attempt
from accounts.mail import mail_after_commit
from accounts.models import AccessToken, LoginAttempt, RefreshToken, TokenFamily
from accounts.tokens.services.families import TokenPair, add_token_pair, end_family, hash_token
from lib.text.user_agents import describe_device
from lib.web.client import get_network
from lib.web.errors import Unauthenticated

# Tabs of one browser wake up together, and an answer can get lost.
REUSE_GRACE = timedelta(seconds=10)


def refresh_tokens(*, refresh_token: str, ip_address: str | None = None, user_agent: str = "") -> TokenPair:
    """Exchange a refresh token for a new pair.

    A token works once, and for `REUSE_GRACE` again for the client that used it. Any later use, or one by another
    client, ends the whole family, and its user is mailed (RFC 9700, section 4.14.2).
    """
    token = _find_token(refresh_token)
    if token is None or not _is_usable(token):
        raise Unauthenticated("token_invalid", _("This token is unknown, expired or revoked."))
    user_agent = user_agent[:300]
    with transaction.atomic():
        # Compare and swap on the row alone: of several at the same time, the database lets one through.
        if RefreshToken.objects.filter(pk=token.pk, used_at=None).update(used_at=timezone.now()):
            AccessToken.objects.filter(family=token.family, expires_at__lt=timezone.now()).delete()
            TokenFamily.objects.filter(pk=token.family_id).update(ip_address=ip_address, user_agent=user_agent)
            return add_token_pair(token.family)
        if _is_within_grace(token, ip_address, user_agent):
            return add_token_pair(token.family)
    _end_replayed_family(token.family, ip_address, user_agent)
    raise Unauthenticated("token_replayed", _("This token was used before. Sign in again."))


def _find_token(token: str) -> RefreshToken | None:
    return RefreshToken.objects.filter(token_hash=hash_token(token)).select_related("family__user").first()


def _is_usable(token: RefreshToken) -> bool:
    return (
        token.expires_at > timezone.now()
        and token.family.user.is_active
        and TokenFamily.objects.live().filter(pk=token.family_id).exists()
    )


def _is_within_grace(token: RefreshToken, ip_address: str | None, user_agent: str) -> bool:
    """Tell whether the same client has used a token just now.

    The token is read again: another request may have used it meanwhile.
    """
    current = RefreshToken.objects.select_related("family").get(pk=token.pk)
    family = current.family
    return (
        current.used_at is not None
        and timezone.now() - current.used_at <= REUSE_GRACE
        and get_network(family.ip_address) == get_network(ip_address)
        and family.user_agent == user_agent
        and family.revoked_at is None
    )


@transaction.atomic
def _end_replayed_family(family: TokenFamily, ip_address: str | None, user_agent: str) -> None:
    if not end_family(actor=None, family=family):  # another request has just done all this
        return
    user = family.user
    record_login_attempt(
        user=user,
        email=user.email or "",
        method=LoginAttempt.Method.TOKEN,
        reason="token_replayed",
        ip_address=ip_address,
        user_agent=user_agent,
    )
    mail_after_commit(
        "replay",
        to=user.email,
        user=user,
        device=describe_device(user_agent),
        ip_address=ip_address,
        moment=timezone.now(),
    )
