"""Show the profile card of a member, and open the conversation with them."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import is_fragment_request
from accounts.permissions import require_membership
from accounts.requests import SignedInRequest
from chat.profiles.queries import profile_card
from chat.rooms.services.rooms import open_direct_room
from chat.sidebar.page import page_context, signed_in_page


@require_safe
@signed_in_page
def show_profile(request: SignedInRequest, slug: str, user_id: UUID) -> HttpResponse:
    own = require_membership(request.user, slug)
    card = profile_card(own=own, user_id=user_id)
    if is_fragment_request(request):
        return render(request, "chat/profiles/_card.html", {"card": card, "organisation": own.organisation})
    context = page_context(request, own.organisation, card=card)
    return render(request, "chat/profiles/profile.html", context | {"organisation": own.organisation})


@require_POST
@signed_in_page
def write_to_member(request: SignedInRequest, slug: str, user_id: UUID) -> HttpResponse:
    profile_card(own=require_membership(request.user, slug), user_id=user_id)
    room, _is_new = open_direct_room(actor=request.user, slug=slug, user_ids=[user_id])
    return redirect(room)
