"""Restrict views to signed-in users or to system administrators, and answer their requests."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponseBase, HttpResponseForbidden, HttpResponseRedirect
from django.shortcuts import redirect
from django.utils.cache import patch_vary_headers
from django.utils.http import url_has_allowed_host_and_scheme

from accounts.models import User
from accounts.requests import SignedInRequest

# The names of the pages that turn a second factor on begin so. A user whose second factor is due may open no others.
ENROLMENT_VIEWS = "accounts:second-factor"

# The header by which scripts ask for a part of a page.
FRAGMENT = "X-Fragment"

Arguments = ParamSpec("Arguments")


def signed_in(
    view: Callable[Concatenate[Any, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Restrict a view to signed-in users, with a second factor where one is required of them.

    Rows that the user may not see answer 404. A method decorator stands above this one, so that a method that a view
    does not support answers 405 to all users.
    """

    @login_required
    @wraps(view)
    def guarded_view(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        if cast(User, request.user).second_factor_due and not _is_enrolment_page(request):
            return HttpResponseForbidden() if is_fragment_request(request) else redirect("accounts:second-factor")
        try:
            response = view(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404 from error
        # Browsers that go back show what they have kept of the address: not a part, where the page was.
        patch_vary_headers(response, [FRAGMENT])
        return response

    return guarded_view


def redirect_to_next(request: HttpRequest, fallback: str) -> HttpResponseRedirect:
    """Redirect to the path that a form sends as `next` if it is on this server, else to the page named `fallback`."""
    path = request.POST.get("next", "")
    is_local = path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    return redirect(path if is_local else fallback)


def for_administrators(
    view: Callable[Concatenate[Any, Arguments], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Restrict a view to system administrators; all other users get 404."""

    @signed_in
    @wraps(view)
    def guarded_view(request: SignedInRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        if request.user.role != User.Role.ADMIN:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded_view


def is_fragment_request(request: HttpRequest) -> bool:
    """Tell whether a script requests only a part of a page, without its frame."""
    return FRAGMENT in request.headers


def is_rows_request(request: HttpRequest) -> bool:
    """Tell whether a script requests only the rows of a list, to add them to those it has."""
    return request.headers.get(FRAGMENT) == "rows"


def is_main_request(request: HttpRequest) -> bool:
    """Tell whether a script requests a page's main parts, to put them in the place of those that are shown."""
    return request.headers.get(FRAGMENT) == "main"


def _is_enrolment_page(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name.startswith(ENROLMENT_VIEWS)
