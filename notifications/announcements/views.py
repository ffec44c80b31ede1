"""Announce something to all members of an organisation, list what was announced, and take it back."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.decorators import signed_in
from accounts.permissions import require_admin_membership
from accounts.requests import SignedInRequest
from accounts.settings_page import render_settings_page
from lib.web.filters import read_page_query
from lib.web.pagination import paginate
from notifications.announcements.forms import AnnouncementForm
from notifications.announcements.services import create_announcement, delete_announcement
from notifications.models import Announcement

PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def edit_announcements(request: SignedInRequest, slug: str) -> HttpResponse:
    """List the announcements of an organisation to its administrators, the newest first; a POST makes one."""
    organisation = require_admin_membership(request.user, slug).organisation
    form = AnnouncementForm(request.POST or None)
    if request.method == "POST" and form.submit(create_announcement, actor=request.user, slug=slug):
        messages.success(request, _("All members are notified."))
        return redirect("notifications:announcements", slug=slug)
    rows = Announcement.objects.filter(organisation=organisation).for_listing()
    page = paginate(rows, read_page_query(request, size=PAGE), lambda row: row, newest_first=True)
    return render_settings_page(
        request,
        "notifications/announcements/announcements.html",
        "organisation",
        organisation=organisation,
        form=form,
        announcements=page.items,
        older=page.next_cursor,
    )


@require_POST
@signed_in
def take_back(request: SignedInRequest, slug: str, announcement_id: UUID) -> HttpResponse:
    """Take an announcement back, from the notifications of all members too."""
    delete_announcement(actor=request.user, announcement_id=announcement_id)
    messages.success(request, _("Taken back."))
    return redirect("notifications:announcements", slug=slug)
