"""Render a page of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.models import Organisation
from accounts.requests import SignedInRequest

# The pages of an organisation set this cookie to its slug.
ORGANISATION_COOKIE = "organisation"


def choose_organisation(request: HttpRequest, organisations: Sequence[Organisation]) -> Organisation | None:
    """Return the organisation that this browser showed last, else the first, or nothing when there is none."""
    slug = request.COOKIES.get(ORGANISATION_COOKIE)
    fallback = organisations[0] if organisations else None
    return next((organisation for organisation in organisations if organisation.slug == slug), fallback)


def render_settings_page(
    request: SignedInRequest, template: str, section: str, *, organisation: Organisation | None = None, **context: Any
) -> HttpResponse:
    """Render a page of the settings, with status 422 when a form in `context` has errors."""
    has_errors = any(getattr(value, "errors", None) for value in context.values())
    context |= build_settings_context(request, section, organisation)
    return render(request, template, context, status=422 if has_errors else 200)


def build_settings_context(
    request: SignedInRequest, section: str, organisation: Organisation | None = None
) -> dict[str, Any]:
    """Return what the navigation of the settings needs: the section, the user's organisations, and the way home."""
    organisations = list(Organisation.objects.visible_to(request.user).order_by("folded_name"))
    return {
        "section": section,
        "organisation": organisation,
        "organisations": organisations,
        "home": organisation or choose_organisation(request, organisations),
    }
