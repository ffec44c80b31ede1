"""Uploads reserve their bytes, and give them back."""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from pytest_django import Settings

from accounts.models import Membership, Organisation, User
from assets.cleanup.services import delete_orphaned_assets
from assets.models import Asset, StorageUse, Upload
from assets.storing.errors import QuotaExceeded
from assets.uploads import services
from assets.uploads.errors import UploadRefused
from assets.uploads.files import UploadFile, get_path
from lib.media.errors import MediaRefused

pytestmark = pytest.mark.django_db


def begin(actor: User, length: int = 10) -> Upload:
    return services.create_upload(actor=actor, organisation="halyard", name="a.bin", length=length)


def used() -> int:
    return StorageUse.objects.get().used


def test_an_upload_reserves_its_bytes(halyard: Organisation, bob: User) -> None:
    StorageUse.objects.create(organisation=halyard, quota=25)
    begin(bob)
    second = begin(bob)

    with pytest.raises(QuotaExceeded):
        begin(bob)
    assert (used(), Upload.objects.count()) == (20, 2)
    services.delete_upload(upload=second)
    services.delete_upload(upload=second)
    assert used() == 10
    begin(bob)


@pytest.mark.django_db(transaction=True)
def test_a_finished_upload_uses_what_it_has_stored(halyard: Organisation, bob: User) -> None:
    for _ in range(2):
        upload = begin(bob)
        get_path(upload.pk).write_bytes(b"1234567890")
        services.finish_upload(actor=bob, upload=upload)

    assert (used(), Asset.objects.count()) == (10, 2)
    assert list(get_path(upload.pk).parent.iterdir()) == []
    upload.refresh_from_db()
    services.delete_upload(upload=upload)
    assert (used(), Asset.objects.count()) == (10, 2)


@pytest.mark.django_db(transaction=True)
def test_the_file_of_a_kept_upload_needs_no_message(halyard: Organisation, bob: User) -> None:
    for is_kept in (True, False):
        upload = services.create_upload(
            actor=bob, organisation="halyard", name=f"{is_kept}.bin", length=10, is_kept=is_kept
        )
        get_path(upload.pk).write_bytes(b"1234567890")
        services.finish_upload(actor=bob, upload=Upload.objects.get(pk=upload.pk))
    Asset.objects.update(created_at=timezone.now() - timedelta(days=2))

    delete_orphaned_assets()

    assert list(Asset.objects.values_list("name", "is_kept")) == [("True.bin", True)]


@pytest.mark.django_db(transaction=True)
def test_what_is_refused_for_good_is_gone(halyard: Organisation, bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise MediaRefused("No.")

    monkeypatch.setattr("assets.storing.services.probe_file", refuse)
    upload = begin(bob)
    get_path(upload.pk).write_bytes(b"1234567890")

    with pytest.raises(ValidationError):
        services.finish_upload(actor=bob, upload=upload)

    assert (used(), Upload.objects.count()) == (0, 0)
    assert list(get_path(upload.pk).parent.iterdir()) == []


@pytest.mark.django_db(transaction=True)
def test_an_expired_upload_gives_its_bytes_back(halyard: Organisation, bob: User) -> None:
    old, young = begin(bob), begin(bob)
    for upload in (old, young):
        get_path(upload.pk).write_bytes(b"12345")
    lost = get_path(halyard.pk)
    lost.write_bytes(b"of an organisation that is gone")
    long_ago = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(lost, (long_ago, long_ago))
    assert not services.has_expired_uploads()
    a_day_ago = timezone.now() - timedelta(days=1, minutes=1)
    Upload.objects.filter(pk=old.pk).update(created_at=a_day_ago, expires_at=timezone.now() - timedelta(minutes=1))
    assert services.has_expired_uploads()

    assert services.expire_uploads() == 1

    assert (used(), list(Upload.objects.values_list("pk", flat=True))) == (10, [young.pk])
    assert [path.name for path in get_path(young.pk).parent.iterdir()] == [str(young.pk)]


def test_an_upload_that_moves_is_kept(halyard: Organisation, bob: User) -> None:
    upload = begin(bob)
    Upload.objects.update(expires_at=timezone.now())
    services.prolong_upload(actor=bob, upload=upload)
    assert not services.has_expired_uploads()

    Membership.objects.filter(user=bob).delete()
    with pytest.raises(Upload.DoesNotExist):
        services.prolong_upload(actor=bob, upload=upload)


def test_a_user_has_so_many_uploads(halyard: Organisation, bob: User, alice: User, settings: Settings) -> None:
    for _ in range(100):
        begin(bob)
    settings.MAX_UPLOAD_BYTES = 40

    with pytest.raises(UploadRefused, match="too many") as refused:
        begin(bob, 1001)
    assert refused.value.status == 429
    begin(alice, 1001)
    Upload.objects.bulk_create(
        Upload(organisation=halyard, owner=bob, name="a", length=0, expires_at=timezone.now()) for _ in range(400)
    )
    with pytest.raises(UploadRefused, match="too many"):
        begin(bob, 1)


def test_a_file_has_one_writer_of_all_processes(tmp_path: Path, bob: User) -> None:
    file = UploadFile(bob.pk)
    with pytest.raises(UploadRefused) as refused:
        UploadFile(bob.pk)
    assert refused.value.status == 423

    file.append([b"12345"])
    file.close()
    again = UploadFile(bob.pk)
    assert again.size == 5
    again.close()


def test_bytes_of_which_a_process_was_not_certain_are_dropped(tmp_path: Path, bob: User) -> None:
    file = UploadFile(bob.pk)
    file.append([b"12345"])
    file.close()
    get_path(bob.pk).write_bytes(b"1234567890")
    Path(f"{get_path(bob.pk)}.certain").write_text("5")

    again = UploadFile(bob.pk)

    assert (again.size, get_path(bob.pk).read_bytes()) == (5, b"12345")
    again.close()
