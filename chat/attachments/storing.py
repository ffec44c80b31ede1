"""Find the files that messages are posted with, and store where they stand."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assets.models import Asset
from chat.attachments.snapshots import Snapshot, are_images, build_snapshot
from chat.models import MAX_ATTACHMENTS, Attachment, Message, Room

Assets = Mapping[UUID, Asset]


def require_assets(asset_ids: Sequence[UUID], *, author: User, room_id: UUID) -> None:
    """Raise ValidationError for files that an author may not post in a room: hidden ones, or of elsewhere. One query.

    All that they see in its organisation they may, in other messages too.
    """
    require_few(asset_ids)
    organisation = Room.objects.filter(pk=room_id).values("organisation")
    visible = Asset.objects.visible_to(author).filter(pk__in=asset_ids, organisation__in=organisation)
    if set(asset_ids) - set(visible.values_list("pk", flat=True)):
        raise build_refusal()


def require_few(asset_ids: Sequence[UUID]) -> None:
    """Raise ValidationError for more files than a message holds."""
    if len(asset_ids) > MAX_ATTACHMENTS:
        refusal = format_lazy(
            _("A message holds up to {count} files. Send the others in another."), count=MAX_ATTACHMENTS
        )
        raise ValidationError({"asset_ids": refusal})


def lock_assets(asset_ids: Collection[UUID]) -> dict[UUID, Asset]:
    """Return files with their blobs and thumbnails by id, none that was deleted. Two queries.

    Both are locked until the commit: what changes one of them, or makes its thumbnails, finds the message then.
    """
    rows = Asset.objects.not_deleted().filter(pk__in=asset_ids).order_by("pk")
    locked = rows.select_for_update(of=("self", "blob"), no_key=True).select_related("blob")
    return {asset.pk: asset for asset in locked.prefetch_related("blob__thumbnails")}


def list_snapshots(asset_ids: Iterable[UUID], assets: Assets) -> list[Snapshot] | ValidationError:
    """Return what a message repeats of its files, or its refusal where one was deleted meanwhile."""
    try:
        return [build_snapshot(assets[asset_id]) for asset_id in dict.fromkeys(asset_ids)]
    except KeyError:
        return build_refusal()


def choose_type(snapshots: Sequence[Snapshot] | None) -> Message.Type:
    """Return the type of a message with some files, or none."""
    if not snapshots:
        return Message.Type.TEXT
    return Message.Type.IMAGE if are_images(snapshots) else Message.Type.FILE


def save_attachments(messages: Iterable[Message]) -> None:
    """Store where the files of new messages stand. One query."""
    Attachment.objects.bulk_create(
        Attachment(message=message, asset_id=UUID(shown["id"]), position=position)
        for message in messages
        for position, shown in enumerate(message.attachments or ())
    )


def build_refusal() -> ValidationError:
    """Return the refusal of a file that is not there for the author."""
    return ValidationError({"asset_ids": _("There is no such file in this organisation. Upload it again.")})
