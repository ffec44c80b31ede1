"""Announce drafts to their author's own sockets."""

from __future__ import annotations

from accounts.topics import user_topic
from chat.drafts.schemas import DraftOut
from chat.models import StoredDraft
from lib.realtime import publisher
from lib.realtime.frames import encode_frame
from lib.realtime.hub import Event
from lib.web.schemas import to_timestamp


def draft_saved(draft: StoredDraft) -> None:
    """Tell a user's own sockets what they have typed on one of their devices. The draft is loaded `for_reader`."""
    payload = encode_frame("draft.saved", room=draft.room_id, thread_id=draft.thread_id, draft=DraftOut.of(draft))
    publisher.publish([Event(user_topic(draft.user_id), payload)])


def draft_deleted(draft: StoredDraft) -> None:
    """Tell a user's own sockets that a draft was sent or given up, and which: there may be a newer one by then."""
    place = {"room": draft.room_id, "thread_id": draft.thread_id}
    payload = encode_frame("draft.deleted", **place, updated_at=to_timestamp(draft.updated_at))
    publisher.publish([Event(user_topic(draft.user_id), payload)])
