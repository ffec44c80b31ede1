"""Show, make and revoke the address of one's tasks for calendars."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import signed_in
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from tasks.feeds.services import open_feed, revoke_feed
from tasks.models import CalendarFeed


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def edit_feed(request: SignedInRequest) -> HttpResponse:
    """Tell whether calendars read the user's tasks; a POST makes a new address, and shows it this once."""
    made = ""
    if request.method == "POST":
        key = open_feed(actor=request.user)
        made = request.build_absolute_uri(f"{reverse('api:read_calendar')}?key={key}")
    feed = CalendarFeed.objects.filter(user=request.user).first()
    return render_settings_page(request, "tasks/feeds/feed.html", "calendar-feed", feed=feed, made=made)


@require_POST
@signed_in
def end_feed(request: SignedInRequest) -> HttpResponse:
    """Revoke the address."""
    revoke_feed(actor=request.user)
    messages.success(request, _("The address no longer works."))
    return redirect("tasks:calendar-feed")
