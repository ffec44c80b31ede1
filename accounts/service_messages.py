"""Answer forms of administrators by a service: what was done, or why it was refused, as a message on a page."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied

from accounts.requests import SignedInRequest
from lib.web.errors import Conflict


def tell_outcome(request: SignedInRequest, service: Callable[..., object], done: str, **arguments: object) -> None:
    """Run a service as the user, and say on the next page what was `done`, or why it was refused."""
    try:
        service(actor=request.user, **arguments)
    except (Conflict, PermissionDenied) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
