"""Show all drafts of a user in one place."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Membership, Organisation
from accounts.requests import SignedInRequest
from accounts.settings_page import choose_organisation
from chat.drafts import services
from chat.drafts.forms import ShareForm
from chat.drafts.queries import drafts_of
from chat.messages.queries.destinations import find_destinations
from chat.models import StoredDraft
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from lib.web.filters import read_search
from lib.web.parameters import parse_uuid

# Of what an app shares by an address.
MAX_SHARED = 5000


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


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in_page
def share(request: SignedInRequest) -> HttpResponse:
    """Let a user choose the room in whose composer a text is put that another app has shared."""
    organisations = list(Organisation.objects.visible_to(request.user).order_by("folded_name"))
    chosen = (each for each in organisations if each.slug == request.GET.get("org"))
    organisation = next(chosen, None) or choose_organisation(request, organisations)
    if organisation is None:
        return redirect("accounts:welcome")
    form = ShareForm(request.POST or None, initial={"content": _join_shared(request)})
    if request.method == "POST" and form.submit(services.append_to_draft, actor=request.user):
        return redirect(form.result.room)
    own = Membership.objects.select_related("organisation", "user").get(organisation=organisation, user=request.user)
    q = read_search(request)
    places = find_destinations(own=own, q=q)
    context = page_context(
        request, organisation, form=form, rooms=places.rooms, q=q, organisations=organisations, here="share"
    )
    return render(request, "chat/drafts/share.html", context, status=422 if form.errors else 200)


def _join_shared(request: HttpRequest) -> str:
    """Return what an app shares: many give the address as a text, some both."""
    parts = [request.GET.get(name, "").strip().replace("\0", "") for name in ("title", "text", "url")]
    return "\n".join(part for index, part in enumerate(parts) if part and part not in parts[:index])[:MAX_SHARED]
