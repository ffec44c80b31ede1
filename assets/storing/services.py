"""Store files, describe and delete them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit.services import record_deleted, record_updated
from accounts.models import Membership, Organisation, User
from accounts.permissions import require_system_administrator
from assets import hooks
from assets.models import BLOBS, Asset, Blob, StorageUse, Upload
from assets.processing.jobs import process_blob, show_previews
from assets.processing.metadata import describe_probe
from assets.storage import delete_file, put_file
from assets.storing.errors import FileTooLarge, QuotaExceeded
from assets.storing.names import clean_alt_text, clean_file_name
from assets.storing.quota import with_room
from assets.storing.storage_use import charge_bytes, lock_storage
from lib.media.photo_data import CHANGED, TAKEN_KINDS, PhotoData, remove_photo_data
from lib.media.probing import Probe, probe_file
from lib.text.sizes import format_exact_size

# A million terabytes fit into the number of a database.
MAX_QUOTA = 1024**4 * 1_000_000


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that has arrived as it is stored, and what its bytes say."""

    path: Path
    size: int
    sha256: str
    probe: Probe
    photo_data: PhotoData


def store_file(
    *,
    actor: User,
    organisation_id: UUID,
    path: Path,
    name: str,
    alt_text: str = "",
    is_kept: bool = False,
    upload: Upload | None = None,
    sha256: str = "",
) -> Asset:
    """Store a file of this machine, which is gone then; return it as an asset of the actor.

    Its bytes are on the disk before any row says so, without what tells where and by what it was taken where the
    organisation wants that. `upload` is what it has arrived by, and has reserved bytes of the quota; `sha256` is given
    where it was computed while they arrived. One that `is_kept` stays, also where it stands nowhere. Raise
    Organisation.DoesNotExist, Upload.DoesNotExist, FileTooLarge, QuotaExceeded, MediaRefused; ValidationError for too
    long an alternative text.
    """
    try:
        organisation = Organisation.objects.visible_to(actor).get(pk=organisation_id)
        asset = Asset(organisation=organisation, owner=actor, name=clean_file_name(name), is_kept=is_kept)
        asset.alt_text = clean_alt_text(alt_text)
        # Both take a while: not while holding a lock.
        file = _read_incoming(path, asset.name, sha256, removes_photo_data=organisation.removes_photo_data)
        return _store_asset(asset, file, upload)
    finally:
        path.unlink(missing_ok=True)


def update_asset(*, actor: User, asset_id: UUID, name: str | None = None, alt_text: str | None = None) -> Asset:
    """Change the name of a file or what it shows, where these are given. For its owner."""
    with transaction.atomic():
        asset = _lock_own_asset(actor, asset_id)
        changes = {}
        if name is not None:
            changes["name"] = clean_file_name(name)
        if alt_text is not None:
            changes["alt_text"] = clean_alt_text(alt_text)
        changes = {field: value for field, value in changes.items() if getattr(asset, field) != value}
        if changes:
            for field, value in changes.items():
                setattr(asset, field, value)
            asset.save(update_fields=[*changes, "updated_at"])
            hooks.asset_changed(asset=asset)
    return asset


def delete_asset(*, actor: User, asset_id: UUID) -> None:
    """Delete a file: nobody opens it any longer. For its owner, and for administrators who see it.

    Its bytes go a month later, unless other assets have the same.
    """
    with transaction.atomic():
        asset = _lock_own_asset(actor, asset_id, or_administrator=True)
        asset.deleted_at = timezone.now()
        asset.save(update_fields=["deleted_at", "updated_at"])
        if asset.owner_id != actor.pk:
            record_deleted(actor, asset, organisation=asset.organisation, name=asset.name)
        hooks.asset_deleted(asset=asset)


@transaction.atomic
def set_storage_quota(*, actor: User | None, organisation_id: UUID, quota: int | None) -> StorageUse:
    """Set how many bytes an organisation may store; None: as many as STORAGE_QUOTA says.

    For system administrators; without an `actor`, by the command line. Fewer than are used delete nothing: then nothing
    more is stored. Raise Organisation.DoesNotExist, PermissionDenied, ValidationError.
    """
    if actor is not None:
        require_system_administrator(actor)
    organisation = Organisation.objects.get(pk=organisation_id)
    if quota is not None and not 0 <= quota <= MAX_QUOTA:
        raise ValidationError({"quota": _("A quota has between no bytes and a million terabytes.")})
    use = lock_storage(organisation_id)
    former, use.quota = use.quota, quota
    if former != quota:
        use.save(update_fields=["quota", "updated_at"])
        record_updated(actor, use, organisation=organisation, quota=(_name_quota(former), _name_quota(quota)))
    return use


