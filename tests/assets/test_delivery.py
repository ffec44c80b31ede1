"""Bytes go to those who see the file: whole, in parts, or not again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import User
from assets.delivery.disposition import build_disposition
from assets.models import Asset, Thumbnail
from assets.storage import put_file
from tests.assets.conftest import Shelf, StoreFile
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_user

CONTENT = bytes(range(256)) * 4
SIZE = len(CONTENT)
Fetch = Callable[..., Any]


@pytest.fixture
def asset(store: StoreFile, tmp_path: Path) -> Asset:
    asset = store(CONTENT, "tides.bin")
    (tmp_path / "small").write_bytes(b"WebP")
    path = put_file(tmp_path / "small", folder="thumbnails", suffix=".webp")
    Thumbnail.objects.create(
        blob=asset.blob, size="small", path=path, mime_type="image/webp", byte_count=4, width=2, height=2
    )
    return asset


@pytest.fixture
def fetch(api_for: ApiFor, asset: Asset, bob: User) -> Fetch:
    api = api_for(bob)

    def call(**headers: str) -> Any:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return api.get(f"/api/v1/assets/{asset.pk}/content", headers=named)

    return call


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [
        ("bytes=0-99", 0, 100),
        ("bytes=100-", 100, SIZE),
        ("bytes=-100", SIZE - 100, SIZE),
        ("bytes=0-0", 0, 1),
        (f"bytes=0-{10**18}", 0, SIZE),
        (f"bytes=-{10**18}", 0, SIZE),
        (f"bytes={SIZE - 1}-", SIZE - 1, SIZE),
    ],
)
def test_a_part_is_answered(fetch: Fetch, asked: str, start: int, end: int) -> None:
    answer = fetch(Range=asked)

    assert answer.status_code == 206
    assert answer["Content-Range"] == f"bytes {start}-{end - 1}/{SIZE}"
    assert answer["Content-Length"] == str(end - start)
    assert answer.getvalue() == CONTENT[start:end]


@pytest.mark.parametrize("asked", ["", "bytes=5-2", "bytes=0-1,5-6", "bytes=", "bytes=-", "items=0-5", "bytes=a-b"])
def test_all_is_answered_where_no_part_is_asked_for_that_we_know(fetch: Fetch, asked: str) -> None:
    answer = fetch(Range=asked)

    assert (answer.status_code, answer["Accept-Ranges"], answer.getvalue()) == (200, "bytes", CONTENT)


@pytest.mark.parametrize("asked", [f"bytes={SIZE}-", f"bytes={SIZE}-{SIZE + 5}", "bytes=-0"])
def test_a_part_behind_the_end_is_refused(fetch: Fetch, asked: str) -> None:
    answer = fetch(Range=asked)

    assert (answer.status_code, answer["Content-Range"]) == (416, f"bytes */{SIZE}")
    assert answer.json()["code"] == "range_not_satisfiable"


def test_a_part_of_other_bytes_is_none(fetch: Fetch) -> None:
    etag = fetch()["ETag"]

    statuses = [fetch(Range="bytes=0-1", If_Range=given).status_code for given in (etag, '"other"', f"W/{etag}")]

    assert statuses == [206, 200, 200]


def test_what_a_browser_has_is_not_sent_again(fetch: Fetch, asset: Asset) -> None:
    etag = fetch()["ETag"]
    assert etag == f'"{asset.blob.sha256}"'

    unchanged = fetch(If_None_Match=etag)

    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", etag)
    assert unchanged["Cache-Control"] == "private, no-cache"


def test_a_head_has_no_body(api_for: ApiFor, client_for: ClientFor, asset: Asset, bob: User) -> None:
    for answer in (
        api_for(bob).head(f"/api/v1/assets/{asset.pk}/content"), client_for(bob).head(f"/assets/{asset.pk}/content"),
    ):  # fmt: skip
        assert (answer.status_code, answer["Content-Length"], answer.streaming) == (200, str(SIZE), False)


def test_a_lost_file_is_missing_and_logged(
    fetch: Fetch, asset: Asset, storage: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (storage / asset.blob.path).unlink()

    assert fetch().status_code == 404
    assert asset.blob.path in caplog.text


def test_the_server_in_front_sends_files_where_it_may(fetch: Fetch, asset: Asset, settings: Settings) -> None:
    settings.X_ACCEL_REDIRECT = "/protected"

    answer = fetch(Range="bytes=0-1")

    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["X-Accel-Redirect"] == f"/protected/{asset.blob.path}"
    assert "attachment" in answer["Content-Disposition"] and "sandbox" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["", "/content", "/thumbnail"])
@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-1"}])
def test_access_is_asked_for_each_time(
    api_for: ApiFor, asset: Asset, alice: User, bob: User, charlie: User, shelf: Shelf, path: str, headers: Any
) -> None:
    """The owner; a member and a guest of the place where it stands; a member of none; a former member; a stranger."""
    guest, former = make_user("Gia"), make_user("Fay")
    make_membership(asset.organisation, guest, role="guest")
    membership = make_membership(asset.organisation, former)
    shelf.asset_ids, shelf.readers = {asset.pk}, {alice.pk, guest.pk, former.pk, charlie.pk}
    colleague = make_user("Cora")
    make_membership(asset.organisation, colleague)
    people = (bob, alice, guest, former, colleague, charlie, None)

    def ask_all() -> list[int]:
        address = f"/api/v1/assets/{asset.pk}{path}"
        return [api_for(person).get(address, headers=headers).status_code for person in people]

    good = 206 if headers and path else 200
    assert ask_all() == [good, good, good, good, 404, 404, 401]
    membership.delete()
    shelf.readers.remove(guest.pk)
    assert ask_all() == [good, good, 404, 404, 404, 404, 401]
    Asset.objects.filter(pk=asset.pk).update(deleted_at="2026-01-01T00:00:00Z")
    assert ask_all() == [404, 404, 404, 404, 404, 404, 401]


def test_pages_send_them_too(client_for: ClientFor, asset: Asset, bob: User, charlie: User) -> None:
    paths = ["content", "thumbnail", "thumbnail?size=small", "download", "thumbnail?size=large"]

    def ask(person: User) -> list[int]:
        return [client_for(person).get(f"/assets/{asset.pk}/{path}").status_code for path in paths]

    assert ask(bob) == [200, 200, 200, 200, 404]
    assert ask(charlie) == [404] * 5


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ("tides.txt", "inline; filename=\"tides.txt\"; filename*=UTF-8''tides.txt"),
        ("Hafen übers.txt", "inline; filename=\"Hafen ubers.txt\"; filename*=UTF-8''Hafen%20%C3%BCbers.txt"),
        ('a"b;c\\d%.txt', "inline; filename=\"a_b_c_d_.txt\"; filename*=UTF-8''a%22b%3Bc%5Cd%25.txt"),
        ("报告.docx", "inline; filename=\"__.docx\"; filename*=UTF-8''%E6%8A%A5%E5%91%8A.docx"),
        ("it's (1)*.txt", "inline; filename=\"it's (1)*.txt\"; filename*=UTF-8''it%27s%20%281%29%2A.txt"),
    ],
)
def test_names_are_sent_as_they_are(name: str, header: str) -> None:
    assert build_disposition(name, shown=True) == header
