"""A room: its page, its history in pieces, and writing without script."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import is_fragment_request
from accounts.models import User
from accounts.organisations.services.invitations import create_invitation
from accounts.requests import SignedInRequest
from accounts.settings_page import ORGANISATION_COOKIE
from chat.messages.feed_html import feed_html, translated
from chat.messages.queries.feed import FeedItem, feed_changes, feed_page
from chat.messages.queries.history import Stretch
from chat.messages.services.post import post_message
from chat.models import MAX_CONTENT, Message, Room
from chat.room_page.forms import MessageForm
from chat.room_page.queries import first_run, room_page
from chat.rooms.queries.room_head import RoomHead, room_head
from chat.sidebar.html import rooms_html
from chat.sidebar.page import frame, identifier, number, organisation_of, page
from chat.sidebar.queries import sidebar_for
from lib.web.cached_fragment import cached_fragment
from lib.web.errors import Conflict

LAST_ROOM = "room"
A_YEAR = 60 * 60 * 24 * 365


@require_safe
@page
def home(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = organisation_of(request, slug)
    mine = sidebar_for(user=request.user, organisation=organisation)
    rooms = [room.id for room in (*mine.rooms, *mine.directs)]
    last = identifier(request.COOKIES.get(LAST_ROOM, ""))
    chosen = last if last in rooms else next(iter(rooms), None)
    if chosen:
        return redirect("chat:room", chosen)
    return redirect("chat:directory", slug)


@require_safe
@page
def sidebar(request: SignedInRequest, slug: str) -> HttpResponse:
    current = identifier(request.GET.get("room", ""))
    room = Room.objects.visible_to(request.user).filter(pk=current).first() if current else None
    lines = sidebar_for(user=request.user, organisation=organisation_of(request, slug), current_room=room)
    return HttpResponse(rooms_html(lines))


@require_safe
@page
def room(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    return show_room(request, room_head(user=request.user, room_id=room_id))


@require_safe
@page
def message(request: SignedInRequest, room_id: UUID, message_id: UUID) -> HttpResponse:
    target = Message.objects.visible_to(request.user).get(pk=message_id, room=room_id)
    return show_room(request, room_head(user=request.user, room_id=room_id), target=target)


@require_safe
@page
def feed(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    stretch = Stretch(
        before=number(request, "before"), after=number(request, "after"), around=number(request, "around")
    )
    found = feed_page(user=request.user, room_id=room_id, stretch=stretch)
    return _items(found.items, has_older=found.has_older, has_newer=found.has_newer)


@require_safe
@page
def changes(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    missed = feed_changes(user=request.user, room_id=room_id, since=number(request, "since") or 0)
    return _items(missed.items, version=missed.version, has_more=missed.has_more, reset=missed.reset)


@require_POST
@page
def post(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    form = MessageForm(request.POST)
    if form.is_valid():
        try:
            post_message(
                actor=request.user,
                room_id=room_id,
                content=form.cleaned_data["content"],
                client_id=form.cleaned_data["client_id"] or None,
            )
            return redirect("chat:room", room_id)
        except ValidationError as error:
            form.add_error(None, error.messages)
        except Conflict as error:
            form.add_error(None, str(error))
    return show_room(request, room_head(user=request.user, room_id=room_id), form=form, status=422)


@require_POST
@page
def invite_link(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    """A link to hand on, shown by the room's first page."""
    room = Room.objects.visible_to(request.user).select_related("organisation").get(pk=room_id)
    create_invitation(actor=request.user, slug=room.organisation.slug)
    return redirect(room)


def show_room(
    request: SignedInRequest, head: RoomHead, *, target: Message | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """The page of a room, at its end, its first unread message or `target`."""
    found = room_page(head, around=target.seq if target else None)
    beginning = first_run(user=request.user, room=head.room)
    invitation = beginning and beginning.invitation
    context = frame(
        request,
        head.room.organisation,
        head.room,
        page=head,
        history=found.feed,
        feed=feed_html(found.feed.items, first_unread_seq=found.first_unread_seq, target=target.pk if target else None),
        others=head.others,
        name=head.name,
        first_run=beginning,
        invite_url=request.build_absolute_uri(invitation.url) if invitation else None,
        placeholder=_("Say good morning") if beginning else _("Write to %(name)s") % {"name": head.name},
        blank=_blank(request.user),
        limit=MAX_CONTENT,
    )
    response = render(request, "chat/room_page/room.html", context | more, status=status)
    return _remember(response, head.room)


def show_panel(request: SignedInRequest, head: RoomHead, panel: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """What stands beside a room's feed: by itself for a script, else with the whole page."""
    if is_fragment_request(request):
        context = {"page": head, "name": head.name} | more
        return render(request, f"chat/room_page/_{panel}.html", context, status=status)
    return show_room(request, head, status=status, panel=panel, **more)


def _blank(author: User) -> SafeString:
    """A message of theirs without words, for scripts to fill."""
    return cached_fragment(
        "chat/messages/_message.html", (author.pk, author.updated_at), message=Message(author=author)
    )


def _remember(response: HttpResponse, room: Room) -> HttpResponse:
    """So that the next visit begins here, in this organisation and in this room of it."""
    slug = room.organisation.slug
    keep = partial(
        response.set_cookie, max_age=A_YEAR, httponly=True, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
    keep(ORGANISATION_COOKIE, slug)
    keep(LAST_ROOM, str(room.pk), path=reverse("chat:home", args=[slug]))
    return response


def _items(items: list[FeedItem], **facts: bool | int) -> HttpResponse:
    """Messages as <li> elements, and what a script has to know about them in headers: has_more becomes X-Has-More."""
    headers = {f"X-{name.replace('_', '-').title()}": str(fact).lower() for name, fact in facts.items()}
    html = translated("\n".join(item.html for item in items))
    return HttpResponse(html, headers=headers | {"Cache-Control": "no-store"})
