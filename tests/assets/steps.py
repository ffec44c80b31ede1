"""Steps that tests of other apps take with files."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from tempfile import NamedTemporaryFile

from django.utils import timezone

from accounts.models import Organisation, User
from assets.models import Asset, Thumbnail, Upload
from assets.search_index import save_text
from assets.storage import get_upload_folder, put_file
from assets.storing.services import store_file
from tests.accounts.pictures import named


def store_picture(owner: User, organisation: Organisation, *, name: str = "harbour.png") -> Asset:
    """Store a picture, and what stands for its small thumbnail. Each name has bytes of its own."""
    path = _write_file(named(name))
    asset = store_file(actor=owner, organisation_id=organisation.pk, path=path, name=name)
    thumbnail = put_file(_write_file(b"WebP"), folder="thumbnails", suffix=".webp")
    Thumbnail.objects.create(
        blob=asset.blob, size="small", path=thumbnail, mime_type="image/webp", byte_count=4, width=2, height=1
    )
    return asset


def store_upload(owner: User, organisation: Organisation) -> Upload:
    """Store a picture, and the upload by which it came."""
    in_a_day = timezone.now() + timedelta(days=1)
    asset = store_picture(owner, organisation)
    save_text(asset.blob, "Tides")
    return Upload.objects.create(
        organisation=organisation, owner=owner, name=asset.name, length=asset.size, expires_at=in_a_day, asset=asset
    )


def _write_file(content: bytes) -> Path:
    with NamedTemporaryFile(dir=get_upload_folder(), delete=False) as file:
        file.write(content)
    return Path(file.name)
