"""List the files that a user sees, and count the bytes of an organisation."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import cast
from uuid import UUID

from django.db.models import Count, Q, Sum

from accounts.models import Organisation, User
from assets.access import list_room_conditions
from assets.library.schemas import KindUseOut, OwnerUseOut, Sort, StorageOut
from assets.models import Asset, Blob, StorageUse
from assets.models.assets import AssetQuerySet
from assets.storing.schemas import AssetOwner, FileKind
from lib.web.pagination import PageQuery, decode_cursor

# Users in what is stored by user.
OWNERS = 20


@dataclass(frozen=True, slots=True)
class Narrowing:
    """What a list of files is narrowed to; None and what is empty narrow nothing."""

    kinds: Collection[str] = field(default=())
    owner_id: UUID | None = None
    room_id: UUID | None = None
    q: str = ""
    before: datetime | None = None
    after: datetime | None = None


def list_assets(
    *, user: User, organisation_id: UUID | None = None, narrowing: Narrowing, sort: Sort = Sort.NEWEST
) -> AssetQuerySet:
    """Return the files that a user sees, of an organisation or of all of theirs, in an order."""
    assets: AssetQuerySet = Asset.objects.visible_to(user).for_listing().order_by(*_ORDERS[sort])
    if organisation_id is not None:
        assets = assets.filter(organisation=organisation_id)
    if narrowing.kinds:
        assets = assets.filter(blob__kind__in=narrowing.kinds)
    if narrowing.owner_id is not None:
        assets = assets.filter(owner=narrowing.owner_id)
    if narrowing.room_id is not None:
        in_room = Q(pk__in=())
        for condition in list_room_conditions(user, narrowing.room_id):
            in_room |= condition
        assets = assets.filter(in_room)
    if narrowing.before is not None:
        assets = assets.filter(created_at__lt=narrowing.before)
    if narrowing.after is not None:
        assets = assets.filter(created_at__gte=narrowing.after)
    return assets.filter(folded_name__contains_folded=narrowing.q) if narrowing.q else assets


def select_assets(assets: AssetQuerySet, page: PageQuery, *, sort: Sort = Sort.NEWEST) -> list[Asset]:
    """Return the files of `list_assets` behind the cursor of a page, at most one more than it holds.

    The cursor names the last file that was seen. By name and size nothing follows one that is gone, or that the user
    sees no longer: its place would tell of it. Two queries; one more with a cursor in these orders.
    """
    if page.cursor is not None:
        last_id = decode_cursor(page.cursor)
        if sort == Sort.NEWEST:
            assets = assets.filter(pk__lt=last_id)
        elif (last := assets.filter(pk=last_id).first()) is None:
            return []
        else:
            assets = assets.filter(_is_behind(last, sort))
    return list(assets[: page.limit + 1])


def get_storage_use(organisation: Organisation) -> StorageUse:
    """Return how many bytes an organisation uses and may use; an unsaved row where it has stored nothing. One query."""
    return StorageUse.objects.filter(organisation=organisation).first() or StorageUse(organisation=organisation)


def measure_storage(organisation: Organisation) -> StorageOut:
    """Return how much an organisation has stored, by kind and by user. Four queries."""
    use = get_storage_use(organisation)
    return StorageOut.model_construct(
        used=use.used, quota=use.limit, by_kind=_measure_kinds(organisation), by_user=_measure_owners(organisation)
    )


_ORDERS = {Sort.NEWEST: ("-pk",), Sort.NAME: ("folded_name", "pk"), Sort.SIZE: ("-blob__size", "-pk")}


def _is_behind(last: Asset, sort: Sort) -> Q:
    """Return the condition of the files that follow one."""
    if sort == Sort.NAME:
        return Q(folded_name__gt=last.folded_name) | Q(folded_name=last.folded_name, pk__gt=last.pk)
    return Q(blob__size__lt=last.size) | Q(blob__size=last.size, pk__lt=last.pk)


def _measure_kinds(organisation: Organisation) -> list[KindUseOut]:
    kinds = Blob.objects.filter(organisation=organisation).values("kind")
    rows = kinds.annotate(bytes=Sum("size"), count=Count("pk")).order_by("-bytes", "kind")
    return [
        KindUseOut.model_construct(kind=cast(FileKind, row["kind"]), size=row["bytes"], count=row["count"])
        for row in rows
    ]


def _measure_owners(organisation: Organisation) -> list[OwnerUseOut]:
    owners = Asset.objects.not_deleted().filter(organisation=organisation).values("owner")
    rows = list(owners.annotate(bytes=Sum("blob__size"), count=Count("pk")).order_by("-bytes", "owner")[:OWNERS])
    users = User.objects.in_bulk([row["owner"] for row in rows])
    return [
        OwnerUseOut.model_construct(
            user=AssetOwner.model_validate(users[row["owner"]]), size=row["bytes"], count=row["count"]
        )
        for row in rows
    ]
