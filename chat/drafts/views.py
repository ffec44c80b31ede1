"""Show all drafts of a user in one place."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.drafts import services
from chat.drafts.queries import drafts_of
from chat.models import StoredDraft
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from lib.web.parameters import parse_uuid


@require_safe
@signed_in_page
def list_drafts(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = get_organisation(request, slug)
    before = parse_uuid(request.GET.get("before", ""))
    page = drafts_of(user=request.user, organisation=organisation, before=before)
    context = page_context(request, organisation, drafts=page, before=before, here="drafts")
    return render(request, "chat/drafts/drafts.html", context)


@require_POST
@signed_in_page
def delete_draft(request: SignedInRequest, slug: str, draft_id: UUID) -> HttpResponse:
    draft = StoredDraft.objects.written_by(request.user).within(slug).get(pk=draft_id)
    services.delete_draft(actor=request.user, room_id=draft.room_id, thread_id=draft.thread_id)
    return redirect("chat:drafts", slug)
