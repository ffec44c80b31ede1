"""Set the headers Content-Security-Policy and Permissions-Policy."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from lib.s3.address import BadStorageUrl, parse_storage_url

NONE = "'none'"
SELF = "'self'"
NONCE = "<nonce>"

Policy = Mapping[str, Iterable[str]]

# 'self' in connect-src covers the WebSocket of the same origin too.
PAGES: Policy = {
    "default-src": [SELF],
    "script-src": [SELF, f"'nonce-{NONCE}'"],
    "style-src": [SELF],
    "img-src": [SELF, "data:", "blob:"],
    "media-src": [SELF, "blob:"],
    "connect-src": [SELF],
    "worker-src": [SELF],
    "manifest-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
}
# Answers other than pages (JSON, text) load nothing at all, should a browser ever show one as a page.
DATA: Policy = {"default-src": [NONE], "frame-ancestors": [NONE]}

PERMISSIONS = (
    "camera=(self), microphone=(self), display-capture=(self), fullscreen=(self), "
    "geolocation=(), payment=(), usb=(), serial=(), hid=(), midi=()"
)


class SecurityHeadersMiddleware:
    """Middleware that adds the policies to every answer without them, and a fresh nonce as `request.csp_nonce`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.page_header, self.data_header = build_header(_allow_storage(PAGES)), build_header(DATA)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        nonce = SimpleLazyObject(lambda: secrets.token_urlsafe(16))
        request.csp_nonce = nonce  # type: ignore[attr-defined]
        response = self.get_response(request)

        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Security-Policy", self.page_header.replace(NONCE, str(nonce)))
            response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        else:
            response.headers.setdefault("Content-Security-Policy", self.data_header)
        return response


def build_header(policy: Policy) -> str:
    """Build the header of a policy, with `<nonce>` where the nonce of an answer belongs."""
    return "; ".join(f"{directive} {' '.join(sources)}" for directive, sources in policy.items())


def _allow_storage(policy: Policy) -> Policy:
    """Let pages show files from the storage that our addresses lead to, where they do."""
    if not (settings.STORAGE_URL and settings.STORAGE_REDIRECT):
        return policy
    try:
        origins = parse_storage_url(settings.STORAGE_URL).origins
    except BadStorageUrl:  # `check` says it
        return policy
    return {**policy} | {name: [*policy[name], *origins] for name in ("img-src", "media-src", "connect-src")}
