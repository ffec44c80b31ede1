"""Begin, finish and end resumable uploads."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.permissions import require_membership
from assets.models import Asset, StorageUse, Upload
from assets.storage import delete_upload_file, get_upload_folder
from assets.storing.names import clean_alt_text, clean_file_name
from assets.storing.quota import with_room
from assets.storing.services import store_file
from assets.storing.storage_use import charge_bytes, lock_storage
from assets.uploads.errors import UploadRefused
from assets.uploads.files import STORING, UploadFile, get_path, read_size
from assets.uploads.queries import get_upload
from lib.db.transactions import after_commit

# From its creation, until something has arrived.
UNBEGUN_FOR = timedelta(minutes=10)
# From the last bytes that have arrived.
KEPT_FOR = timedelta(days=1)
# Of the room that an organisation has without them, uploads of one user hold at most the half.
SHARE = 2
# Of one user: files that are not finished, and their bytes, as multiples of MAX_UPLOAD_BYTES.
MAX_UPLOADS = 500
MAX_RESERVED = 50


def create_upload(
    *, actor: User, organisation: str, name: str, length: int, alt_text: str = "", is_kept: bool = False
) -> Upload:
    """Begin an upload to an organisation by its slug, and reserve its bytes, for minutes until something arrives.

    The file of one that `is_kept` stays, also where it stands nowhere. Raise QuotaExceeded, UploadRefused where the
    actor has too many, Membership.DoesNotExist, and ValidationError.
    """
    if not organisation:
        raise ValidationError({"org": _("Name the organisation in Upload-Metadata: org.")})
    organisation_id = require_membership(actor, organisation).organisation_id
    expires_at = timezone.now() + UNBEGUN_FOR
    upload = Upload(organisation_id=organisation_id, owner=actor, length=length, expires_at=expires_at)
    upload.is_kept = is_kept
    upload.name, upload.alt_text = clean_file_name(name), clean_alt_text(alt_text)
    with_room(organisation_id, lambda: _write_upload(upload), actor=actor)
    return upload


def open_upload(*, actor: User, upload_id: UUID) -> tuple[Upload, UploadFile]:
    """Return an upload of the actor with its file, which nobody else writes to until it is closed.

    Raise Upload.DoesNotExist, and UploadRefused where another request holds it.
    """
    get_upload(user=actor, upload_id=upload_id)
    file = UploadFile(upload_id)
    try:
        # Finished or deleted by who held it before.
        upload = get_upload(user=actor, upload_id=upload_id)
    except Upload.DoesNotExist:
        file.close()
        delete_upload_file(upload_id)
        raise
    except BaseException:
        file.close()
        raise
    if upload.asset_id is not None:
        delete_upload_file(upload_id)
    return upload, file


def prolong_upload(*, actor: User, upload: Upload) -> None:
    """Keep an upload of which bytes have arrived for another day. It holds its room from now on, within a share.

    Raise Upload.DoesNotExist where it is gone, or its owner is.
    """
    with transaction.atomic():
        use = lock_storage(upload.organisation_id)
        found = get_upload(user=actor, upload_id=upload.pk)
        upload.holds_room = found.holds_room or _is_within_share(found, use)
        upload.expires_at = timezone.now() + KEPT_FOR
        upload.save(update_fields=["expires_at", "holds_room", "updated_at"])


def finish_upload(*, actor: User, upload: Upload, sha256: str = "") -> Asset:
    """Store a file that has arrived whole; its caller holds it.

    What is refused for good is deleted. Raise what `store_file` raises.
    """
    path = get_path(upload.pk)
    # Under another name: where this process ends midway, the next request finds all bytes, and stores them again.
    source = Path(f"{path}{STORING}")
    source.unlink(missing_ok=True)
    os.link(path, source)
    try:
        asset = store_file(
            actor=actor,
            organisation_id=upload.organisation_id,
            path=source,
            name=upload.name,
            alt_text=upload.alt_text,
            is_kept=upload.is_kept,
            upload=upload,
            sha256=sha256,
        )
    except ValidationError:
        delete_upload(upload=upload)
        raise
    delete_upload_file(upload.pk)
    return asset


def delete_upload(*, upload: Upload) -> UUID | None:
    """Delete an upload, with what has arrived of it unless it is an asset by now; return the id of that."""
    with transaction.atomic():
        use = lock_storage(upload.organisation_id)
        row = Upload.objects.filter(pk=upload.pk).first()
        if row is not None:
            if row.asset_id is None:
                charge_bytes(use, -row.length)
            row.delete()
        after_commit(delete_upload_file, upload.pk)
    return row.asset_id if row is not None else None


def expire_uploads() -> int:
    """Delete the uploads that have waited for too long, and files of none; return how many uploads."""
    expired = [each for each in Upload.objects.filter(expires_at__lt=timezone.now()) if not _keep_begun(each)]
    for upload in expired:
        delete_upload(upload=upload)
    _delete_lost_files()
    return len(expired)


def has_expired_uploads() -> bool:
    """Tell whether there is something to delete."""
    return Upload.objects.filter(expires_at__lt=timezone.now()).exists()


def _keep_begun(upload: Upload) -> bool:
    """Keep an upload for a day whose first request brought bytes, and ended before it could say so, as by a kill."""
    until = upload.created_at + KEPT_FOR
    if upload.expires_at >= until or not read_size(upload.pk):
        return False
    Upload.objects.filter(pk=upload.pk, expires_at=upload.expires_at).update(expires_at=until)
    return True


def _is_within_share(upload: Upload, use: StorageUse) -> bool:
    """Tell whether an upload may hold its room beside what others of its owner hold."""
    if use.limit is None:
        return True
    unfinished = Upload.objects.filter(organisation=upload.organisation_id, owner=upload.owner_id, asset=None)
    reserved = unfinished.aggregate(
        held=Sum("length", filter=Q(holds_room=True), default=0), all=Sum("length", default=0)
    )
    room: int = use.limit - use.used + reserved["all"]
    return bool(reserved["held"] + upload.length <= room // SHARE)


def _require_few_uploads(upload: Upload) -> None:
    unfinished = Upload.objects.filter(owner=upload.owner_id, asset=None)
    now = unfinished.aggregate(count=Count("pk"), reserved=Sum("length", default=0))
    if now["count"] >= MAX_UPLOADS or now["reserved"] + upload.length > MAX_RESERVED * settings.MAX_UPLOAD_BYTES:
        raise UploadRefused(429, "too_many_uploads", _("Finish or cancel other uploads first: you have too many."))


@transaction.atomic
def _write_upload(upload: Upload) -> None:
    # Those that a user creates at once are counted one after the other, whichever organisation they go to.
    list(User.objects.select_for_update(no_key=True).filter(pk=upload.owner_id).values_list("pk"))
    _require_few_uploads(upload)
    charge_bytes(lock_storage(upload.organisation_id), upload.length)
    upload.save(force_insert=True)


def _delete_lost_files() -> None:
    """Delete old files whose upload is gone, as with its organisation."""
    before = time.time() - KEPT_FOR.total_seconds()
    for file in get_upload_folder().glob("????????-????-????-????-*"):
        try:
            upload_id = UUID(file.name.partition(".")[0])
            is_old = file.stat().st_mtime < before
        except (ValueError, FileNotFoundError):
            continue
        if is_old and not Upload.objects.filter(pk=upload_id, asset=None).exists():
            file.unlink(missing_ok=True)
