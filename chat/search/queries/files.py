"""Find which file of a message a search has found, and where in its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q
from django.utils.safestring import SafeString

from assets.models import BlobText
from chat.models import Attachment
from chat.search.snippets import cut_passage, cut_snippet, format_snippet
from lib.text.search_text import build_search_text


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file, and the part of its text that was found."""

    id: UUID
    name: str
    kind: str
    snippet: SafeString


def find_files(message_ids: Sequence[UUID], pieces: Sequence[str]) -> dict[UUID, FoundFile]:
    """Return by message the first file whose text holds one of some pieces. Two queries, none without pieces."""
    if not pieces:
        return {}
    holds = reduce(or_, (Q(asset__blob__search_entry__text__holds=piece) for piece in pieces))
    shown = Attachment.objects.standing().filter(holds, message__in=message_ids, asset__deleted_at=None)
    rows = list(shown.select_related("asset__blob").order_by("-position"))
    assets = {row.message_id: row.asset for row in rows}
    blob_ids = {asset.blob_id for asset in assets.values()}
    texts = dict(BlobText.objects.filter(blob__in=blob_ids).values_list("blob", "text"))
    return {
        message_id: FoundFile(asset.pk, asset.name, asset.kind, _cut_text(texts.get(asset.blob_id, ""), pieces))
        for message_id, asset in assets.items()
    }


def _cut_text(text: str, pieces: Sequence[str]) -> SafeString:
    passage = cut_passage(text, pieces)
    return format_snippet(cut_snippet(passage, build_search_text(passage), [piece.strip(" ") for piece in pieces]))
