"""Open files for users that see them."""

from __future__ import annotations

from uuid import UUID

from accounts.models import User
from assets.delivery.disposition import choose_sent_type, is_shown
from assets.delivery.responses import SentFile
from assets.models import Asset, Thumbnail


def open_content(*, actor: User, asset_id: UUID) -> SentFile:
    """Return the bytes of an asset. Raise Asset.DoesNotExist where the actor may not see it."""
    asset: Asset = Asset.objects.visible_to(actor).with_blob().get(pk=asset_id)
    blob = asset.blob
    sent_type = choose_sent_type(blob.mime_type)
    return SentFile(blob.path, blob.size, sent_type, f'"{blob.sha256}"', asset.name, is_shown(asset))


def open_thumbnail(*, actor: User, asset_id: UUID, size: str) -> SentFile:
    """Return a thumbnail of an asset. Raise DoesNotExist where the actor may not see it, and where there is none."""
    asset: Asset = Asset.objects.visible_to(actor).with_blob().get(pk=asset_id)
    if (thumbnail := asset.find_thumbnail(size)) is None:
        raise Thumbnail.DoesNotExist
    name = f"{asset.name}.{thumbnail.mime_type.rpartition('/')[2]}"
    return SentFile(thumbnail.path, thumbnail.byte_count, thumbnail.mime_type, f'"{thumbnail.pk.hex}"', name)
