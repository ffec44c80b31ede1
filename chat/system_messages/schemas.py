"""System messages as REST answers and events carry them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal
from uuid import UUID

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, Field

from accounts.models import User
from chat.models import SystemMessage
from lib.text.lists import join_words
from lib.web.schemas import Timestamp

# Named in a line; it counts the others.
SHOWN_USERS = 5

TEXTS = {
    "joined": _("{users} joined"),
    "added": _("{actor} added {users}"),
    "left": _("{users} left"),
    "removed": _("{actor} removed {users}"),
    "renamed": _("{actor} renamed the room from {before} to {after}"),
    "topic_changed": _("{actor} changed the topic to: {after}"),
    "topic_cleared": _("{actor} cleared the topic"),
    "archived": _("{actor} archived the room"),
    "unarchived": _("{actor} opened the room again"),
}


class PersonOut(BaseModel):
    """Name of a user."""

    id: UUID
    name: str

    @classmethod
    def of(cls, user: User) -> PersonOut:
        return cls.model_construct(id=user.pk, name=user.name)


class SystemMessageOut(BaseModel):
    """What has happened in a room. It is no numbered message: it has no seq, is never unread, and never changes."""

    id: UUID
    room_id: UUID
    type: Literal["system"]
    code: Literal["joined", "added", "left", "removed", "renamed", "topic_changed", "archived", "unarchived"]
    content: str = Field(description="All of it in words: in the language of the request; in events, in English.")
    actor: PersonOut | None = Field(description="Who did it; null when nobody did it by hand.")
    users: list[PersonOut] = Field(description="The first five users that it is about.")
    user_count: int = Field(description="How many users it is about.")
    before: str = Field(description="The former name or topic.")
    after: str = Field(description="The new name or topic.")
    created_at: Timestamp

    @classmethod
    def of(cls, message: SystemMessage, users: Sequence[User]) -> SystemMessageOut:
        """Return the shape of a message whose actor is loaded; `users` are the first ones that it is about."""
        return cls.model_construct(
            id=message.pk,
            room_id=message.room_id,
            type="system",
            code=message.code,
            content=_describe_message(message, users),
            actor=PersonOut.of(message.actor) if message.actor else None,
            users=[PersonOut.of(user) for user in users],
            user_count=len(message.user_ids),
            before=message.before,
            after=message.after,
            created_at=message.created_at,
        )


def _describe_message(message: SystemMessage, users: Sequence[User]) -> str:
    names = [user.name for user in users]
    if others := len(message.user_ids) - len(names):
        names.append(ngettext("{count} other", "{count} others", others).format(count=others))
    key = "topic_cleared" if message.code == "topic_changed" and not message.after else message.code
    actor = message.actor.name if message.actor else gettext("Somebody")
    return str(TEXTS[key]).format(
        users=join_words(names) if names else "", actor=actor, before=message.before, after=message.after
    )
