"""Show the projects of an organisation over months."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from accounts.permissions import require_membership
from accounts.requests import SignedInRequest
from chat.sidebar.page import page_context, signed_in_page
from tasks.timeline.days import Zoom, build_frame, read_frame
from tasks.timeline.queries import load_rows

ZOOM_NAMES: dict[Zoom, Any] = {"month": _("Month"), "quarter": _("Quarter"), "year": _("Year")}


@require_safe
@signed_in_page
def show_timeline(request: SignedInRequest, slug: str) -> HttpResponse:
    """Show the active projects that the user sees, as bars from their first to their last day."""
    own = require_membership(request.user, slug)
    today = timezone.localdate()
    frame = read_frame(request.GET.get("zoom", ""), request.GET.get("from", ""), today)
    inside = today if frame.first <= today < frame.end else frame.first
    context: dict[str, Any] = {
        "rows": load_rows(user=request.user, organisation=own.organisation, frame=frame),
        "frame": frame,
        "today": frame.find_place(today) if frame.first <= today < frame.end else None,
        "previous": f"?{frame.step(-1).parameters}",
        "next": f"?{frame.step(1).parameters}",
        "now": f"?{build_frame(today, frame.zoom).parameters}",
        "zooms": [(zoom, words, f"?{build_frame(inside, zoom).parameters}") for zoom, words in ZOOM_NAMES.items()],
        "here": "projects",
    }
    return render(request, "tasks/timeline/timeline.html", page_context(request, own.organisation, **context))
