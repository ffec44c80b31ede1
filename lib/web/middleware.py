"""Remember where a request comes from."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from lib.web.client import current_ip_address, ip_address_of


class ClientMiddleware:
    """Says where a request comes from to whatever is done for it."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_ip_address.set(ip_address_of(request))
        try:
            return self.get_response(request)
        finally:
            current_ip_address.reset(token)


GetResponse = Callable[[HttpRequest], HttpResponse]
