"""Keep the files of what is not sent yet, and describe them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from uuid import UUID

from accounts.models import User
from chat.attachments.schemas import AssetRef, describe_assets
from chat.attachments.snapshots import build_snapshot
from chat.attachments.storing import build_refusal, lock_assets, require_assets, require_few
from chat.models import HeldFile, ScheduledMessage, StoredDraft

Holder = StoredDraft | ScheduledMessage


def hold_files(
    holder: Holder,
    asset_ids: Sequence[UUID],
    *,
    author: User,
    room_id: UUID,
    seen: Collection[UUID] | None = None,
    known: Collection[UUID] = (),
) -> bool:
    """Let a draft or scheduled message, locked by the caller, name these files; tell whether that changes anything.

    With `seen`, those that it named when the author last looked, only what they have added or removed since is changed.
    What it names already, or is `known`, may be gone by now; of others raise ValidationError for those that the author
    can't post in the room. They are locked until the commit, so clean-up finds them held.
    """
    wanted = list(dict.fromkeys(asset_ids))
    current = list_held_ids(holder)
    if seen is not None:
        wanted = _merge_changes(wanted, seen, current)
    if wanted == current:
        return False
    require_few(wanted)
    added = set(wanted) - {*current, *known}
    if added:
        require_assets(list(added), author=author, room_id=room_id)
        if added - lock_assets(added).keys():
            raise build_refusal()
    field = "draft" if isinstance(holder, StoredDraft) else "scheduled"
    HeldFile.objects.filter(**{field: holder}).delete()
    HeldFile.objects.bulk_create(
        HeldFile(**{field: holder}, asset_id=asset_id, position=position) for position, asset_id in enumerate(wanted)
    )
    return True


def list_held_ids(holder: Holder) -> list[UUID]:
    """Return the ids of the files that a draft or scheduled message names, in order, with gone ones. One query."""
    return list(holder.files.order_by("position").values_list("asset_id", flat=True))


def describe_held(files: Iterable[HeldFile]) -> list[AssetRef]:
    """Return the shapes of files that are loaded `for_reader`, without those that are gone."""
    standing = [each.asset for each in files if each.is_visible and each.asset is not None]
    return [AssetRef.model_validate(shape) for shape in describe_assets([build_snapshot(each) for each in standing])]


def _merge_changes(wanted: Sequence[UUID], seen: Collection[UUID], current: Sequence[UUID]) -> list[UUID]:
    """Return the wanted files without those removed elsewhere since they were seen, then those added elsewhere."""
    removed = set(seen) - set(current)
    kept = [each for each in wanted if each not in removed]
    return [*kept, *(each for each in current if each not in {*seen, *kept})]
