"""What all pages share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.decorators import is_fragment_request, signed_in
from accounts.models import Organisation
from accounts.requests import SignedInRequest
from chat.models import Room
from chat.sidebar.html import menu_html, rooms_html
from chat.sidebar.queries import sidebar_for

Arguments = ParamSpec("Arguments")


def page(
    view: Callable[Concatenate[Any, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """For signed-in people, as a page or a fragment. What one may not see does not exist."""
    guarded = signed_in(view)

    @wraps(view)
    def shown(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        # A script that asks for a fragment could make nothing of the sign-in page.
        if is_fragment_request(request) and not request.user.is_authenticated:
            return HttpResponse(status=401)
        return guarded(request, *args, **kwargs)

    return shown


def organisation_of(request: SignedInRequest, slug: str) -> Organisation:
    """The organisation whose pages somebody looks at."""
    organisation: Organisation = Organisation.objects.visible_to(request.user).get(slug=slug)
    return organisation


def frame(
    request: SignedInRequest, organisation: Organisation, room: Room | None = None, *, here: str = "", **more: Any
) -> dict[str, Any]:
    """The context of a page with a sidebar; `here` is its entry there, if it has one."""
    sidebar = sidebar_for(user=request.user, organisation=organisation, current_room=room)
    parts = {"sidebar_rooms": rooms_html(sidebar, here), "organisation_menu": menu_html(sidebar)}
    return {"sidebar": sidebar} | parts | more


def number(request: HttpRequest, name: str) -> int | None:
    """A number from the query, or nothing."""
    text = request.GET.get(name)
    if text is None:
        return None
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise BadRequest(f"{name} is a number.")
    return int(text)


def identifier(text: str) -> UUID | None:
    """An id from a cookie or a query, or nothing when it is none."""
    try:
        return UUID(text)
    except ValueError:
        return None
