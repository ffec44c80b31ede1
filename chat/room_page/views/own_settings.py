"""Change the reader's own side of a room, in the details panel."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.requests import SignedInRequest
from chat.rooms.forms import OwnSettingsForm
from chat.rooms.services.own_settings import change_own_settings
from chat.sidebar.page import signed_in_page


@require_POST
@signed_in_page
def save_own_settings(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    form = OwnSettingsForm(request.POST)
    if not form.submit(change_own_settings, actor=request.user, room_id=room_id):
        raise BadRequest(form.error_text)
    return redirect("chat:details", room_id)
