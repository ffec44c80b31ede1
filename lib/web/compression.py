"""Compress pages for clients that accept it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class CompressionMiddleware(GZipMiddleware):
    """Django's compression by gzip, for pages alone: REST's answers are short, and static files compressed already.

    A page holds secrets beside words of others, whose guesses would show in its compressed length (BREACH). Against
    that Django masks the CSRF token anew in each answer, and adds up to 100 random bytes to the length.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress the answer if it is a page."""
        if response.streaming or not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
