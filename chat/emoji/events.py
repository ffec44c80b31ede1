"""Announce emoji of organisations to all their members."""

from __future__ import annotations

from uuid import UUID

from chat.emoji.schemas import EmojiOut
from chat.models import CustomEmoji
from chat.topics import organisation_topic
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event


def emoji_created(emoji: CustomEmoji) -> None:
    """Announce a new emoji."""
    publisher.publish(_address_frame(emoji.organisation_id, "emoji.created", emoji=EmojiOut.of(emoji)))


def emoji_updated(emoji: CustomEmoji) -> None:
    """Announce the further names of an emoji."""
    publisher.publish(_address_frame(emoji.organisation_id, "emoji.updated", emoji=EmojiOut.of(emoji)))


def emoji_deleted(*, organisation_id: UUID, emoji_id: UUID) -> None:
    """Announce that an emoji is gone: what used it shows its name."""
    publisher.publish(_address_frame(organisation_id, "emoji.deleted", emoji_id=emoji_id))


def _address_frame(organisation_id: UUID, kind: str, **fields: object) -> list[Event]:
    payload = encode_frame(kind, organisation=organisation_id, **fields)
    return [Event(organisation_topic(organisation_id), payload)]
