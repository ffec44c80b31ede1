"""Show the page between the first factor and the session, and sign in by passkey."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.allauth_internals import (
    Login,
    LoginStageController,
    get_next_redirect_url,
    perform_login,
    record_authentication,
)
from accounts.mfa.forms import PasskeySignInForm, ProofForm
from accounts.mfa.queries import list_methods
from accounts.mfa.relying_party import find_relying_party
from accounts.mfa.services.factors import Proof
from accounts.mfa.views.proofs import build_proof_context, find_party
from accounts.models import LoginAttempt, Passkey, User
from accounts.security.limits import SIGN_INS
from accounts.sign_in.forms import LoginForm
from accounts.sign_in.services import authenticate_passkey, check_second_factor
from accounts.sign_in.stages import BY_PASSKEY, SecondFactorStage
from lib.web.client import get_ip_address, get_network, get_user_agent
from lib.web.errors import Unauthenticated


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code or a passkey; the right one completes the sign-in."""
    stage = _get_stage(request)
    if stage is None:
        return redirect("account_login")
    form = ProofForm(request.POST or None, party=find_party(request))
    if request.method == "POST" and form.submit(_check_second_factor, request=request, user=stage.user):
        record_authentication(request, stage.user, method=form.result)
        return stage.exit()
    context = {"form": form, "user_email": stage.user.email, "recovery": "recovery" in request.GET}
    context |= build_proof_context(request, stage.user, list_methods(stage.user))
    return render(request, "accounts/sign_in/code.html", context, status=422 if form.errors else 200)


@require_POST
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone, which a script of the sign-in page has asked for."""
    if request.user.is_authenticated or "passkey" not in request.POST:
        return redirect("account_login")
    form = PasskeySignInForm(request.POST)
    if not form.submit(_authenticate_passkey, request=request):
        page = LoginForm(request=request)
        context = {"form": page, "passkey_error": form.error_text, **_build_redirect_field(request)}
        return render(request, "account/login.html", context, status=422)
    user: User = form.result.user
    record_authentication(request, user, method=LoginAttempt.Method.PASSKEY)
    login = Login(user=user, redirect_url=get_next_redirect_url(request), state={BY_PASSKEY: True})
    return perform_login(request, login)


def _build_redirect_field(request: HttpRequest) -> dict[str, str]:
    return {"redirect_field_name": "next", "redirect_field_value": get_next_redirect_url(request) or ""}


@require_POST
def restart_sign_in(request: HttpRequest) -> HttpResponse:
    """Forget the sign-in that waits for a code."""
    stage = _get_stage(request)
    return stage.abort() if stage else redirect("account_login")


def _get_stage(request: HttpRequest) -> SecondFactorStage | None:
    """Return the sign-in that waits for a code here; none once its user is locked out or has another password."""
    stage: SecondFactorStage | None = LoginStageController.enter(request, SecondFactorStage.key)
    if stage is not None and not stage.is_current:
        stage.abort()
        return None
    return stage


def _check_second_factor(*, request: HttpRequest, user: User, proof: Proof) -> str:
    try:
        return check_second_factor(
            user=user,
            proof=proof,
            method=LoginAttempt.Method.SECOND_FACTOR,
            ip_address=get_ip_address(request),
            user_agent=get_user_agent(request),
        )
    except Unauthenticated as error:
        raise ValidationError({"otp": error.detail}) from error


def _authenticate_passkey(*, request: HttpRequest, passkey: dict[str, Any], remember: bool) -> Passkey:
    ip_address = get_ip_address(request)
    SIGN_INS.consume(get_network(ip_address))
    request.session.set_expiry(settings.SESSION_COOKIE_AGE if remember else 0)
    try:
        return authenticate_passkey(
            answer=passkey,
            party=find_relying_party(request),
            ip_address=ip_address,
            user_agent=get_user_agent(request),
        )
    except Unauthenticated as error:
        raise ValidationError(error.detail) from error
