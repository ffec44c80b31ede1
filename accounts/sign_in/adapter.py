"""Adapt allauth's pages: who may sign up, their messages and mails, where they lead, and the second factor."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from accounts.authentication_methods import get_sign_in_method, has_used_second_factor
from accounts.email_addresses.services import record_confirmation
from accounts.login_attempts.services import record_locked_attempt, record_login_attempt
from accounts.mail import compose_mail
from accounts.mfa.services.enrolment import requires_second_factor
from accounts.models import LoginAttempt, Organisation, User
from accounts.models.invitations import read_token
from accounts.onboarding.views import INVITATION_SHOWN
from accounts.organisations.services.invitations import accept_invitation, read_invitation
from accounts.passwords.services import replace_password
from accounts.security.lockout import count_password_attempt, reset_lockout
from accounts.sign_up.first_account import is_new
from lib.text.email_addresses import clean_address
from lib.web.client import get_ip_address, get_user_agent
from lib.web.errors import TooManyAttempts

# Names of the link that a mail is about, in allauth's contexts.
LINK_KEYS = ("activate_url", "password_reset_url", "signup_url")
# Beginnings of what may be an address to redirect to.
URL_PREFIXES = ("/", "http://", "https://")


class AccountAdapter(DefaultAccountAdapter):
    """Decisions of ours in allauth's sign-up, sign-in and mails."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account has been closed. Ask the administrator."),
        "email_password_mismatch": _("E-mail and password don’t match."),
        "email_taken": _("There is an account with this address already. Sign in instead."),
        "enter_current_password": _("Type your current password."),
        "incorrect_password": _("That’s not your password."),
        "invalid_password_reset": _("This link has been used or has expired."),
        "rate_limited": _("That was quick. Wait a moment and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Tell whether the visitor may sign up: all may, or only holders of an invitation and the very first."""
        return settings.SIGNUP == "open" or _holds_invitation(request) or is_new()

    def is_safe_url(self, url: str) -> bool:
        """Tell whether to redirect to an address; not to what is none, such as `http://[` or the name of a view."""
        try:
            return (url or "").startswith(URL_PREFIXES) and bool(super().is_safe_url(url))
        except ValueError:
            return False

    def clean_email(self, email: str) -> str:
        """Return a normalised address; raise `ValidationError` with messages alone, as a form's field needs it."""
        try:
            return clean_address(email)
        except ValidationError as error:
            raise ValidationError(error.messages) from error

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Store a mail of allauth's, in our layout."""
        link = next((context[name] for name in LINK_KEYS if name in context), "")
        details = {"email": email, "link": link, "site": urlsplit(link).netloc}
        compose_mail(f"{template_prefix}.html", to=email, context=context | details).send()

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirm an address, unless another user has signed up with it since the link was sent."""
        if User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id).exists():
            return False
        with record_confirmation(email_address.user_id):
            return bool(super().confirm_email(request, email_address))

    def set_password(self, user: User, password: str) -> None:
        """Set the password of a user who has followed a reset link."""
        replace_password(user=user, password=password)

    def respond_email_verification_sent(self, request: HttpRequest, user: User | None) -> HttpResponse:
        """Record that the credentials were right, and refuse the sign-in until the address is confirmed."""
        if user is not None:
            record_login_attempt(
                user=user,
                email=user.email or "",
                method=get_sign_in_method(request, user),
                reason="email_unverified",
                ip_address=get_ip_address(request),
                user_agent=get_user_agent(request),
            )
        return super().respond_email_verification_sent(request, user)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count login attempts as REST does: allauth's own count would let a stranger lock the owner out."""
        email, ip_address = credentials.get("email", ""), get_ip_address(request)
        try:
            count_password_attempt(email, ip_address)
        except TooManyAttempts as error:
            record_locked_attempt(
                email=email,
                method=LoginAttempt.Method.PASSWORD,
                ip_address=ip_address,
                user_agent=get_user_agent(request),
            )
            raise ValidationError(str(error)) from error

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """Return the user of valid credentials, and forget the failed login attempts before."""
        user: User | None = super().authenticate(request, **credentials)
        if user is not None:
            reset_lockout(credentials.get("email", ""), get_ip_address(request))
        return user

    def get_login_stages(self) -> list[str]:
        """Return the stages of a sign-in: the second factor comes after every first one."""
        return [*super().get_login_stages(), "accounts.sign_in.stages.SecondFactorStage"]

    def login(self, request: HttpRequest, user: User) -> None:
        """Begin a session. All sign-ins of browsers end here, and none passes without its second factor."""
        if requires_second_factor(user) and not has_used_second_factor(request, user):
            raise PermissionDenied(_("Sign in with two-factor authentication."))
        super().login(request, user)

    def post_login(self, request: HttpRequest, user: User, **details: Any) -> HttpResponse:
        """Redirect after a sign-in; accept the invitation that it leads to if this browser was shown its page."""
        response: HttpResponse = super().post_login(request, user, **details)
        organisation = _accept_pending_invitation(request, user, response.headers.get("Location", ""))
        return redirect(organisation) if organisation else response


def _holds_invitation(request: HttpRequest) -> bool:
    try:
        read_invitation(request.POST.get("invitation", ""))
    except ObjectDoesNotExist:
        return False
    return True


def _accept_pending_invitation(request: HttpRequest, user: User, location: str) -> Organisation | None:
    try:
        match = resolve(urlsplit(location).path)
        if match.view_name != "accounts:join":
            return None
        token = match.kwargs["token"]
        # Anybody can make a link to sign in that goes on to an invitation: its page asks first.
        if request.session.get(INVITATION_SHOWN) != str(read_token(token)):
            return None
        membership, _is_new = accept_invitation(actor=user, token=token)
        return membership.organisation
    except (Resolver404, ObjectDoesNotExist, PermissionDenied):
        # The page it leads to says what is wrong.
        return None
