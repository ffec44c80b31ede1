"""Jobs of custom emoji."""

from __future__ import annotations

from uuid import UUID

from chat.emoji import uses
from chat.models import CustomEmoji
from chat.models.emoji import EMOJI_IMAGES
from lib.jobs import job, recurring
from lib.stored_pictures import PictureFolder


@job()
def show_names_instead(*, organisation_id: str, emoji_id: str, shown: str) -> None:
    """Replace the pictures of a deleted emoji by what was typed for them."""
    uses.show_names_instead(organisation_id=UUID(organisation_id), emoji_id=UUID(emoji_id), shown=shown)


def _has_orphans() -> bool:
    return bool(PictureFolder(EMOJI_IMAGES).list_orphans(_list_used_paths()))


@recurring("11 * * * *", when=_has_orphans)
@job()
def delete_orphaned_emoji_images() -> None:
    """Delete the pictures whose emoji are gone, with their organisation for example."""
    PictureFolder(EMOJI_IMAGES).delete_orphans(_list_used_paths())


def _list_used_paths() -> set[str]:
    return set(CustomEmoji.objects.values_list("image", flat=True))
