"""Show a user's sign-in history."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpResponse
from django.utils.translation import gettext, gettext_lazy
from django.views.decorators.http import require_safe

from accounts.decorators import signed_in
from accounts.login_attempts.queries import find_login_attempts
from accounts.models import LoginAttempt
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from lib.text.user_agents import describe_device, is_hand_held
from lib.web.filters import read_page_query
from lib.web.pagination import paginate

ATTEMPTS_PER_PAGE = 25
Method = LoginAttempt.Method

METHOD_LABELS = {
    Method.PASSWORD: gettext_lazy("with the password"),
    Method.PASSWORD_RESET: gettext_lazy("with a new password"),
    Method.SIGN_UP: gettext_lazy("by signing up"),
    Method.TOKEN: gettext_lazy("from an app"),
    Method.SECOND_FACTOR: gettext_lazy("with a code"),
    Method.RECOVERY_CODE: gettext_lazy("with a recovery code"),
    Method.PASSKEY: gettext_lazy("with a passkey"),
    Method.PROVIDER: gettext_lazy("with another account"),
}
REASON_LABELS = {
    "wrong_password": gettext_lazy("Wrong password"),
    "locked": gettext_lazy("Refused after too many attempts"),
    "inactive": gettext_lazy("Refused, the account was closed"),
    "email_unverified": gettext_lazy("Held until the address is confirmed"),
    "otp_required": gettext_lazy("Asked for the second factor"),
    "otp_invalid": gettext_lazy("Wrong code"),
    "passkey_refused": gettext_lazy("Refused, not a valid passkey"),
    "passkey_expired": gettext_lazy("Refused, the passkey came too late or twice"),
    "provider_refused": gettext_lazy("Refused, nothing proved who it was"),
    "address_taken": gettext_lazy("Refused, our address was not confirmed"),
    "token_replayed": gettext_lazy("Refused, a token was shown twice"),
}


@dataclass(frozen=True, slots=True)
class LoginAttemptRow:
    """Login attempt, as the page shows it."""

    attempt: LoginAttempt
    device: str
    is_hand_held: bool
    outcome: str
    way: str
    failed: bool


@require_safe
@signed_in
def list_login_attempts(request: SignedInRequest) -> HttpResponse:
    page = paginate(
        find_login_attempts(request.user),
        read_page_query(request, size=ATTEMPTS_PER_PAGE),
        _build_row,
        newest_first=True,
    )
    return render_settings_page(
        request,
        "accounts/login_attempts/sign_in_history.html",
        "history",
        tries=page.items,
        older=page.next_cursor,
        is_first="cursor" not in request.GET,
    )


def _build_row(attempt: LoginAttempt) -> LoginAttemptRow:
    failed = attempt.outcome == LoginAttempt.Outcome.FAILURE
    return LoginAttemptRow(
        attempt=attempt,
        device=describe_device(attempt.user_agent),
        is_hand_held=is_hand_held(attempt.user_agent),
        outcome=str(REASON_LABELS.get(attempt.reason, gettext_lazy("Refused"))) if failed else gettext("Signed in"),
        way=str(METHOD_LABELS.get(Method(attempt.method), "")),
        failed=failed,
    )
