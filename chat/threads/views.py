"""Show the threads that a user follows."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from chat.threads.queries.inbox import load_inbox
from chat.threads.services import mark_thread_read, unfollow_thread
from lib.web.parameters import parse_number, parse_uuid


@require_safe
@signed_in_page
def list_threads(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = get_organisation(request, slug)
    before = parse_uuid(request.GET.get("before", ""))
    inbox = load_inbox(user=request.user, organisation=organisation, before=before)
    context = page_context(request, organisation, inbox=inbox, before=before, here="threads")
    return render(request, "chat/threads/threads.html", context)


@require_POST
@signed_in_page
def mark_read(request: SignedInRequest, slug: str, message_id: UUID) -> HttpResponse:
    mark_thread_read(actor=request.user, root_id=message_id, seq=parse_number(request, "seq") or 0)
    return redirect("chat:threads", slug)


@require_POST
@signed_in_page
def unfollow(request: SignedInRequest, slug: str, message_id: UUID) -> HttpResponse:
    unfollow_thread(actor=request.user, root_id=message_id)
    return redirect("chat:threads", slug)
