"""Show, create and change accounts in the browser, for system administrators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.decorators import for_administrators
from accounts.mfa.services.enrolment import reset_second_factor
from accounts.organisations.queries import memberships_of
from accounts.requests import SignedInRequest
from accounts.service_messages import tell_outcome
from accounts.sessions.queries import count_credentials
from accounts.settings_page import render_settings_page
from accounts.users.csv_export import export_users
from accounts.users.forms import NewUserForm, UserForm
from accounts.users.queries import managed_users
from accounts.users.schemas import UserFilters
from accounts.users.services.activation import activate_user, deactivate_user, sign_out_everywhere
from accounts.users.services.managed_users import create_user, update_user
from lib.web.client import get_origin
from lib.web.filters import get_page, is_narrowed, read_filters


@require_safe
@for_administrators
def list_users(request: SignedInRequest) -> HttpResponseBase:
    """List users; with `?format=csv` as a file."""
    filters = read_filters(request, UserFilters)
    users = managed_users(request.user, filters)
    if request.GET.get("format") == "csv":
        return export_users(users)
    page = get_page(request, users.order_by("name", "pk"))
    return render_settings_page(
        request, "accounts/users/users.html", "users", page=page, filters=filters, narrowed=is_narrowed(filters)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def new_user(request: SignedInRequest) -> HttpResponse:
    """Create an account."""
    form = NewUserForm(request.POST or None)
    if request.method == "POST" and form.submit(create_user, actor=request.user, origin=get_origin(request)):
        is_mailed = not form.cleaned_data["password"]
        details = {"name": form.result.name, "email": form.result.email}
        next_step = (
            _("A link to choose a password is on its way to %(email)s.") if is_mailed else _("They can sign in now.")
        )
        messages.success(request, " ".join((_("%(name)s has an account."), next_step)) % details)
        return redirect("accounts:user", form.result.pk)
    return render_settings_page(request, "accounts/users/user_new.html", "users", form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@for_administrators
def edit_user(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    """Show an account; change it by a POST."""
    user = managed_users(request.user).get(pk=user_id)
    initial = {field: getattr(user, field) for field in ("name", "username", "email", "role")}
    form = UserForm(request.POST or None, initial=initial)
    details: dict[str, Any] = {"actor": request.user, "user_id": user_id, "origin": get_origin(request)}
    if request.method == "POST" and form.submit(update_user, **details):
        messages.success(request, _("%(name)s’s account is saved.") % {"name": form.result.name})
        return redirect("accounts:user", user_id)
    return render_settings_page(
        request,
        "accounts/users/user.html",
        "users",
        form=form,
        shown=user,
        access=count_credentials(user),
        memberships=memberships_of(user).order_by("organisation__name"),
        is_me=user == request.user,
    )


@require_POST
@for_administrators
def lock_user_out(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    """Lock a user out."""
    return _run_service(request, user_id, deactivate_user, _("They are locked out and signed out everywhere."))


@require_POST
@for_administrators
def unlock_user(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    """Let a user sign in again."""
    return _run_service(request, user_id, activate_user, _("They can sign in again."))


@require_POST
@for_administrators
def sign_user_out(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    """End all sessions and tokens of a user."""
    return _run_service(request, user_id, sign_out_everywhere, _("They are signed out everywhere."))


@require_POST
@for_administrators
def remove_second_factor(request: SignedInRequest, user_id: UUID) -> HttpResponse:
    """Remove the second factor of a user."""
    return _run_service(
        request, user_id, reset_second_factor, _("Two-factor authentication is reset, and they are told by mail.")
    )


def _run_service(request: SignedInRequest, user_id: UUID, service: Callable[..., object], done: str) -> HttpResponse:
    """Run a service on a user, and show what was done or why it was refused."""
    tell_outcome(request, service, done, user_id=user_id)
    return redirect("accounts:user", user_id)
