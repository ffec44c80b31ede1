"""Show the page between the first factor and the session, which asks for a code."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.allauth_internals import LoginStageController, record_authentication
from accounts.mfa.forms import CodeForm
from accounts.models import LoginAttempt, User
from accounts.sign_in.services import check_code
from accounts.sign_in.stages import SecondFactorStage
from lib.web.client import get_ip_address, get_user_agent
from lib.web.errors import Unauthenticated


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def ask_for_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code; the right one completes the sign-in."""
    stage = _get_stage(request)
    if stage is None:
        return redirect("account_login")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.submit(_check_code, request=request, user=stage.user):
        record_authentication(request, stage.user, method=form.result)
        return stage.exit()
    context = {"form": form, "user_email": stage.user.email, "recovery": "recovery" in request.GET}
    return render(request, "accounts/sign_in/code.html", context, status=422 if form.errors else 200)


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


def _check_code(*, request: HttpRequest, user: User, otp: str) -> str:
    try:
        return check_code(
            user=user,
            otp=otp,
            method=LoginAttempt.Method.SECOND_FACTOR,
            ip_address=get_ip_address(request),
            user_agent=get_user_agent(request),
        )
    except Unauthenticated as error:
        raise ValidationError({"otp": error.detail}) from error
