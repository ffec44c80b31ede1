"""What allauth and Django tell us of sign-ins and passwords in the browser, written into our own rows."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from allauth.account.models import EmailAddress
from allauth.account.signals import email_changed, email_confirmed, password_changed, password_reset, password_set
from allauth.account.signals import user_logged_in as user_came_in
from allauth.socialaccount.models import SocialLogin
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.core.exceptions import ObjectDoesNotExist
from django.http import HttpRequest
from django.utils import timezone

from accounts.authentication_methods import get_sign_in_method
from accounts.email_addresses.services import prove_address_by_reset, tell_former_address
from accounts.linked_accounts.services import connect
from accounts.login_attempts.services import record_login_attempt
from accounts.models import LoginAttempt, User
from accounts.passwords.services import mail_password_changed
from accounts.security.lockout import allow_temporarily
from accounts.sessions.services import end_other_sessions, end_session
from lib.web.client import get_ip_address, get_origin, get_user_agent
from lib.web.errors import Conflict


def listen() -> None:
    user_logged_in.connect(record_success)
    user_login_failed.connect(record_failure)
    user_logged_out.connect(sign_out_here)
    user_came_in.connect(connect_provider)
    email_confirmed.connect(note_verified_address)
    email_changed.connect(tell_former)
    password_reset.connect(trust_after_reset)
    password_reset.connect(prove_address)
    for changed in (password_changed, password_set, password_reset):
        changed.connect(sign_out_elsewhere)
        changed.connect(tell_by_mail)


def record_success(request: HttpRequest, user: User, **_: Any) -> None:
    record_login_attempt(
        user=user,
        email=user.email or "",
        method=get_sign_in_method(request, user),
        ip_address=get_ip_address(request),
        user_agent=get_user_agent(request),
        origin=get_origin(request),
    )


def connect_provider(request: HttpRequest, user: User, sociallogin: SocialLogin | None = None, **_: Any) -> None:
    """Whoever came by a provider with an address of theirs comes by that account from now on: once they are in."""
    if sociallogin is not None and sociallogin.account.pk is None:
        with suppress(Conflict):  # somebody else has just connected it
            connect(actor=user, account=sociallogin.account, origin=get_origin(request))


def record_failure(credentials: dict[str, Any], request: HttpRequest | None = None, **_: Any) -> None:
    email = User.objects.normalize_email(str(credentials.get("email") or credentials.get("username") or ""))
    user = User.objects.filter(email=email).first()
    record_login_attempt(
        user=user,
        email=email,
        method=LoginAttempt.Method.PASSWORD,
        reason=_refusal(user),
        ip_address=get_ip_address(request) if request else None,
        user_agent=get_user_agent(request) if request else "",
    )


def note_verified_address(email_address: EmailAddress, **_: Any) -> None:
    User.objects.filter(pk=email_address.user_id, email=email_address.email).update(email_verified_at=timezone.now())


def tell_former(request: HttpRequest, user: User, from_email_address: EmailAddress | None, **_: Any) -> None:
    """An address that was never theirs to sign in with isn't told."""
    if from_email_address is not None and from_email_address.primary:
        tell_former_address(user, former=from_email_address.email, origin=get_origin(request))


def sign_out_elsewhere(request: HttpRequest, user: User, **_: Any) -> None:
    end_other_sessions(user=user, keep_session=getattr(request.session, "public_id", None))


def tell_by_mail(request: HttpRequest, user: User, **_: Any) -> None:
    mail_password_changed(user, origin=get_origin(request))


def trust_after_reset(request: HttpRequest, user: User, **_: Any) -> None:
    allow_temporarily(user.email or "", get_ip_address(request))


def prove_address(user: User, **_: Any) -> None:
    prove_address_by_reset(user)


def sign_out_here(request: HttpRequest, user: User | None, **_: Any) -> None:
    """Django would drop the session alone; this way its sockets close too."""
    public_id = getattr(request.session, "public_id", None)
    if user is not None and public_id is not None:
        with suppress(ObjectDoesNotExist):  # ended elsewhere in this moment
            end_session(actor=user, session_id=public_id)


def _refusal(user: User | None) -> str:
    """Why the password didn't do, as REST records it."""
    if user is None:
        return "unknown_email"
    return "wrong_password" if user.is_active else "inactive"
