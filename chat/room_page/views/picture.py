"""Set and remove the picture of a room, in the details panel."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from accounts.profiles.forms import AvatarForm
from accounts.requests import SignedInRequest
from chat.room_page.views.details import show_details
from chat.rooms.queries.room_head import room_head
from chat.rooms.services.pictures import remove_room_picture, set_room_picture
from chat.sidebar.page import signed_in_page


@require_POST
@signed_in_page
def upload_picture(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    form = AvatarForm(request.POST, request.FILES)
    if form.submit(set_room_picture, actor=request.user, room_id=room_id):
        return redirect("chat:details", room_id)
    return show_details(request, room_head(user=request.user, room_id=room_id), picture_fault=form.error_text)


@require_POST
@signed_in_page
def delete_picture(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    remove_room_picture(actor=request.user, room_id=room_id)
    return redirect("chat:details", room_id)
