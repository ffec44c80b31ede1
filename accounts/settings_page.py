"""Render a page of the settings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
)
from django.shortcuts import render

from accounts.models import Organisation
from accounts.requests import SignedInRequest

# Kept by the pages of an organisation: its slug.
LAST_ORGANISATION = "organisation"


def last_used(request: HttpRequest, organisations: Sequence[Organisation]) -> Organisation | None:
    """The organisation this browser last showed, else the first."""
    slug = request.COOKIES.get(LAST_ORGANISATION)
    return next((each for each in organisations if each.slug == slug), organisations[0] if organisations else None)


def settings_page(
    request: SignedInRequest, template: str, section: str, *, organisation: Organisation | None = None, **context: Any
) -> HttpResponse:
    """A page of the settings; 422 when a form was refused."""
    refused = any(getattr(value, "errors", None) for value in context.values())
    context |= settings_context(request, section, organisation)
    return render(request, template, context, status=422 if refused else 200)


def settings_context(
    request: SignedInRequest, section: str, organisation: Organisation | None = None
) -> dict[str, Any]:
    """What the way round and the way back need."""
    organisations = list(Organisation.objects.visible_to(request.user).order_by("name"))
    return {
        "section": section,
        "organisation": organisation,
        "organisations": organisations,
        "home": organisation or last_used(request, organisations),
    }
