"""Messages, reactions, bookmarks and read marks, as REST answers and events carry them."""

from __future__ import annotations

from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from accounts.models import User
from chat.attachments.schemas import AssetRef, describe_assets
from chat.emoji.schemas import ReactionOut
from chat.messages.origins import describe_origin
from chat.messages.previews import list_previews
from chat.models import MAX_ATTACHMENTS, MAX_CONTENT, Bookmark, Message, MessageRevision
from lib.web.schemas import Timestamp

MessageText = Annotated[str, StringConstraints(max_length=MAX_CONTENT)]
ClientId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
# What a list of messages has answered as `next_cursor`.
SeqCursor = Annotated[str, StringConstraints(pattern=r"^[1-9][0-9]{0,17}$")]
AssetIds = Annotated[list[UUID], Field(max_length=MAX_ATTACHMENTS)]
Seq = Annotated[int, Field(ge=0, le=2**63 - 1)]


class AuthorOut(BaseModel):
    """The author of a message."""

    id: UUID
    name: str
    username: str
    kind: Literal["human", "agent"]
    avatar_url: str | None


class ThreadOut(BaseModel):
    """The replies in the thread of a message."""

    reply_count: int = Field(description="Of those not deleted.")
    last_seq: int
    last_reply_at: Timestamp | None
    participant_ids: list[UUID] = Field(description="At most 20 users, who replied last comes first.")


class PreviewOut(BaseModel):
    """What a page that a message links to is about, by its own account."""

    url: str = Field(description="As the message links to it.")
    title: str
    description: str = Field(description="Empty where the page has none.")
    site_name: str
    image_url: str | None = Field(description="A WebP of at most 480 pixels a side, made by this server.")
    image_width: int = Field(description="In pixels; 0 without an image.")
    image_height: int


class OriginAuthorOut(BaseModel):
    """The author of a message that was forwarded, as they were called then."""

    id: UUID
    name: str
    username: str


class OriginOut(BaseModel):
    """What a forwarded message is a copy of."""

    message_id: UUID | None = Field(description="Not all readers may see it. Null where its room was deleted.")
    author: OriginAuthorOut
    created_at: Timestamp


class MessageOut(BaseModel):
    """One message; a deleted one is a tombstone without content."""

    id: UUID
    room_id: UUID
    seq: int | None = Field(description="Its position in the room; null for a reply in a thread alone.")
    version: int
    author: AuthorOut
    type: Literal["text", "image", "file", "system"]
    is_action: bool = Field(description="Posted by `/me`: clients show it in a line that begins with the author.")
    content: str | None
    html: str | None
    client_id: str | None
    reply_to: UUID | None
    forwarded: OriginOut | None = Field(description="Of a forwarded message: who wrote it, where from, and when.")
    thread_id: UUID | None = Field(description="The message in whose thread it is a reply.")
    thread_seq: int | None = Field(description="Its position in that thread.")
    thread: ThreadOut | None = Field(description="The replies in its own thread, if there are any.")
    assets: list[AssetRef] = Field(description="The files in it, in order, without those that were deleted.")
    previews: list[PreviewOut] = Field(description="At most 3. They come a moment after the message.")
    reactions: list[ReactionOut] = Field(description="In the order in which each emoji was first used.")
    mentions: list[UUID]
    broadcast: Literal["room", "here"] | None = Field(
        description="Whether it is to all: `@room` (`@channel`, `@everyone`, `@all`), or to those connected, `@here`."
    )
    created_at: Timestamp
    edited_at: Timestamp | None
    deleted_at: Timestamp | None
    pinned_at: Timestamp | None = Field(description="Since when it is pinned in its room.")
    pinned_by: UUID | None = Field(description="Who pinned it, as long as there is such an account.")

    @classmethod
    def of(cls, message: Message) -> MessageOut:
        """Return the shape of a message loaded `for_rendering`."""
        author, is_deleted = message.author, message.deleted_at is not None
        return cls.model_construct(
            id=message.pk,
            room_id=message.room_id,
            seq=message.seq,
            version=message.version,
            author=AuthorOut.model_construct(
                id=author.pk,
                name=author.name,
                username=author.username,
                kind=author.kind,
                avatar_url=author.avatar_url,
            ),
            type=message.type,
            is_action=message.is_action,
            content=None if is_deleted else message.content,
            html=None if is_deleted else message.html,
            client_id=message.client_id,
            reply_to=message.reply_to_id,
            forwarded=message.forwarded
            and OriginOut.model_validate(describe_origin(message.forwarded_from_id, message.forwarded)),
            thread_id=message.thread_id,
            thread_seq=message.thread_seq,
            thread=message.thread_summary and ThreadOut.model_validate(message.thread_summary),
            assets=[AssetRef.model_validate(shown) for shown in describe_assets(message.attachments)],
            previews=[PreviewOut.model_construct(**shown) for shown in list_previews(message.previews)],
            reactions=[ReactionOut.of(shown) for shown in message.reactions],
            mentions=[] if is_deleted else [UUID(user_id) for user_id in message.mentioned_ids],
            broadcast=None if is_deleted else message.broadcast or None,
            created_at=message.created_at,
            edited_at=message.edited_at,
            deleted_at=message.deleted_at,
            pinned_at=message.pinned_at,
            pinned_by=message.pinned_by_id,
        )


