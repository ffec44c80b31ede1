"""Show the thread of a message beside its room's feed, and reply in it without script."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from chat.attachments.schemas import get_file_limits
from chat.messages.feed_html import ITEM, render_feed, translate_fragments
from chat.messages.message_html import render_loaded
from chat.messages.queries.feed import Window
from chat.messages.services.post import post_message
from chat.models import MAX_CONTENT, Message
from chat.room_page.forms import ReplyForm
from chat.room_page.views.room import answer_kept, respond_with_items, show_panel
from chat.rooms.queries.room_head import room_head
from chat.sidebar.page import signed_in_page
from chat.threads.queries.replies import load_thread, thread_changes, thread_head
from chat.threads.services import follow_thread, unfollow_thread
from lib.web.parameters import parse_number, parse_uuid


@require_safe
@signed_in_page
def show_thread(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    """Show a thread, with `reply` at one of its replies."""
    reply_id = parse_uuid(request.GET.get("reply", ""))
    target = Message.objects.filter(pk=reply_id, thread=message_id).first() if reply_id else None
    return answer_kept(request, lambda: _render_thread(request, message_id, target=target))


@require_safe
@signed_in_page
def thread_window(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    window = Window(before=parse_number(request, "before"), after=parse_number(request, "after"))
    page = load_thread(thread_head(user=request.user, root_id=message_id), window)
    return respond_with_items(page.items, has_older=page.has_older, has_newer=page.has_newer)


@require_safe
@signed_in_page
def thread_changes_since(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    since = parse_number(request, "since") or 0
    missed = thread_changes(user=request.user, root_id=message_id, since=since)
    return respond_with_items(missed.items, version=missed.version, has_more=missed.has_more, reset=missed.reset)


@require_POST
@signed_in_page
def post_reply(request: SignedInRequest, message_id: UUID) -> HttpResponse:
    root = Message.objects.visible_to(request.user).only("pk", "room_id").get(pk=message_id)
    form = ReplyForm(request.POST)
    if form.submit(post_message, actor=request.user, room_id=root.room_id, thread_id=message_id):
        return redirect("chat:thread", message_id)
    return _render_thread(request, message_id, reply_form=form, status=422)


@require_POST
@signed_in_page
def change_follow(request: SignedInRequest, message_id: UUID, *, follow: bool) -> HttpResponse:
    (follow_thread if follow else unfollow_thread)(actor=request.user, root_id=message_id)
    return redirect("chat:thread", message_id)


def _render_thread(
    request: SignedInRequest, root_id: UUID, *, target: Message | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    """Return the thread at the reply `target`, at the user's first unread reply, or at its end."""
    head = thread_head(user=request.user, root_id=root_id)
    first_unread = head.last_read_seq + 1 if head.last_read_seq is not None and head.unread else None
    replies = load_thread(head, Window(around=target.thread_seq if target else first_unread))
    items = [item._replace(html=_rename_item(item.html)) for item in replies.items]
    return show_panel(
        request,
        room_head(user=request.user, room_id=head.root.room_id),
        "thread",
        status=status,
        thread=head,
        root_html=mark_safe(translate_fragments(_rename_item(render_loaded(head.root).html))),  # noqa: S308  a rendered message
        replies=replies,
        replies_html=render_feed(items, first_unread_seq=first_unread, target=target.pk if target else None),
        limit=MAX_CONTENT,
        file_limits=get_file_limits(),
        **more,
    )


def _rename_item(html: str) -> str:
    """Return a message with an id of its own: it may stand in the feed beside its thread too."""
    return html.replace(f'{ITEM} id="message-', f'{ITEM} id="reply-', 1)
