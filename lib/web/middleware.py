"""Remember the client address of the current request."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lib.web.client import current_ip_address, get_ip_address


class ClientMiddleware:
    """Middleware that sets `current_ip_address` while a request is answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_ip_address.set(get_ip_address(request))
        try:
            return self.get_response(request)
        finally:
            current_ip_address.reset(token)


GetResponse = Callable[[HttpRequest], HttpResponse]
