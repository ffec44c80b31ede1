"""Show whom a message may mention while its author types, and the messages that mention a user."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.requests import SignedInRequest
from chat.mentions.inbox import load_inbox
from chat.mentions.suggestions import suggest_mentions
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from lib.web.filters import read_search
from lib.web.parameters import parse_uuid


@require_safe
@signed_in_page
def mention_options(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    """Return what may be completed after an `@`, as options."""
    q, thread_id = read_search(request), parse_uuid(request.GET.get("thread", ""))
    found = suggest_mentions(user=request.user, room_id=room_id, q=q, thread_id=thread_id)
    context = {"suggestions": found, "is_thread": thread_id is not None}
    return render(request, "chat/mentions/_options.html", context)


@require_safe
@signed_in_page
def list_mentions(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = get_organisation(request, slug)
    before, unread = parse_uuid(request.GET.get("before", "")), "unread" in request.GET
    inbox = load_inbox(user=request.user, organisation=organisation, unread=unread, before=before)
    context = page_context(request, organisation, inbox=inbox, before=before, unread=unread, here="mentions")
    return render(request, "chat/mentions/mentions.html", context)
