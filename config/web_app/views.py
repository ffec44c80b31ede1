"""Serve the manifest, the service worker and the page without network. They are the same for all users."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from accounts.models import Organisation, User
from config.static_files.storage import get_storage
from config.templatetags.ui import page_language
from config.web_app.files import list_offline_files
from lib.web.security_headers import DATA, SELF, build_header

NAME = "Atrium"
# `--color-canvas` of tokens.css by day, as browsers that know no oklch read it.
BACKGROUND = "#f8f6f2"
WORKER = Path(__file__).parent / "worker"
ICONS = (("any", 192), ("any", 512), ("maskable", 192), ("maskable", 512))
# A worker asks for nothing but its own files and the API.
WORKER_POLICY = {**DATA, "connect-src": [SELF], "script-src": [SELF]}


@require_safe
@cache_control(private=True, max_age=3600)
def manifest(request: HttpRequest) -> HttpResponse:
    values = {
        **_name_app(request),
        "description": _("Where a team talks and works together."),
        "lang": page_language(),
        "scope": "/",
        "display": "standalone",
        "background_color": BACKGROUND,
        "theme_color": BACKGROUND,
        "icons": [_describe_icon(purpose, size) for purpose, size in ICONS],
        "shortcuts": [
            {"name": _("Write a message"), "url": reverse("chat:share")},
            {"name": _("Settings"), "url": reverse("accounts:profile")},
        ],
        "share_target": {
            "action": reverse("chat:share"),
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
    response = JsonResponse(values, content_type="application/manifest+json")
    patch_vary_headers(response, ["Accept-Language", "Cookie"])
    return response


@require_safe
@cache_control(no_cache=True)
def service_worker(request: HttpRequest) -> HttpResponse:
    script = build_service_worker(page_language())
    response = HttpResponse(script, content_type="text/javascript; charset=utf-8")
    response["Content-Security-Policy"] = build_header(WORKER_POLICY)
    return response


@require_safe
@cache_control(no_cache=True)
def offline(request: HttpRequest) -> HttpResponse:
    # Without the user of the request and what their next page is to tell them.
    nonce = request.csp_nonce  # type: ignore[attr-defined]
    return HttpResponse(render_to_string("web_app/offline.html", {"csp_nonce": nonce}))


@cache
def build_service_worker(language: str) -> str:
    """Return the script of the worker: its settings in the active language, then the files of its folder.

    It is another one whenever the page without network is: only then do browsers load that anew.
    """
    config = {
        "offlineUrl": reverse("web_app:offline"),
        "files": list_offline_files(language),
        "isHashed": get_storage().is_joined,
        "icon": static("img/app/any-192.png"),
        "badge": static("img/app/badge-96.png"),
        "title": NAME,
        "text": _("There’s something new."),
    }
    page = render_to_string("web_app/offline.html")
    config["version"] = hashlib.sha256(f"{config}{page}".encode()).hexdigest()[:16]
    return f"const config = {json.dumps(config)}\n{_read_worker()}"


def _name_app(request: HttpRequest) -> dict[str, str]:
    """Return the names, the address and the lasting id of the app: of the organisation whose page asks, if it may."""
    user, slug = request.user, request.GET.get("org")
    organisation = Organisation.objects.visible_to(user).filter(slug=slug).first() if isinstance(user, User) else None
    if organisation is None:
        return {"id": "/", "name": NAME, "short_name": NAME, "start_url": "/"}
    return {
        # With one id for all, another organisation's page would rename an app that is installed.
        "id": f"/?organisation={organisation.pk}",
        "name": f"{organisation.name} · {NAME}",
        "short_name": organisation.name,
        "start_url": reverse("chat:home", args=[organisation.slug]),
    }


def _describe_icon(purpose: str, size: int) -> dict[str, str]:
    src = static(f"img/app/{purpose}-{size}.png")
    return {"src": src, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}


@cache
def _read_worker() -> str:
    return "\n".join(file.read_text() for file in sorted(WORKER.glob("*.js")))
