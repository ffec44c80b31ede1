"""List, create and revoke the personal tokens of the signed-in user."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import signed_in
from accounts.models import TokenFamily, User
from accounts.requests import SignedInRequest
from accounts.scopes import LEVELS, areas
from accounts.settings_page import render_settings_page
from accounts.tokens.forms import TokenForm
from accounts.tokens.services.personal import NewToken, create_token, find_personal_tokens, revoke_token

LEVEL_LABELS = {"read": gettext_lazy("read"), "write": gettext_lazy("write"), "admin": gettext_lazy("admin")}


@dataclass(frozen=True, slots=True)
class TokenRow:
    """Personal token, as the page shows it."""

    token: TokenFamily
    is_new: bool
    grants: list[str]


@dataclass(frozen=True, slots=True)
class Choice:
    """Checkbox of a scope in the form."""

    scope: str
    level: str
    words: str
    is_chosen: bool


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def list_tokens(request: SignedInRequest) -> HttpResponse:
    """List the tokens; after creating one, show its text, which is not stored."""
    form = TokenForm(request.POST or None)
    new_token: NewToken | None = None
    if request.method == "POST" and form.submit(create_token, actor=request.user):
        new_token, form = form.result, TokenForm()
    rows = [_build_row(token, new_token) for token in find_personal_tokens(request.user).order_by("-pk")]
    choices = _build_choices(request.user, set(form["scopes"].value() or ()))
    return render_settings_page(
        request, "accounts/tokens/tokens.html", "tokens", form=form, made=new_token, rows=rows, choices=choices
    )


@require_POST
@signed_in
def end_token(request: SignedInRequest, token_id: UUID) -> HttpResponse:
    revoke_token(actor=request.user, token_id=token_id)
    messages.success(request, _("That token no longer works."))
    return redirect("accounts:tokens")


def _build_row(token: TokenFamily, new_token: NewToken | None) -> TokenRow:
    """Return a token with one line of its scopes per area, such as `Messages: read, write`."""
    levels_by_title = {
        area.title: [level for level in LEVELS if f"{area.name}:{level}" in token.scopes] for area in areas
    }
    grants = [
        f"{_(title)}: {', '.join(str(LEVEL_LABELS[level]) for level in levels)}"
        for title, levels in levels_by_title.items()
        if levels
    ]
    return TokenRow(token, new_token is not None and new_token.family.pk == token.pk, grants)


def _build_choices(user: User, chosen: set[str]) -> dict[str, list[Choice]]:
    return {
        _(area.title): [
            Choice(f"{area.name}:{level}", str(LEVEL_LABELS[level]), _(words), f"{area.name}:{level}" in chosen)
            for level, words in area.descriptions.items()
        ]
        for area in areas
        if user.role == User.Role.ADMIN or not area.for_administrators
    }
