"""React to signals of allauth and Django about sign-ins, addresses and passwords in the browser."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import (
    email_changed,
    email_confirmed,
    password_changed,
    password_reset,
    password_set,
)
from allauth.account.signals import user_logged_in as allauth_user_logged_in
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.utils import timezone

from accounts.authentication_methods import get_sign_in_method
from accounts.email_addresses.services import confirm_address_by_reset, notify_former_address
from accounts.linked_accounts.services import link_account
from accounts.login_attempts.services import record_login_attempt
from accounts.models import LoginAttempt, User
from accounts.passwords.services import mail_password_changed
from accounts.security.lockout import allow_temporarily
from accounts.sessions.services import end_other_sessions, end_session
from accounts.sign_up.first_account import promote_first_confirmed
from lib.web.client import get_ip_address, get_origin, get_user_agent
from lib.web.errors import Conflict


def connect_signals() -> None:
    """Connect the receivers of this module, once, when the app is ready."""
    user_logged_in.connect(record_login)
    user_login_failed.connect(record_failed_login)
    user_logged_out.connect(end_current_session)
    allauth_user_logged_in.connect(link_provider_account)
    email_confirmed.connect(save_confirmation)
    email_changed.connect(mail_former_address)
    password_reset.connect(lift_lockout_after_reset)
    password_reset.connect(confirm_address)
    for changed in (password_changed, password_set, password_reset):
        changed.connect(end_sessions_elsewhere)
        changed.connect(mail_password_notice)


def record_login(request: HttpRequest, user: User, **_: Any) -> None:
    """Record a successful login attempt."""
    record_login_attempt(
        user=user,
        email=user.email or "",
        method=get_sign_in_method(request, user),
        ip_address=get_ip_address(request),
        user_agent=get_user_agent(request),
        origin=get_origin(request),
    )


def link_provider_account(request: HttpRequest, user: User, sociallogin: SocialLogin | None = None, **_: Any) -> None:
    """Link the account at a provider that a user has signed in with by their address, now that they are signed in."""
    if sociallogin is not None and sociallogin.account.pk is None:
        with suppress(Conflict):  # another user has just linked it
            link_account(actor=user, account=sociallogin.account, origin=get_origin(request))


def record_failed_login(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    """Record a failed login attempt."""
    email = User.objects.normalize_email(str(credentials.get("email") or credentials.get("username") or ""))
    user = User.objects.filter(email=email).first()
    record_login_attempt(
        user=user,
        email=email,
        method=LoginAttempt.Method.PASSWORD,
        reason=_get_failure_reason(user),
        ip_address=get_ip_address(request) if request else None,
        user_agent=get_user_agent(request) if request else "",
    )


def save_confirmation(email_address: EmailAddress, **_: Any) -> None:
    """Store when a user's present address was confirmed; the first one of a server may be its administrator's."""
    confirmed = User.objects.filter(pk=email_address.user_id, email=email_address.email)
    if confirmed.update(email_verified_at=timezone.now()):
        promote_first_confirmed(confirmed.get())


def mail_former_address(request: HttpRequest, user: User, from_email_address: EmailAddress | None, **_: Any) -> None:
    """Mail the former address that there is another one, if the user signed in with it."""
    if from_email_address is not None and from_email_address.primary:
        notify_former_address(user, former=from_email_address.email, origin=get_origin(request))


def end_sessions_elsewhere(request: HttpRequest, user: User, **_: Any) -> None:
    """End all sessions but this one after a change of the password."""
    end_other_sessions(user=user, keep_session=getattr(request.session, "public_id", None))


def mail_password_notice(request: HttpRequest, user: User, **_: Any) -> None:
    """Mail a user that they have another password."""
    mail_password_changed(user, origin=get_origin(request))


def lift_lockout_after_reset(request: HttpRequest, user: User, **_: Any) -> None:
    """Let a user who has reset the password sign in from their address, whatever failed before."""
    allow_temporarily(user.email or "", get_ip_address(request))


def confirm_address(user: User, **_: Any) -> None:
    """Confirm the address that a reset link was mailed to; the first one may be the administrator's."""
    confirm_address_by_reset(user)
    promote_first_confirmed(user)


def end_current_session(request: HttpRequest, user: User | None, **_: Any) -> None:
    """End the session by our service, which closes its sockets too; Django would delete the session alone."""
    public_id = getattr(request.session, "public_id", None)
    if user is not None and public_id is not None:
        with suppress(ObjectDoesNotExist):  # ended elsewhere at this moment
            end_session(actor=user, session_id=public_id)


def _get_failure_reason(user: User | None) -> str:
    """Return the reason of a failed login attempt, as REST records it."""
    if user is None:
        return "unknown_email"
    return "wrong_password" if user.is_active else "inactive"
