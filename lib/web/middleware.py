"""Remember the current request, and keep the methods of redirected ones."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

from lib.web.client import current_request


class CurrentRequestMiddleware:
    """Middleware that sets `current_request` while a request is answered."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = current_request.set(request)
        try:
            return self.get_response(request)
        finally:
            current_request.reset(token)


class PreserveMethodMiddleware:
    """Middleware that redirects with 308 where Django has 301, which makes clients repeat a POST as a GET.

    So do its redirects to https and to the address with a slash.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == HTTPStatus.MOVED_PERMANENTLY and request.method not in ("GET", "HEAD"):
            response.status_code = HTTPStatus.PERMANENT_REDIRECT
        return response


GetResponse = Callable[[HttpRequest], HttpResponse]
