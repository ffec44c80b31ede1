"""Guard and build the pages that have a sidebar."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase

from accounts.decorators import is_fragment_request, signed_in
from accounts.models import Organisation
from accounts.requests import SignedInRequest
from chat.models import Room
from chat.sidebar.html import render_rooms, render_top, render_user
from chat.sidebar.queries import sidebar_for
from lib.web.csrf import get_page_token

Arguments = ParamSpec("Arguments")


def signed_in_page(
    view: Callable[Concatenate[Any, Arguments], HttpResponse],
) -> Callable[Concatenate[HttpRequest, Arguments], HttpResponseBase]:
    """Let only signed-in users see a view, as a page or a fragment. Hidden rows are answered like missing ones: 404."""
    guarded = signed_in(view)

    @wraps(view)
    def shown(request: HttpRequest, *args: Arguments.args, **kwargs: Arguments.kwargs) -> HttpResponseBase:
        # A script that asks for a fragment could make nothing of the sign-in page.
        if not request.user.is_authenticated and is_fragment_request(request):
            return HttpResponse(status=401)
        return guarded(request, *args, **kwargs)

    return shown


def get_organisation(request: SignedInRequest, slug: str) -> Organisation:
    """Return an organisation that the user is a member of. Raise Organisation.DoesNotExist for any other."""
    organisation: Organisation = Organisation.objects.visible_to(request.user).get(slug=slug)
    return organisation


def page_context(
    request: SignedInRequest, organisation: Organisation, room: Room | None = None, *, here: str = "", **more: Any
) -> dict[str, Any]:
    """Return the context of a page with a sidebar; `here` is its entry there, if it has one."""
    sidebar = sidebar_for(user=request.user, organisation=organisation, current_room=room)
    parts = {
        "sidebar_top": render_top(sidebar),
        "sidebar_rooms": render_rooms(sidebar, here),
        "sidebar_user": render_user(request),
        "csrf_token": get_page_token(request),
    }
    return {"sidebar": sidebar} | parts | more
