"""Uploads and deletions at the same moment."""

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation, User
from assets.cleanup.services import delete_deleted_assets
from assets.models import Asset, Blob, StorageUse, Upload
from assets.storing.errors import QuotaExceeded
from assets.storing.services import store_file
from assets.uploads.errors import UploadRefused
from assets.uploads.services import create_upload
from tests.assets.conftest import list_stored
from tests.factories import make_organisation

UPLOADS = 20
SIZE = 1000

pytestmark = pytest.mark.django_db(transaction=True)


def run_together(work: Callable[[int], bool]) -> list[bool]:
    """What as many threads return as there are uploads."""
    together = Barrier(UPLOADS)

    def run(number: int) -> bool:
        together.wait()
        try:
            return work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(UPLOADS) as pool:
        return list(pool.map(run, range(UPLOADS)))


def test_twenty_uploads_at_the_limit_never_exceed_it(
    bob: User, halyard: Organisation, storage: Path, tmp_path: Path
) -> None:
    StorageUse.objects.create(organisation=halyard, quota=7 * SIZE + SIZE // 2)

    def upload(number: int) -> bool:
        path = tmp_path / str(number)
        path.write_bytes(os.urandom(SIZE))
        try:
            store_file(actor=bob, organisation_id=halyard.pk, path=path, name=f"{number}.bin")
        except QuotaExceeded:
            return False
        return True

    assert sum(run_together(upload)) == 7
    assert StorageUse.objects.get().used == 7 * SIZE == sum(path.stat().st_size for path in list_stored(storage))
    assert Asset.objects.count() == Blob.objects.count() == 7


def test_twenty_begun_uploads_at_the_limit_never_exceed_it(
    bob: User, halyard: Organisation, settings: Settings
) -> None:
    """The first ones make the row, too."""
    settings.STORAGE_QUOTA = 5 * SIZE

    def reserve(number: int) -> bool:
        try:
            create_upload(actor=bob, organisation=halyard.slug, name=f"{number}.bin", length=SIZE)
        except QuotaExceeded:
            return False
        return True

    assert sum(run_together(reserve)) == 5
    assert StorageUse.objects.get().used == 5 * SIZE


def test_twenty_begun_uploads_of_a_user_are_counted_one_after_the_other(
    bob: User, halyard: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever organisation they go to."""
    monkeypatch.setattr("assets.uploads.services.MAX_UPLOADS", 5)
    slugs = [halyard.slug, make_organisation("Harbour", owner=bob).slug]

    def begin(number: int) -> bool:
        try:
            create_upload(actor=bob, organisation=slugs[number % 2], name=f"{number}.bin", length=SIZE)
        except UploadRefused:
            return False
        return True

    assert sum(run_together(begin)) == Upload.objects.count() == 5


def test_the_same_bytes_twenty_times_are_stored_once(
    bob: User, halyard: Organisation, storage: Path, tmp_path: Path
) -> None:
    def upload(number: int) -> bool:
        path = tmp_path / str(number)
        path.write_bytes(b"x" * SIZE)
        return bool(store_file(actor=bob, organisation_id=halyard.pk, path=path, name=f"{number}.bin"))

    assert all(run_together(upload))
    assert Asset.objects.count() == UPLOADS
    [blob] = Blob.objects.all()
    assert list_stored(storage) == [storage / blob.path]
    assert StorageUse.objects.get().used == SIZE


def test_bytes_that_are_deleted_while_they_are_stored_again_are_there(
    bob: User, halyard: Organisation, storage: Path, tmp_path: Path
) -> None:
    long_ago = timezone.now() - timedelta(days=31)

    def work(number: int) -> bool:
        if number % 4 == 0:
            Asset.objects.update(deleted_at=long_ago)
            return bool(delete_deleted_assets())
        path = tmp_path / str(number)
        path.write_bytes(b"x" * SIZE)
        return bool(store_file(actor=bob, organisation_id=halyard.pk, path=path, name=f"{number}.bin"))

    run_together(work)

    stored = list_stored(storage)
    assert [storage / blob.path for blob in Blob.objects.all()] == stored
    assert StorageUse.objects.get().used == sum(path.stat().st_size for path in stored)
    assert Asset.objects.exists() == bool(stored)
