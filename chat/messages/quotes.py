"""Quote the message that another one answers: its author, and how it begins.

The quote is part of the rendered answer. Whatever changes it touches the answers, which are then rendered anew; pages
that show them already take the new wording from the changed message itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from chat.attachments.snapshots import list_standing
from chat.excerpts import cut_excerpt
from chat.models import Message

Quoted = dict[UUID, Message]


def load_quoted(messages: Iterable[Message]) -> Quoted:
    """Return, by id, the messages that others answer. One query, none where no message is an answer."""
    ids = {message.reply_to_id for message in messages if message.reply_to_id and not message.is_deleted}
    return {quoted.pk: quoted for quoted in Message.objects.filter(pk__in=ids).for_rendering()} if ids else {}


def render_quote(message: Message, quoted: Quoted) -> SafeString:
    """Return `_quote.html` over an answer, empty over any other message and over a deleted one."""
    origin = quoted.get(message.reply_to_id) if message.reply_to_id and not message.is_deleted else None
    if origin is None:
        return SafeString("")
    context = {
        "origin": origin,
        "excerpt": cut_excerpt(origin.html),
        "files": list_standing(origin.attachments),
        "is_image": origin.type == Message.Type.IMAGE,
    }
    html = get_template("chat/messages/_quote.html").render(context).strip()
    return mark_safe(html)  # noqa: S308  escaped by the template


def invalidate_quotes_of(message: Message) -> None:
    """Touch the answers to a message, in the transaction that changes it: their quotes are rendered anew."""
    Message.objects.filter(reply_to=message).update(updated_at=timezone.now())


def invalidate_quotes_by(user: User) -> None:
    """Touch the answers to the messages of a user, in the transaction that renames them."""
    Message.objects.filter(reply_to__author=user).update(updated_at=timezone.now())
