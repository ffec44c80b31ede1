"""Files are stored without what tells where and by what they were taken, where the organisation wants that."""

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from accounts.models import AuditEntry, Organisation, User
from accounts.organisations.services.organisations import set_photo_data_removal
from assets.models import Asset, StorageUse
from assets.uploads import services as uploads
from assets.uploads.files import get_path
from lib.media.errors import MediaFailed
from lib.media.photo_data import PhotoData
from tests.accounts.pictures import halves, knowing
from tests.assets.conftest import StoreFile, list_stored, upload
from tests.conftest import ApiFor, ClientFor

PHOTO = knowing(6)
SECRETS = (b"Harbour", b"quay", b"GPS")


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def content_of(storage: Path, asset: Asset) -> bytes:
    content = (storage / asset.blob.path).read_bytes()
    assert asset.blob.sha256 == sha256_of(content)
    assert asset.blob.size == len(content)
    return content


def test_a_photo_is_stored_without_its_place(store: StoreFile, storage: Path) -> None:
    asset = store(PHOTO, "quay.jpg", sha256=sha256_of(PHOTO))

    assert not any(secret in content_of(storage, asset) for secret in SECRETS)
    assert asset.shown_photo_data == PhotoData.REMOVED
    assert (asset.blob.metadata["width"], asset.blob.metadata["height"]) == (200, 400)
    assert StorageUse.objects.get().used == asset.size < len(PHOTO)
    assert len(list_stored(storage)) == 1 and list_stored(storage.parent / "uploads") == []


def test_the_same_photo_is_stored_once(store: StoreFile, storage: Path) -> None:
    first, second = store(PHOTO), store(PHOTO)
    again = store(content_of(storage, first))

    assert first.blob == second.blob == again.blob
    # What became of each file, whoever else has the same bytes.
    assert (second.shown_photo_data, again.shown_photo_data) == (PhotoData.REMOVED, PhotoData.NONE)
    assert len(list_stored(storage)) == 1


def test_where_the_organisation_keeps_it_the_bytes_are_as_they_came(
    store: StoreFile, storage: Path, halyard: Organisation
) -> None:
    Organisation.objects.update(removes_photo_data=False)
    kept = store(PHOTO)
    Organisation.objects.update(removes_photo_data=True)
    removed = store(PHOTO)

    assert content_of(storage, kept) == PHOTO and kept.shown_photo_data == PhotoData.KEPT
    assert kept.blob != removed.blob


@pytest.mark.parametrize(
    ("content", "outcome"),
    [
        (halves(), PhotoData.NONE),
        (halves(kind="GIF"), PhotoData.UNSUPPORTED),
        (knowing(1)[:-300], PhotoData.REMOVED),
        (b"Low tide at six.", None),
    ],
)
def test_a_file_says_what_became_of_it(
    store: StoreFile, api_for: ApiFor, bob: User, content: bytes, outcome: PhotoData | None
) -> None:
    asset = store(content)

    assert asset.shown_photo_data == outcome
    assert api_for(bob).call("GET", f"/assets/{asset.pk}").json()["photo_data"] == outcome


def test_what_can_not_be_taken_is_stored_and_told(
    store: StoreFile, storage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(operation: str, arguments: Any, **given: Any) -> Any:
        if operation == "strip_metadata":
            raise MediaFailed("time")
        return call(operation, arguments, **given)

    from lib.media import child

    call = child.foreground.call
    monkeypatch.setattr(child.foreground, "call", fail)
    asset = store(PHOTO, sha256=sha256_of(PHOTO))

    assert content_of(storage, asset) == PHOTO
    assert asset.shown_photo_data == PhotoData.FAILED


def test_what_was_stored_before_is_kept(store: StoreFile) -> None:
    assert Asset(blob=store(PHOTO).blob).shown_photo_data == PhotoData.KEPT


@pytest.mark.django_db(transaction=True)
def test_a_resumable_upload_gives_back_what_was_taken(halyard: Organisation, bob: User, storage: Path) -> None:
    upload = uploads.create_upload(actor=bob, organisation="halyard", name="quay.jpg", length=len(PHOTO))
    assert StorageUse.objects.get().used == len(PHOTO)
    get_path(upload.pk).write_bytes(PHOTO)

    asset = uploads.finish_upload(actor=bob, upload=upload, sha256=sha256_of(PHOTO))

    assert not any(secret in content_of(storage, asset) for secret in SECRETS)
    assert StorageUse.objects.get().used == asset.size
    assert list(get_path(upload.pk).parent.iterdir()) == []


def test_a_form_brings_a_photo_without_its_place(
    api_for: ApiFor, bob: User, halyard: Organisation, storage: Path
) -> None:
    answer = api_for(bob).post("/api/v1/assets", {"org": "halyard", "file": upload(PHOTO, "quay.jpg", "image/jpeg")})

    assert answer.status_code == 201 and answer.json()["photo_data"] == "removed"
    assert not any(secret in content_of(storage, Asset.objects.get()) for secret in SECRETS)
    assert list_stored(storage.parent / "uploads") == []


def test_the_page_of_a_file_says_what_became_of_it(client_for: ClientFor, bob: User, store: StoreFile) -> None:
    def show(asset: Asset) -> str:
        return client_for(bob).get(f"/o/halyard/files/{asset.pk}/").text

    removed, text = store(PHOTO), store()
    Organisation.objects.update(removes_photo_data=False)

    assert "<dd>Removed</dd>" in show(removed)
    assert "<dd>Kept</dd>" in show(store(PHOTO))
    assert "Location and camera" not in show(text)


def test_administrators_switch_it(
    client_for: ClientFor, alice: User, bob: User, charlie: User, halyard: Organisation
) -> None:
    def switch(browser: Client, **fields: str) -> int:
        return browser.post("/o/halyard/photo-data/", fields).status_code

    assert switch(client_for(bob)) == 403
    assert switch(client_for(charlie)) == 404
    halyard.refresh_from_db()
    assert halyard.removes_photo_data
    assert switch(client_for(alice)) == 302
    halyard.refresh_from_db()
    assert not halyard.removes_photo_data
    shown = client_for(alice).get("/o/halyard/settings/").text
    assert "Kept: whoever downloads" in shown
    assert switch(client_for(alice), enabled="on") == 302
    assert "Removed: pictures" in client_for(alice).get("/o/halyard/settings/").text


def test_what_changes_nothing_is_not_recorded(alice: User, halyard: Organisation) -> None:
    for enabled in (True, False, False):
        set_photo_data_removal(actor=alice, slug="halyard", enabled=enabled)

    [entry] = AuditEntry.objects.filter(organisation=halyard, action="update")
    assert entry.changes == {"removes_photo_data": [True, False]}


@pytest.mark.parametrize("value", ["yes", 1, None, []])
def test_other_values_are_refused(api_for: ApiFor, alice: User, halyard: Organisation, value: Any) -> None:
    answer = api_for(alice).call("PATCH", "/orgs/halyard", {"removes_photo_data": value})

    assert answer.status_code == 422
    halyard.refresh_from_db()
    assert halyard.removes_photo_data
