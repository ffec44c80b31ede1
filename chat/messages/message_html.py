"""Render messages for their readers: one JSON body and one HTML fragment per version, the same for all readers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from html import escape
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe

from accounts.models import User
from chat.attachments.html import render_attachments
from chat.emoji.names import build_picture_url
from chat.messages.message_json import Key, encode_message
from chat.messages.origins import describe_origin, render_actor
from chat.messages.previews import list_previews
from chat.messages.quotes import Quoted, load_quoted, render_quote
from chat.messages.recipients import Unreached
from chat.messages.schemas import NamedUserOut
from chat.models import Message
from lib.cache import LRUCache
from lib.db.prepared import to_raw_value
from lib.text.markdown.sanitizer import RELATION
from lib.web.compiled_template import CompiledTemplate

# Bytes. A short message takes about 2 KB, so the newest pages of some thousand messages in busy rooms stay cached.
CAPACITY = 16 * 1024 * 1024
# More names than fit in a tooltip.
MAX_NAMES = 12
MAX_FACES = 3
# What is drawn by templates of its own.
DRAWN = ("actor", "origin", "quote", "attachments", "previews", "reactions", "thread")


class Rendered(NamedTuple):
    """Viewer-neutral forms of one version of a message, and their size in memory."""

    json: bytes
    html: str
    size: int


# Keys carry versions, so no entry becomes stale.
cache: LRUCache[Key, Rendered] = LRUCache(CAPACITY, size_of=attrgetter("size"))


def render_message(message: Message) -> Rendered:
    """Render and cache both forms of a message that has just changed and whose author is loaded, once per version."""
    # It is asked for by the event and again by the answer.
    remembered: tuple[int, Rendered] | None = vars(message).get("_rendered")
    if remembered is not None and remembered[0] == message.version:
        return remembered[1]
    rendered = _render_and_cache(message, *_load_related([message]))
    vars(message)["_rendered"] = (message.version, rendered)
    return rendered


def render_loaded(message: Message) -> Rendered:
    """Return both forms of a message whose author is loaded, from the cache or rendered now."""
    return cache.get(_build_key(message)) or _render_and_cache(message, *_load_related([message]))


def render_posted(message: Message, unreached: Unreached) -> bytes:
    """Return the JSON of a message for its author, with whom it does not reach, if there is anyone."""
    body = render_message(message).json
    if unreached.absent:
        named = b",".join(NamedUserOut.of(user).model_dump_json().encode() for user in unreached.absent)
        body = body[:-1] + b',"not_in_room":[' + named + b"]}"
    return body[:-1] + b',"is_broadcast_refused":true}' if unreached.is_broadcast_refused else body


def render_messages(keys: Sequence[Key]) -> list[Rendered | None]:
    """Return renderings in the order of their keys, None for a message that was removed meanwhile.

    Those not cached are loaded in one query, the users who reacted to them in another, and what they quote in a third.
    """
    entries = cache.get_many(keys)
    missing = [key[0] for key, entry in zip(keys, entries, strict=True) if entry is None]
    if missing:
        messages = list(Message.objects.filter(pk__in=missing).for_rendering())
        users, quoted = _load_related(messages)
        fresh = {to_raw_value(message.pk): _render_and_cache(message, users, quoted) for message in messages}
        entries = [entry or fresh.get(key[0]) for key, entry in zip(keys, entries, strict=True)]
    return entries


Users = dict[str, User]


def _load_related(messages: Sequence[Message]) -> tuple[Users, Quoted]:
    """Return, by id, the users that messages show beside their authors, and the messages that they answer."""
    answers = [message for message in messages if message.reply_to_id]
    return _load_users(messages), load_quoted(answers) if answers else {}


def _load_users(messages: Sequence[Message]) -> Users:
    """Return, by id, the users in tooltips of reactions and those whose faces stand for a thread. One query if any."""
    reactions = [reaction for message in messages for reaction in message.reactions]
    ids = {user_id for reaction in reactions for user_id in reaction["user_ids"][:MAX_NAMES]}
    for message in messages:
        ids.update((message.thread_summary or {}).get("participant_ids", [])[:MAX_FACES])
    return {str(user.pk): user for user in User.objects.filter(pk__in=ids)} if ids else {}


def _render_and_cache(message: Message, users: Users, quoted: Quoted) -> Rendered:
    html, key = _fill_template(message, users, quoted), _build_key(message)
    json = encode_message(message, key)
    rendered = Rendered(json, html, len(json) + len(html))
    cache.put(key, rendered)
    return rendered


def _build_key(message: Message) -> Key:
    stamps = to_raw_value(message.updated_at), to_raw_value(message.author.updated_at)
    return to_raw_value(message.pk), message.version, *stamps


def _fill_template(message: Message, users: Users, quoted: Quoted) -> str:
    """Return `_message.html` for a message. The template runs once per author and kind of message, not per message."""
    author = message.author
    kind = MessageKind(
        author.pk,
        author.updated_at,
        message.type,
        message.deleted_at is not None,
        bool(message.edited_at),
        bool(message.client_id),
        message.pinned_at is not None,
        message.thread_id is not None,
        message.seq is not None,
        message.is_action,
    )
    at = message.created_at.astimezone(UTC)
    values = {
        "pk": str(message.pk),
        "seq": str(message.seq or ""),
        "thread_id": str(message.thread_id or ""),
        "thread_seq": str(message.thread_seq or ""),
        "version": str(message.version),
        "client_id": escape(message.client_id or ""),
        "html": message.html,
        "iso": at.isoformat(timespec="milliseconds"),
        "clock": f"{at.hour:02}:{at.minute:02}",
        "epoch": str(int(at.timestamp())),
        "attachments": render_attachments(message.attachments) if message.attachments else "",
        "previews": render_previews(message) if message.previews else "",
        "reactions": render_reactions(message, users) if message.reactions else "",
        "thread": _render_thread_link(message, users) if message.thread_summary else "",
        "origin": _render_origin(message) if message.forwarded and not message.is_deleted else "",
        "quote": render_quote(message, quoted) if message.reply_to_id else "",
        "actor": render_actor(message) if message.is_action else "",
    }
    return _template.fill(kind, values, lambda placeholders: _build_context(kind, author, placeholders))


def _render_origin(message: Message) -> SafeString:
    """Return `_origin.html` for a forwarded message."""
    context = describe_origin(message.forwarded_from_id, message.forwarded or {})
    at = datetime.fromisoformat(context["created_at"])
    html = get_template("chat/messages/_origin.html").render(context | {"at": at}).strip()
    return mark_safe(html)  # noqa: S308  escaped by the template


def render_previews(message: Message) -> SafeString:
    """Return `_link_previews.html` for a message, empty where it has none."""
    if not message.previews:
        return SafeString("")
    context = {"previews": list_previews(message.previews), "relation": RELATION}
    html = get_template("chat/messages/_link_previews.html").render(context).strip()
    return mark_safe(html)  # noqa: S308  escaped by the template


def render_reactions(message: Message, users: Users) -> SafeString:
    """Return `_reactions.html` for a message, empty where it has no reactions."""
    if not message.reactions:
        return SafeString("")
    reactions = [
        reaction
        | {"who": _join_names(reaction["user_ids"], users)}
        | ({"picture": build_picture_url(reaction["custom_id"])} if "custom_id" in reaction else {})
        for reaction in message.reactions
    ]
    html = get_template("chat/messages/_reactions.html").render({"reactions": reactions}).strip()
    return mark_safe(html)  # noqa: S308  escaped by the template


def _render_thread_link(message: Message, users: Users) -> SafeString:
    """Return `_thread_link.html` for the root of a thread."""
    summary = message.thread_summary or {}
    faces = [users[user_id] for user_id in summary["participant_ids"][:MAX_FACES] if user_id in users]
    context = {"root_id": message.pk, "thread": summary, "faces": faces}
    html = get_template("chat/messages/_thread_link.html").render(context).strip()
    return mark_safe(html)  # noqa: S308  escaped by the template


def _join_names(user_ids: list[str], users: Users) -> str:
    """Return `Alice, Bob and 3 others`."""
    parts = [users[user_id].get_short_name() for user_id in user_ids[:MAX_NAMES] if user_id in users]
    others = len(user_ids) - len(parts)
    if others:
        parts.append(f"{others} other{'s' * (others > 1)}")
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


class MessageKind(NamedTuple):
    """What makes the fragments of two messages differ beside their values: one compiled template each."""

    author_id: UUID
    author_stamp: datetime
    type: str
    is_deleted: bool
    is_edited: bool
    has_client_id: bool
    is_pinned: bool
    is_reply: bool
    is_in_feed: bool
    is_action: bool


_template = CompiledTemplate(
    "chat/messages/_message.html",
    ("seq", "thread_seq", "version", "client_id", "html", "iso", "clock", "epoch", *DRAWN),
    ids=("pk", "thread_id"),
)


def _build_context(kind: MessageKind, author: User, placeholders: dict[str, SafeString]) -> dict[str, object]:
    message = {
        "pk": UUID(placeholders["pk"]),
        "author": author,
        "type": kind.type,
        "is_deleted": kind.is_deleted,
        "edited_at": kind.is_edited,
        "client_id": placeholders["client_id"] if kind.has_client_id else None,
        "is_pinned": kind.is_pinned,
        "thread_id": UUID(placeholders["thread_id"]) if kind.is_reply else None,
        "is_in_feed": kind.is_in_feed,
        "is_action": kind.is_action,
    }
    message |= {name: placeholders[name] for name in ("seq", "thread_seq", "version", "html")}
    drawn = {name: placeholders[name] for name in ("iso", "clock", "epoch", *DRAWN)}
    return {"message": message, **drawn}
