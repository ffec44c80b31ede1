"""Clean-up takes what nobody sees, and nothing else."""

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from accounts.organisations.services.organisations import delete_organisation
from assets.cleanup.services import (
    Swept,
    delete_deleted_assets,
    delete_orphaned_assets,
    delete_orphaned_files,
)
from assets.models import Asset, Blob, StorageUse, Thumbnail
from assets.storage import put_file
from assets.storing.errors import QuotaExceeded
from assets.storing.services import delete_asset
from tests.assets.conftest import TEXT, Shelf, StoreFile, list_stored

OLD = time.time() - 7200


@pytest.fixture
def gone(store: StoreFile, bob: User) -> Asset:
    """A file that was deleted 31 days ago."""
    asset = store()
    delete_asset(actor=bob, asset_id=asset.pk)
    Asset.objects.filter(pk=asset.pk).update(deleted_at=timezone.now() - timedelta(days=31))
    return asset


def test_a_month_after_its_deletion_a_file_goes_with_its_bytes(
    gone: Asset, storage: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert delete_deleted_assets() == 1

    assert (Asset.objects.count(), Blob.objects.count(), list_stored(storage)) == (0, 0, [])
    assert StorageUse.objects.get().used == 0


def test_bytes_stay_as_long_as_another_file_has_them(
    gone: Asset,
    store: StoreFile,
    storage: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    kept = store(name="again.txt")

    with django_capture_on_commit_callbacks(execute=True):
        assert delete_deleted_assets() == 1

    assert list(Asset.objects.all()) == [kept]
    assert list_stored(storage) == [storage / kept.blob.path]
    assert StorageUse.objects.get().used == len(TEXT)


def test_what_was_deleted_lately_stays(store: StoreFile, bob: User) -> None:
    delete_asset(actor=bob, asset_id=store().pk)

    assert delete_deleted_assets() == 0


def test_what_stands_nowhere_goes_after_a_day(
    store: StoreFile,
    shelf: Shelf,
    storage: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    used, unused, young = store(b"used"), store(b"unused"), store(b"young")
    shelf.asset_ids = {used.pk}
    Asset.objects.exclude(pk=young.pk).update(created_at=timezone.now() - timedelta(hours=25))

    with django_capture_on_commit_callbacks(execute=True):
        assert delete_orphaned_assets() == 1

    assert set(Asset.objects.all()) == {used, young}
    assert storage / unused.blob.path not in list_stored(storage)


def test_where_no_app_shows_files_none_is_an_orphan(store: StoreFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assets.access.sources", [])
    store()
    Asset.objects.update(created_at=timezone.now() - timedelta(days=2))

    assert delete_orphaned_assets() == 0


def test_many_are_deleted_in_batches(
    store: StoreFile, shelf: Shelf, halyard: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assets.storing.purging.AT_ONCE", 2)
    for number in range(5):
        store(b"%d" % number)
    Asset.objects.update(created_at=timezone.now() - timedelta(days=2))

    assert delete_orphaned_assets() == 5
    assert StorageUse.objects.get().used == 0


def test_files_without_a_row_go_after_a_while(store: StoreFile, storage: Path, tmp_path: Path) -> None:
    asset = store()
    os.utime(storage / asset.blob.path, (OLD, OLD))
    lost = []
    for folder, age in (("blobs", OLD), ("thumbnails", OLD), ("blobs", time.time())):
        (tmp_path / "lost").write_bytes(b"1234")
        lost.append(put_file(tmp_path / "lost", folder=folder))
        os.utime(storage / lost[-1], (age, age))

    assert delete_orphaned_files() == Swept(files=2, size=8, missing=0)
    assert list_stored(storage) == sorted([storage / asset.blob.path, storage / lost[2]])


def test_thumbnails_with_a_row_stay(store: StoreFile, storage: Path, tmp_path: Path) -> None:
    (tmp_path / "small").write_bytes(b"1234")
    path = put_file(tmp_path / "small", folder="thumbnails")
    os.utime(storage / path, (OLD, OLD))
    Thumbnail.objects.create(
        blob=store().blob, size="small", path=path, mime_type="image/webp", byte_count=4, width=1, height=1
    )

    assert delete_orphaned_files().files == 0


def test_rows_without_a_file_are_told(store: StoreFile, storage: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = store().blob.path
    (storage / path).unlink()

    assert delete_orphaned_files() == Swept(files=0, size=0, missing=1)
    assert path in caplog.text


def test_what_a_killed_process_left_of_a_form_goes(db: None, storage: Path) -> None:
    folder = storage.parent / "uploads"
    folder.mkdir()
    for name, age in (("form-old", time.time() - 90_000), ("form-new", OLD), ("0195f3a2", time.time() - 90_000)):
        (folder / name).touch()
        os.utime(folder / name, (age, age))

    delete_orphaned_files()

    assert sorted(path.name for path in folder.iterdir()) == ["0195f3a2", "form-new"]


def test_what_is_deleted_makes_room_where_there_is_none(
    store: StoreFile,
    bob: User,
    halyard: Organisation,
    storage: Path,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    StorageUse.objects.create(organisation=halyard, quota=10)
    kept, deleted = store(b"12345"), store(b"54321")
    delete_asset(actor=bob, asset_id=deleted.pk)

    with django_capture_on_commit_callbacks(execute=True):
        new = store(b"67890")
    with pytest.raises(QuotaExceeded):
        store(b"x")

    assert list_stored(storage) == sorted(storage / each.blob.path for each in (kept, new))
    assert StorageUse.objects.get().used == 10


def test_what_is_deleted_stays_where_it_makes_too_little_room(
    store: StoreFile, bob: User, halyard: Organisation, storage: Path
) -> None:
    StorageUse.objects.create(organisation=halyard, quota=10)
    store(b"12345")
    again, deleted = store(b"5432"), store(b"5432")
    for asset in (again, deleted):
        delete_asset(actor=bob, asset_id=asset.pk)

    with pytest.raises(QuotaExceeded):
        store(b"123456")

    assert Asset.objects.deleted().count() == 2


def test_an_organisation_goes_with_its_files(
    store: StoreFile, storage: Path, alice: User, halyard: Organisation
) -> None:
    path = storage / store().blob.path
    os.utime(path, (OLD, OLD))

    delete_organisation(actor=alice, slug=halyard.slug)

    assert DBTaskResult.objects.filter(task_path="assets.cleanup.jobs.delete_orphaned_files").count() == 1
    assert not Asset.objects.exists() and not Blob.objects.exists() and not StorageUse.objects.exists()
    assert delete_orphaned_files().files == 1
    assert not path.exists()
