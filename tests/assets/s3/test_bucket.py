"""What a bucket does that a folder does not: clients read there, listings come in pages, and it may be away."""

import gzip
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django import Settings

from accounts.models import Organisation, User
from assets.cleanup.services import delete_orphaned_files
from assets.models import Asset, Blob, StorageUse
from assets.storage import get_store, local_file
from assets.stores.store import SentHeaders
from lib import stored_pictures
from lib.stored_pictures import PictureFolder
from tests.assets.conftest import StoreFile, upload
from tests.assets.s3.conftest import StoredPath
from tests.conftest import ApiFor, ClientFor
from tests.live import free_port
from tests.s3_server import S3Server

PACKED = gzip.compress(b"tides" * 100)


@pytest.fixture
def asset(store: StoreFile) -> Asset:
    return store(PACKED, "Hafen 报告.tar.gz")


def test_a_client_is_led_to_the_bytes(asset: Asset, settings: Settings, client_for: ClientFor, bob: User) -> None:
    settings.STORAGE_REDIRECT = True

    led = client_for(bob).get(f"/assets/{asset.pk}/content")
    found = httpx.get(led["Location"])
    part = httpx.get(led["Location"], headers={"Range": "bytes=2-5"})

    assert (led.status_code, led["Cache-Control"], led.has_header("ETag")) == (302, "private, no-cache", False)
    signed = parse_qs(urlsplit(led["Location"]).query)
    assert (signed["X-Amz-Algorithm"], signed["X-Amz-Expires"]) == (["AWS4-HMAC-SHA256"], ["300"])
    assert (found.content, part.status_code, part.content) == (PACKED, 206, PACKED[2:6])
    assert "Content-Encoding" not in found.headers
    assert found.headers["Content-Type"] == "application/octet-stream"
    assert found.headers["Content-Disposition"].startswith("attachment; ")
    assert found.headers["Content-Disposition"].endswith("filename*=UTF-8''Hafen%20%E6%8A%A5%E5%91%8A.tar.gz")
    assert found.headers["Cache-Control"] == "private, max-age=150"


def test_only_who_may_see_a_file_is_led_there(
    asset: Asset, settings: Settings, client_for: ClientFor, api_for: ApiFor, bob: User, charlie: User
) -> None:
    settings.STORAGE_REDIRECT = True
    path = f"/api/v1/assets/{asset.pk}/content"

    assert [api_for(person).get(path).status_code for person in (bob, charlie, None)] == [302, 404, 401]
    assert client_for(charlie).get(f"/assets/{asset.pk}/content").status_code == 404
    assert api_for(bob).head(path)["Content-Length"] == str(len(PACKED))


def test_an_address_is_the_same_for_a_while(asset: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    def sign(now: float) -> str:
        monkeypatch.setattr("assets.stores.bucket.time.time", lambda: now)
        return get_store().sign_address(asset.blob.path, SentHeaders("image/png", "inline", 300))

    addresses = [sign(1_800_000_000), sign(1_800_000_149), sign(1_800_000_150)]

    assert addresses[0] == addresses[1]
    assert get_store()._sign.cache_info().misses >= 2  # type: ignore[attr-defined]


def test_pages_may_show_what_is_there(bob: User, settings: Settings, s3_server: S3Server) -> None:
    settings.STORAGE_REDIRECT = True
    assert f"img-src 'self' data: blob: {s3_server.endpoint};" in read_policy()
    settings.STORAGE_REDIRECT = False
    assert s3_server.endpoint not in read_policy()


def read_policy() -> str:
    return Client().get("/login/")["Content-Security-Policy"]


def test_files_are_stored_as_plain_bytes_that_nothing_unpacks(asset: Asset) -> None:
    store = get_store()
    name = {"Bucket": store.bucket, "Key": store.folder + asset.blob.path}  # type: ignore[attr-defined]

    head = store.client.head_object(**name)  # type: ignore[attr-defined]

    assert (head["ContentType"], head.get("ContentEncoding")) == ("application/octet-stream", None)
    assert name["Key"].startswith("atrium/blobs/")


def test_a_file_that_is_lent_leaves_no_copy(asset: Asset, storage: StoredPath) -> None:
    with local_file(asset.blob.path) as path:
        assert path.read_bytes() == PACKED
    assert list((storage.parent / "uploads").iterdir()) == []
    with pytest.raises(FileNotFoundError), local_file("blobs/00/none"):
        pass


def test_all_pages_of_a_listing_are_swept(asset: Asset, tmp_path: Path) -> None:
    (tmp_path / "lost").write_bytes(b"1234")
    names = [f"blobs/{number % 256:02x}/lost{number}" for number in range(1001)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda name: get_store().put_file(tmp_path / "lost", name), names))

    swept = delete_orphaned_files(grace=timedelta(minutes=-5))

    assert swept == (1001, 4004, 0)
    assert [file.path for file in get_store().list_files("blobs")] == [asset.blob.path]


def test_pictures_are_kept_there(bob: User, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = PictureFolder("emoji")
    name = folder.save(bob.pk, b"WebP")

    assert folder.read(name) == b"WebP"
    assert folder.list_orphans([]) == []
    monkeypatch.setattr(stored_pictures, "GRACE_PERIOD", -stored_pictures.GRACE_PERIOD)
    assert (folder.delete_orphans([]), default_storage.exists(name)) == (1, False)
    with pytest.raises(FileNotFoundError):
        folder.read(name)


@pytest.mark.parametrize("where", ["away", "no bucket"])
def test_where_it_is_away_nothing_is_stored_and_that_is_said(
    where: str, settings: Settings, s3_server: S3Server, api_for: ApiFor, bob: User, storage: StoredPath,
    halyard: Organisation,
) -> None:  # fmt: skip
    settings.STORAGE_URL = s3_server.build_url("none-there")
    if where == "away":
        settings.STORAGE_URL = settings.STORAGE_URL.replace(str(s3_server.port), str(free_port()))
    body = encode_multipart(BOUNDARY, {"file": upload(), "org": "halyard"})

    answer = api_for(bob).generic("POST", "/api/v1/assets", body, content_type=MULTIPART_CONTENT)

    assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
    assert answer.json()["detail"] == "The storage of files does not answer. Try again in a moment."
    assert not Asset.objects.exists() and not Blob.objects.exists()
    assert not StorageUse.objects.filter(used__gt=0).exists()
    assert list((storage.parent / "uploads").iterdir()) == []
