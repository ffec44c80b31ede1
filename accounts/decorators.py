"""Guard views: signed in, second factor, system administrator."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.requests import SignedInRequest

# The pages that turn a second factor on, open to whom nothing else is before that.
ENROLMENT = "accounts:second-factor"


Arguments = ParamSpec("Arguments")


def signed_in(
    view: Callable[Concatenate[Any, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Only for who is signed in and has the second factor they are asked for. What they may not see isn't there."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        if cast(User, request.user).second_factor_due and not _is_enrolment(request):
            return HttpResponseForbidden() if is_fragment(request) else redirect("accounts:second-factor")
        try:
            return view(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404 from error

    return guarded


def way_back(request: HttpRequest, otherwise: str) -> HttpResponseRedirect:
    """To the page of ours that a form names as `next`, or to the one with this name."""
    there = request.POST.get("next", "")
    is_ours = there.startswith("/") and url_has_allowed_host_and_scheme(there, allowed_hosts=None)
    return redirect(there if is_ours else otherwise)


def for_administrators(
    view: Callable[Concatenate[Any, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Only for system administrators: to all others the page isn't there."""

    @signed_in
    @wraps(view)
    def guarded(request: SignedInRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        if request.user.role != User.Role.ADMIN:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script asks for the middle of a page alone."""
    return "X-Fragment" in request.headers


def _is_enrolment(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name.startswith(ENROLMENT)
