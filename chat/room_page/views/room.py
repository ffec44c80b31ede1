"""Show a room's page and pieces of its history, and post without script."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.decorators import is_fragment_request, is_main_request
from accounts.organisations.services.invitations import create_invitation
from accounts.requests import SignedInRequest
from accounts.settings_page import ORGANISATION_COOKIE
from chat.attachments.schemas import get_file_limits
from chat.messages.feed_html import render_feed, translate_fragments
from chat.messages.queries.dates import find_first_seq
from chat.messages.queries.feed import FeedItem, Window, feed_changes, feed_page
from chat.messages.services.post import post_message
from chat.models import MAX_CONTENT, Message, Room
from chat.room_page.forms import MessageForm
from chat.room_page.html import render_parts
from chat.room_page.queries import load_room_page
from chat.rooms.queries.room_head import RoomHead, room_head
from chat.sidebar.page import get_organisation, page_context, signed_in_page
from chat.sidebar.queries import find_home_room
from lib.web.csrf import get_page_token
from lib.web.kept_page import KeptPages
from lib.web.parameters import parse_day, parse_number, parse_uuid

LAST_ROOM_COOKIE = "room"
COOKIE_SECONDS = 60 * 60 * 24 * 365

_kept_pages = KeptPages(shared=('<ol class="feed"', "</room-feed>"))


@require_safe
@signed_in_page
def open_home(request: SignedInRequest, slug: str) -> HttpResponse:
    last_room = parse_uuid(request.COOKIES.get(LAST_ROOM_COOKIE, ""))
    organisation = get_organisation(request, slug)
    room_id = find_home_room(user=request.user, organisation=organisation, last_room=last_room)
    return redirect("chat:room", room_id) if room_id else redirect("chat:directory", slug)


@require_safe
@signed_in_page
def room_page(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    """Show a room, with `date` at the first message of that day in the reader's time zone."""
    return answer_kept(
        request,
        lambda: show_room(
            request, room_head(user=request.user, room_id=room_id), target=_find_first_message(request, room_id)
        ),
    )


@require_safe
@signed_in_page
def message_page(request: SignedInRequest, room_id: UUID, message_id: UUID) -> HttpResponse:
    target = Message.objects.visible_to(request.user).get(pk=message_id, room=room_id)
    if target.seq is None and target.thread_id:
        return redirect(f"{reverse('chat:thread', args=[target.thread_id])}?reply={target.pk}")
    return show_room(request, room_head(user=request.user, room_id=room_id), target=target)


@require_safe
@signed_in_page
def feed_window(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    window = Window(
        before=parse_number(request, "before"),
        after=parse_number(request, "after"),
        around=parse_number(request, "around") or _find_first_seq(request, room_id),
    )
    page = feed_page(user=request.user, room_id=room_id, window=window)
    return respond_with_items(page.items, has_older=page.has_older, has_newer=page.has_newer)


@require_safe
@signed_in_page
def feed_changes_since(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    missed = feed_changes(user=request.user, room_id=room_id, since=parse_number(request, "since") or 0)
    return respond_with_items(missed.items, version=missed.version, has_more=missed.has_more, reset=missed.reset)


@require_POST
@signed_in_page
def post_form(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    form = MessageForm(request.POST)
    if form.submit(post_message, actor=request.user, room_id=room_id):
        return redirect("chat:room", room_id)
    return show_room(request, room_head(user=request.user, room_id=room_id), form=form, status=422)


@require_POST
@signed_in_page
def invite_link(request: SignedInRequest, room_id: UUID) -> HttpResponse:
    """Create an invitation link, which the first-run panel shows."""
    room = Room.objects.visible_to(request.user).select_related("organisation").get(pk=room_id)
    create_invitation(actor=request.user, slug=room.organisation.slug)
    return redirect(room)


def _find_first_seq(request: SignedInRequest, room_id: UUID) -> int | None:
    day = parse_day(request, "date")
    return find_first_seq(room_id, day, timezone.get_current_timezone()) if day else None


def _find_first_message(request: SignedInRequest, room_id: UUID) -> Message | None:
    seq = _find_first_seq(request, room_id)
    return Message.objects.filter(room=room_id, seq=seq).first() if seq else None


def show_room(
    request: SignedInRequest, head: RoomHead, *, target: Message | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """Return the page of a room at `target`, at the user's first unread message, or at its end."""
    page = load_room_page(head, user=request.user, around=target.seq if target else None)
    first_run = page.first_run
    invitation = first_run and first_run.invitation
    context: dict[str, Any] = {
        "page": head,
        "history": page.feed,
        "feed": render_feed(
            page.feed.items, first_unread_seq=page.first_unread_seq, target=target.pk if target else None
        ),
        "others": head.others,
        "name": head.name,
        "first_run": first_run,
        "invite_url": request.build_absolute_uri(invitation.url) if invitation else None,
        "placeholder": _("Write to %(name)s") % {"name": head.name},
        **render_parts(head, request.user, more.get("panel", "")),
        "limit": MAX_CONTENT,
        "file_limits": get_file_limits(),
        **more,
    }
    if is_main_request(request):
        return _render_main(request, context, status)
    context |= page_context(request, head.room.organisation, head.room, frame="app.html")
    return _remember_room(render(request, "chat/room_page/room.html", context, status=status), head.room)


def _render_main(request: SignedInRequest, context: dict[str, Any], status: int) -> HttpResponse:
    """Return the main parts of a room's page for a script, which may ask ahead for a room that is never opened.

    So it is the script that remembers the room, once it shows it.
    """
    context |= {"frame": "main.html", "csrf_token": get_page_token(request)}
    response = render(request, "chat/room_page/room.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def answer_kept(request: SignedInRequest, build: Callable[[], HttpResponse]) -> HttpResponse:
    """Answer with a room, or a panel of it, as it was kept for the reader, else make it and keep it."""
    return _kept_pages.answer(request, request.user.shown_state, build)


def show_panel(request: SignedInRequest, head: RoomHead, panel: str, *, status: int = 200, **more: Any) -> HttpResponse:
    """Return a panel beside a room's feed: alone for a script that asks for it, else with the room."""
    if is_fragment_request(request) and not is_main_request(request):
        context = {"page": head, "name": head.name, "csrf_token": get_page_token(request)} | more
        return render(request, f"chat/room_page/_{panel}.html", context, status=status)
    return show_room(request, head, status=status, panel=panel, **more)


def _remember_room(response: HttpResponse, room: Room) -> HttpResponse:
    """Store the room and its organisation in cookies, so that the next visit begins there.

    `rooms/switching.js` stores the room too, when it opens one without loading a page.
    """
    slug = room.organisation.slug
    set_cookie = partial(
        response.set_cookie, max_age=COOKIE_SECONDS, secure=settings.SESSION_COOKIE_SECURE, samesite="Lax"
    )
    set_cookie(ORGANISATION_COOKIE, slug, httponly=True)
    set_cookie(LAST_ROOM_COOKIE, str(room.pk), path=reverse("chat:home", args=[slug]))
    return response


def respond_with_items(items: list[FeedItem], **facts: bool | int) -> HttpResponse:
    """Return messages as <li> elements, and facts about them in headers: has_more becomes X-Has-More."""
    headers = {f"X-{name.replace('_', '-').title()}": str(fact).lower() for name, fact in facts.items()}
    html = translate_fragments("\n".join(item.html for item in items))
    return HttpResponse(html, headers=headers | {"Cache-Control": "no-store"})
