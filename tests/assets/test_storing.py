"""Equal bytes are stored once, and no row is without its bytes."""

import hashlib
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Organisation, User
from assets.models import Asset, Blob, StorageUse, Upload
from assets.storing import services
from assets.storing.errors import FileTooLarge, QuotaExceeded
from tests.assets.conftest import TEXT, StoreFile, list_stored
from tests.factories import make_organisation


def test_a_file_is_stored_with_what_its_bytes_say(store: StoreFile, storage: Path, tmp_path: Path, bob: User) -> None:
    asset = store(TEXT, "tides.png", alt_text="  The tides\n of today ")

    blob = asset.blob
    assert (asset.owner, asset.name, asset.alt_text, asset.size) == (bob, "tides.png", "The tides of today", len(TEXT))
    assert blob.sha256 == hashlib.sha256(TEXT).hexdigest() and blob.kind != "image"
    assert (storage / blob.path).read_bytes() == TEXT
    assert not (tmp_path / "arrived").exists()


def test_equal_bytes_are_stored_once_in_an_organisation(
    store: StoreFile, storage: Path, alice: User, halyard: Organisation
) -> None:
    first, second = store(name="one.txt"), store(name="two.txt", actor=alice)

    assert first.blob == second.blob
    assert len(list_stored(storage)) == 1
    assert StorageUse.objects.get(organisation=halyard).used == len(TEXT)


def test_organisations_share_no_bytes(store: StoreFile, storage: Path, bob: User) -> None:
    other = make_organisation("Port Ellery", owner=bob)

    assert store().blob != store(organisation_id=other.pk).blob
    assert len(list_stored(storage)) == 2


def test_a_stranger_stores_nothing(store: StoreFile, storage: Path, charlie: User, tmp_path: Path) -> None:
    with pytest.raises(ObjectDoesNotExist):
        store(actor=charlie)

    assert list_stored(storage) == [] and not (tmp_path / "arrived").exists()


def test_bytes_that_go_while_their_equals_arrive_are_stored_again(
    store: StoreFile, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The only asset of a blob is deleted between the look for it and the lock."""
    gone = store().blob
    write = services._write_rows

    def purge_first(*args: Any) -> bool:
        if Blob.objects.filter(pk=gone.pk).exists():
            Asset.objects.all().delete()
            (storage / gone.path).unlink()
            gone.delete()
        return write(*args)

    monkeypatch.setattr(services, "_write_rows", purge_first)
    again = store()

    assert (storage / again.blob.path).read_bytes() == TEXT
    assert again.blob.path != gone.path


def test_equal_bytes_that_arrive_at_once_are_stored_once(
    store: StoreFile, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The second one has looked for a blob before the first one wrote its."""
    real = services.put_file

    def put_late(*args: Any, **given: Any) -> str:
        monkeypatch.setattr(services, "put_file", real)
        placed = real(*args, **given)
        (storage.parent / "second").write_bytes(TEXT)
        store(path=storage.parent / "second")
        return placed

    monkeypatch.setattr(services, "put_file", put_late)
    first = store()

    assert Asset.objects.filter(blob=first.blob).count() == 2
    assert list_stored(storage) == [storage / first.blob.path]


def test_a_file_has_a_limit_that_is_named(store: StoreFile, storage: Path, settings: Settings) -> None:
    settings.MAX_UPLOAD_BYTES = 2048

    with pytest.raises(FileTooLarge, match="2.0"):
        store(b"x" * 2049)
    assert list_stored(storage) == []
    assert store(b"x" * 2048).size == 2048


def test_an_empty_file_is_a_file(store: StoreFile) -> None:
    assert store(b"", "nothing.txt").size == 0


def test_the_quota_counts_each_byte_once(store: StoreFile, storage: Path, halyard: Organisation) -> None:
    StorageUse.objects.create(organisation=halyard, quota=10)
    store(b"12345", "a")
    store(b"12345", "b")

    with pytest.raises(QuotaExceeded, match="10"):
        store(b"123456", "c")
    store(b"54321", "d")
    with pytest.raises(QuotaExceeded):
        store(b"x", "e")
    assert len(list_stored(storage)) == 2
    assert StorageUse.objects.get().used == 10


def test_the_quota_of_the_server_holds_where_there_is_no_other(
    store: StoreFile, halyard: Organisation, settings: Settings
) -> None:
    settings.STORAGE_QUOTA = 4

    with pytest.raises(QuotaExceeded):
        store(b"12345")
    StorageUse.objects.update_or_create(organisation=halyard, defaults={"quota": 5})
    store(b"12345")


def test_what_was_reserved_is_not_counted_again(store: StoreFile, halyard: Organisation, bob: User) -> None:
    def begin() -> Upload:
        expires_at = timezone.now() + timedelta(days=1)
        return Upload.objects.create(organisation=halyard, owner=bob, name="a", length=10, expires_at=expires_at)

    StorageUse.objects.create(organisation=halyard, quota=10, used=10)
    upload = begin()
    asset = store(b"1234567890", upload=upload)
    upload.refresh_from_db()
    assert (StorageUse.objects.get().used, upload.asset) == (10, asset)

    StorageUse.objects.update(quota=20, used=20)
    store(b"1234567890", upload=begin())
    assert StorageUse.objects.get().used == 10


def test_an_upload_is_stored_once(store: StoreFile, halyard: Organisation, bob: User) -> None:
    upload = Upload.objects.create(organisation=halyard, owner=bob, name="a", length=10, expires_at=timezone.now())
    store(b"1234567890", upload=upload)

    with pytest.raises(Upload.DoesNotExist):
        store(b"1234567890", upload=upload)

    assert Asset.objects.count() == 1


def test_too_long_an_alternative_text_is_refused(store: StoreFile, storage: Path) -> None:
    with pytest.raises(ValidationError, match="1000"):
        store(alt_text="x" * 1001)
    assert list_stored(storage) == []
