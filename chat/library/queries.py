"""Load the files of an organisation, as its page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from accounts.models import Membership, User
from assets.delivery.disposition import is_shown
from assets.library.queries import Narrowing, list_assets, select_assets
from assets.models import Asset
from assets.storing.queries import get_visible_asset
from chat.attachments.html import UNSEEN_TYPES, ShownFile, build_shown_file
from chat.attachments.snapshots import build_snapshot
from chat.library.schemas import GROUPS, LibraryFilters
from chat.models import Attachment, Message
from chat.room_names import name_rooms
from chat.search.periods import parse_period
from lib.media.descriptions import describe_kind, draw_ending
from lib.media.kinds import Kind
from lib.media.photo_data import PhotoData
from lib.text.time_zones import find_zone
from lib.web.pagination import PageQuery

# Messages that a file's page names.
USES = 20
ICONS = {Kind.VIDEO: "film", Kind.AUDIO: "sound", Kind.IMAGE: "picture", Kind.ARCHIVE: "folder"}

PHOTO_DATA: dict[PhotoData, StrOrPromise] = {
    PhotoData.REMOVED: _("Removed"),
    PhotoData.NONE: _("It names none"),
    PhotoData.PARTIAL: _("Removed in part: some of it can’t be taken out of such a file"),
    PhotoData.UNSUPPORTED: _("Not looked for in files of this kind"),
    PhotoData.FAILED: _("Could not be removed"),
    PhotoData.KEPT: _("Kept"),
}


@dataclass(frozen=True, slots=True)
class LibraryFile:
    """A file as the library draws it."""

    asset: Asset

    @property
    def small_url(self) -> str | None:
        return self.asset.build_thumbnail_url("small")

    @property
    def large_url(self) -> str | None:
        return self.asset.build_thumbnail_url("large") or self.small_url

    @property
    def description(self) -> StrOrPromise:
        """Return its kind in words."""
        return describe_kind(self.asset.name, self.asset.mime_type)

    @property
    def photo_data(self) -> StrOrPromise:
        """Return what became of the place and camera that it names, in words; empty for other kinds of files."""
        found = self.asset.shown_photo_data
        return PHOTO_DATA[found] if found else ""

    @property
    def icon(self) -> str:
        """Return the icon that stands for it where there is no picture; empty for a sheet with its ending."""
        return ICONS.get(Kind(self.asset.kind), "" if self.ending else "file")

    @property
    def ending(self) -> str:
        """Return the ending of its name in capitals, where there is a short one."""
        return draw_ending(self.asset.name)

    @property
    def player(self) -> str:
        """Return the kind of a file that browsers play, else nothing."""
        kind = self.asset.kind
        return kind if kind in (Kind.VIDEO, Kind.AUDIO) and is_shown(self.asset) else ""

    @property
    def sound(self) -> ShownFile:
        """Return a sound as messages draw it."""
        return build_shown_file(build_snapshot(self.asset))

    @property
    def opens(self) -> bool:
        """Tell whether browsers show it on a page of its own."""
        return is_shown(self.asset)

    @property
    def is_enlarged(self) -> bool:
        """Tell whether a click on its picture shows it large: it is a picture, or a film that browsers play."""
        return bool(self.large_url) and (self.asset.kind == Kind.IMAGE or self.player == "video")

    @property
    def large_address(self) -> str:
        """Return where it leads without scripts: to the file, or its picture where no browser shows the file."""
        is_seen = self.opens and self.asset.mime_type not in UNSEEN_TYPES
        return self.asset.content_url if is_seen or not self.large_url else self.large_url

    @property
    def pixels(self) -> tuple[int, int]:
        """Return width and height in pixels, as far as these are known: of the file, else of its thumbnail."""
        known = self.asset.metadata
        if known.get("width") and known.get("height"):
            return known["width"], known["height"]
        thumbnail = self.asset.find_thumbnail("large") or self.asset.find_thumbnail("small")
        return (thumbnail.width, thumbnail.height) if thumbnail else (0, 0)


@dataclass(frozen=True, slots=True)
class FileUse:
    """A message that shows a file, and the name of its room as the reader sees it."""

    message: Message
    room_name: str


def find_files(*, own: Membership, filters: LibraryFilters, q: str, page: PageQuery) -> list[LibraryFile]:
    """Return a page of the files that a member sees in the organisation, one more where others follow. Two queries.

    With a cursor by name or size three.
    """
    narrowing = Narrowing(
        kinds=GROUPS[filters.kind] if filters.kind else (),
        owner_id=own.user_id if filters.owner == "me" else filters.owner,
        room_id=filters.room,
        q=q,
        after=_find_start(own.user, filters),
    )
    assets = list_assets(user=own.user, organisation_id=own.organisation_id, narrowing=narrowing, sort=filters.sort)
    return [LibraryFile(asset) for asset in select_assets(assets, page, sort=filters.sort)]


def get_file(*, user: User, organisation_id: UUID, asset_id: UUID) -> LibraryFile:
    """Return a file of an organisation. Raise Asset.DoesNotExist where the user may not see it."""
    asset = get_visible_asset(user=user, asset_id=asset_id)
    if asset.organisation_id != organisation_id:
        raise Asset.DoesNotExist
    return LibraryFile(asset)


def list_room_files(*, user: User, room_id: UUID, limit: int) -> list[LibraryFile]:
    """Return the newest files of a room that the user sees. Two queries, one where there are none."""
    assets = list_assets(user=user, narrowing=Narrowing(room_id=room_id))
    return [LibraryFile(asset) for asset in assets[:limit]]


def list_uses(*, user: User, asset_id: UUID) -> list[FileUse]:
    """Return the messages that show a file to a user, the newest first, at most 20. One query, two with directs."""
    attachments = Attachment.objects.visible_to(user).filter(asset=asset_id)
    found = attachments.select_related("message__room", "message__author").order_by("-message_id")[:USES]
    posted = [attachment.message for attachment in found]
    names = name_rooms({message.room for message in posted}, user)
    return [FileUse(message, names[message.room_id]) for message in posted]


def _find_start(user: User, filters: LibraryFilters) -> datetime | None:
    """Return since when files are asked for, by the calendar of the user."""
    if filters.during is None:
        return None
    zone = find_zone(user.time_zone) or timezone.get_current_timezone()
    period = parse_period(filters.during, now=timezone.now(), zone=zone)
    return period.start if period else None
