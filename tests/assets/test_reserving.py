"""What uploads reserve stays reserved as far as bytes arrive, and keeps no room from other users without."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Organisation, User
from assets.models import Asset, StorageUse, Upload
from assets.storing.errors import QuotaExceeded
from assets.storing.services import delete_asset
from assets.uploads import receiving, services
from assets.uploads.files import UploadFile, get_path
from assets.uploads.receiving import Receiver
from assets.uploads.writers import Writer
from tests.assets.conftest import StoreFile

pytestmark = pytest.mark.django_db(transaction=True)
QUOTA = 100


@pytest.fixture(autouse=True)
def quota(halyard: Organisation) -> None:
    StorageUse.objects.create(organisation=halyard, quota=QUOTA)


def begin(actor: User, length: int, *, arrived: int = 0) -> Upload:
    """Begin an upload of which bytes have arrived."""
    upload = services.create_upload(actor=actor, organisation="halyard", name="a.bin", length=length)
    if arrived:
        get_path(upload.pk).write_bytes(b"x" * arrived)
        services.prolong_upload(actor=actor, upload=upload)
    return upload


def used() -> int:
    return StorageUse.objects.get().used


def list_left() -> list[int]:
    return sorted(Upload.objects.values_list("length", flat=True))


def test_what_nobody_sends_keeps_no_room_from_others(store: StoreFile, alice: User, bob: User) -> None:
    for length in (60, 30, 10):
        begin(alice, length)
    assert used() == QUOTA

    store(b"x" * 50)

    assert (list_left(), used()) == ([10, 30], 90)
    assert begin(bob, 20) and list_left() == [10, 20]


def test_what_a_user_reserves_themselves_makes_no_room_for_them(store: StoreFile, bob: User) -> None:
    begin(bob, 60)

    with pytest.raises(QuotaExceeded):
        store(b"x" * 50)
    assert list_left() == [60]


def test_what_arrives_keeps_its_room(store: StoreFile, alice: User) -> None:
    upload = begin(alice, 50, arrived=1)

    with pytest.raises(QuotaExceeded):
        store(b"x" * 51)
    assert store(b"x" * 50) and upload.holds_room


def test_one_user_keeps_half_of_the_room_at_most(store: StoreFile, alice: User) -> None:
    """A byte of each does not keep it all."""
    uploads = [begin(alice, 20, arrived=1) for _ in range(5)]
    assert [upload.holds_room for upload in uploads] == [True, True, False, False, False]

    store(b"x" * 55)

    assert (len(list_left()), used()) == (2, 95)
    assert not get_path(uploads[2].pk).exists()


def test_nothing_is_lost_to_a_file_that_has_no_room_even_then(store: StoreFile, alice: User, bob: User) -> None:
    delete_asset(actor=bob, asset_id=store(b"x" * 10).pk)
    begin(alice, 40, arrived=1)
    begin(alice, 20)

    with pytest.raises(QuotaExceeded):
        store(b"y" * 61)
    assert (list_left(), Asset.objects.deleted().count()) == ([20, 40], 1)
    assert store(b"y" * 60)
    assert (list_left(), Asset.objects.deleted().count()) == ([40], 0)


def test_an_upload_that_made_room_is_gone_for_its_owner(store: StoreFile, alice: User) -> None:
    upload = begin(alice, 80)
    store(b"x" * 50)

    with pytest.raises(Upload.DoesNotExist):
        services.prolong_upload(actor=alice, upload=upload)
    with pytest.raises(Upload.DoesNotExist):
        services.open_upload(actor=alice, upload_id=upload.pk)


def test_what_nobody_begins_goes_after_minutes(alice: User) -> None:
    silent, moving = begin(alice, 10), begin(alice, 20, arrived=1)
    cut = begin(alice, 30)
    get_path(cut.pk).write_bytes(b"of a request that was killed")
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    services.prolong_upload(actor=alice, upload=moving)
    assert silent.expires_at < timezone.now() + timedelta(minutes=11)

    assert services.expire_uploads() == 1

    assert (list_left(), used()) == ([20, 30], 50)
    assert not services.has_expired_uploads()


@pytest.mark.parametrize("seconds", [0, 60])
def test_a_body_that_takes_long_prolongs_its_upload(bob: User, monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    monkeypatch.setattr(receiving, "FIRST_KEPT", 0)
    monkeypatch.setattr(receiving, "KEPT", seconds)
    prolonged: list[int] = []

    async def receive_body(file: UploadFile) -> None:
        parts = iter([(b"ab", True), (b"", True), (b"cd", True), (b"e", False)])

        async def receive() -> dict[str, Any]:
            body, more = next(parts)
            return {"type": "http.request", "body": body, "more_body": more}

        async def prolong() -> None:
            prolonged.append(len(prolonged))

        await Receiver(receive, file, Writer(), limit=5, algorithms=set(), prolong=prolong).run()

    file = UploadFile(bob.pk)
    asyncio.run(receive_body(file))
    file.close()

    assert get_path(bob.pk).read_bytes() == b"abcde"
    assert len(prolonged) == (1 if seconds else 2)