class NamedUserOut(BaseModel):
    """User that a message names."""

    id: UUID
    name: str
    username: str

    @classmethod
    def of(cls, user: User) -> NamedUserOut:
        """Return the shape of a user."""
        return cls.model_construct(id=user.pk, name=user.name, username=user.username)


class PostedOut(MessageOut):
    """A message that you have just posted or edited."""

    not_in_room: list[NamedUserOut] = Field(
        default=[], description="Whom it names who are not in the room, and so are not told. Left out where all are."
    )
    is_broadcast_refused: bool = Field(
        default=False, description="It says `@room` or `@here`, which told nobody: guests may not. Left out where not."
    )


class MessageList(BaseModel):
    items: list[MessageOut]
    next_cursor: str | None


class BookmarkOut(BaseModel):
    """A message that you have saved."""

    message: MessageOut
    created_at: Timestamp

    @classmethod
    def of(cls, bookmark: Bookmark) -> BookmarkOut:
        """Return the shape of a bookmark whose message and its author are loaded."""
        return cls.model_construct(message=MessageOut.of(bookmark.message), created_at=bookmark.created_at)


class ChangesOut(BaseModel):
    """The messages of a room that changed since a version."""

    items: list[MessageOut]
    version: int
    has_more: bool
    reset: bool


class RevisionOut(BaseModel):
    """The content of a message until `replaced_at`."""

    id: UUID
    content: str
    html: str
    replaced_at: Timestamp

    @classmethod
    def of(cls, revision: MessageRevision) -> RevisionOut:
        """Return the shape of a revision."""
        return cls.model_construct(
            id=revision.pk, content=revision.content, html=revision.html, replaced_at=revision.created_at
        )


class MessageIn(BaseModel):
    content: MessageText = Field(default="", description="May be empty beside files.")
    client_id: ClientId | None = None
    reply_to: UUID | None = None
    thread_id: UUID | None = Field(default=None, description="Reply in the thread of this message.")
    also_in_room: bool = Field(default=False, description="Send a reply in a thread to the room too.")
    asset_ids: AssetIds = Field(default=[], description="Files that you see in its organisation, in order.")


class ForwardIn(BaseModel):
    room_id: UUID | None = Field(default=None, description="The room to forward to.")
    user_id: UUID | None = Field(default=None, description="Or the user whom you forward to, in your direct room.")
    comment: MessageText = Field(default="", description="A message of your own, posted before it.")
    client_id: ClientId | None = None


class MessagePatch(BaseModel):
    content: MessageText


class ReadIn(BaseModel):
    seq: Seq


class ReadOut(BaseModel):
    unread: int
    mentions: int