def _name_quota(quota: int | None) -> str | None:
    return None if quota is None else format_exact_size(quota)


def _read_incoming(path: Path, name: str, sha256: str, *, removes_photo_data: bool) -> IncomingFile:
    """Say what has arrived. `sha256` is that of the bytes as they came, where it is known."""
    if path.stat().st_size > settings.MAX_UPLOAD_BYTES:
        raise FileTooLarge(settings.MAX_UPLOAD_BYTES)
    probe = probe_file(path, name=name)
    is_taken = removes_photo_data and probe.kind in TAKEN_KINDS
    photo_data = remove_photo_data(path) if is_taken else PhotoData.KEPT
    if not sha256 or photo_data in CHANGED:
        with path.open("rb") as file:
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return IncomingFile(path, path.stat().st_size, sha256, probe, photo_data)


def _store_asset(asset: Asset, file: IncomingFile, upload: Upload | None) -> Asset:
    """Write the rows of a file, which is put into the storage before unless its bytes are there."""
    organisation_id = asset.organisation_id
    is_known = Blob.objects.filter(organisation=organisation_id, sha256=file.sha256).exists()
    placed = "" if is_known else put_file(file.path, folder=BLOBS)
    try:
        if not with_room(organisation_id, lambda: _write_rows(asset, file, placed, upload), actor=asset.owner):
            # Its bytes have been deleted meanwhile.
            placed = put_file(file.path, folder=BLOBS)
            with_room(organisation_id, lambda: _write_rows(asset, file, placed, upload), actor=asset.owner)
    except QuotaExceeded:
        # Any other failure may be one of a commit that has happened: clean-up finds out later.
        if placed:
            delete_file(placed)
        raise
    if placed and asset.blob.path != placed:
        delete_file(placed)
    return asset


@transaction.atomic
def _write_rows(asset: Asset, file: IncomingFile, placed: str, upload: Upload | None) -> bool:
    """Write an asset, and its blob unless there is one. Tell whether there is one, or bytes are placed for it."""
    use = lock_storage(asset.organisation_id)
    blob = Blob.objects.filter(organisation=asset.organisation_id, sha256=file.sha256).first()
    if blob is None and not placed:
        return False
    if upload is not None:
        # Unless it is finished already: its bytes are given back once.
        upload = Upload.objects.select_for_update(no_key=True).get(pk=upload.pk, asset=None)
    charge_bytes(use, (file.size if blob is None else 0) - (upload.length if upload else 0))
    if blob is None:
        blob = Blob.objects.create(
            organisation_id=asset.organisation_id,
            sha256=file.sha256,
            size=file.size,
            path=placed,
            mime_type=file.probe.mime_type,
            kind=file.probe.kind,
            metadata=describe_probe(file.probe),
        )
        process_blob.enqueue(blob_id=str(blob.pk))
    asset.blob, asset.photo_data = blob, file.photo_data
    asset.save(force_insert=True)
    if not asset.is_settled:
        show_previews.using(run_after=asset.settles_at).enqueue(asset_id=str(asset.pk))
    if upload is not None:
        upload.asset = asset
        upload.save(update_fields=["asset", "updated_at"])
    return True


def _lock_own_asset(actor: User, asset_id: UUID, *, or_administrator: bool = False) -> Asset:
    """Return an asset, locked until the commit, that the actor owns, or administers where that is enough."""
    rows = Asset.objects.visible_to(actor).select_for_update(of=("self",), no_key=True)
    asset: Asset = rows.select_related("blob", "organisation").get(pk=asset_id)
    if asset.owner_id == actor.pk:
        return asset
    membership = Membership.objects.get(user=actor, organisation=asset.organisation_id)
    if not (or_administrator and membership.is_admin):
        raise PermissionDenied(_("Only who has uploaded a file may change it."))
    return asset
