"""Load the drafts of a user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from accounts.models import Organisation, User
from chat.attachments.schemas import AssetRef
from chat.drafts.schemas import DraftOut, QuoteOut
from chat.models import StoredDraft
from chat.room_names import direct_name, other_members_of

PAGE = 50


@dataclass(frozen=True, slots=True)
class DraftEntry:
    """A draft, and where it is continued. `room_name` is empty where the user no longer sees the room."""

    id: UUID
    room_name: str
    url: str
    is_reply: bool
    is_writable: bool
    content: str
    files: list[AssetRef]
    lost_files: int
    quote: QuoteOut | None
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class DraftPage:
    """Drafts, the one typed last first; `older` is the `before` of the next page."""

    items: list[DraftEntry]
    older: UUID | None


def drafts_of(*, user: User, organisation: Organisation, before: UUID | None = None) -> DraftPage:
    """Return a page of a user's drafts in an organisation. Three queries, four with files."""
    drafts = StoredDraft.objects.written_by(user).within(organisation.slug).for_reader(user).select_related("room")
    if before:
        drafts = drafts.filter(saved_id__lt=before)
    rows = list(drafts.order_by("-saved_id")[: PAGE + 1])
    shown = rows[:PAGE]
    others = other_members_of([draft.room_id for draft in shown if draft.is_visible and draft.room.is_direct], user)
    items = [_describe_draft(draft, others.get(draft.room_id, []), user) for draft in shown]
    return DraftPage(items, older=shown[-1].saved_id if len(rows) > PAGE else None)


def _describe_draft(draft: StoredDraft, others: list[User], user: User) -> DraftEntry:
    room, shape = draft.room, DraftOut.of(draft)
    name = direct_name(others, user) if room.is_direct else room.full_name
    url = reverse("chat:thread", args=[draft.thread_id]) if draft.thread_id else room.get_absolute_url()
    return DraftEntry(
        id=draft.pk,
        room_name=name if draft.is_visible else "",
        url=url if draft.is_visible else "",
        is_reply=draft.thread_id is not None,
        is_writable=draft.is_writable,
        content=draft.content,
        files=shape.assets,
        lost_files=len(shape.asset_ids) - len(shape.assets),
        quote=shape.quote,
        updated_at=draft.updated_at,
    )
