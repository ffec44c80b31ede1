"""Files over REST."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from accounts.models import AuditEntry, Organisation, User
from accounts.tokens.services.personal import create_token
from assets.cleanup.services import delete_orphaned_assets
from assets.models import Asset
from tests.accounts.pictures import halves
from tests.assets.conftest import TEXT, Shelf, StoreFile, list_stored, upload
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.factories import make_membership, make_user


def post(client: Client, path: str = "/api/v1/assets", **fields: Any) -> Any:
    return client.post(path, {"org": "halyard", "file": upload()} | fields)


def test_a_file_is_uploaded_and_shown(api_for: ApiFor, bob: User, halyard: Organisation, storage: Path) -> None:
    api = api_for(bob)

    answer = post(api, alt_text="Tides")
    shown = answer.json()

    assert answer.status_code == 201
    asset = Asset.objects.get()
    assert shown == api.call("GET", f"/assets/{asset.pk}").json()
    assert shown | {
        "id": str(asset.pk), "organisation": "halyard", "name": "tides.txt", "original_name": "tides.txt",
        "size": len(TEXT), "alt_text": "Tides", "path": f"assets/{asset.pk}",
        "url": f"/api/v1/assets/{asset.pk}/content",
        "owner": {"id": str(bob.pk), "name": "Bob", "username": "bob"}, "thumbnail_url": None, "width": None,
    } == shown  # fmt: skip
    assert api.get(shown["url"]).getvalue() == TEXT


@pytest.mark.parametrize(("fields", "left"), [({}, 0), ({"keep": "false"}, 0), ({"keep": "true"}, 1)])
def test_a_file_that_is_kept_needs_no_message(
    api_for: ApiFor, bob: User, halyard: Organisation, shelf: Shelf, fields: dict[str, str], left: int
) -> None:
    assert post(api_for(bob), **fields).status_code == 201
    Asset.objects.update(created_at=timezone.now() - timedelta(days=2))

    delete_orphaned_assets()

    assert Asset.objects.count() == left


@pytest.mark.parametrize("size", [10, 3_000_000])
def test_large_files_arrive_as_small_ones_do(
    api_for: ApiFor, bob: User, halyard: Organisation, storage: Path, size: int
) -> None:
    """Django keeps small ones in memory, and others in a file, which leaves no trace."""
    post(api_for(bob), file=upload(b"x" * size))

    assert (storage / Asset.objects.get().blob.path).stat().st_size == size
    assert list_stored(storage.parent / "uploads") == []


def test_a_browser_uploads_with_its_csrf_token_in_a_header(bob: User, halyard: Organisation) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.get("/accounts/login/")
    browser.force_login(bob, backend="accounts.backends.AuthenticationBackend")
    token = browser.cookies["csrftoken"].value

    assert post(browser).status_code == 403
    body = encode_multipart(BOUNDARY, {"org": "halyard", "file": upload()})
    by_script = {"content_type": MULTIPART_CONTENT, "headers": {"X-CSRFToken": token}}
    assert browser.generic("POST", "/api/v1/assets", body, **by_script).status_code == 201


@pytest.mark.parametrize(
    ("fields", "status", "where"),
    [
        ({"org": "elsewhere"}, 404, None),
        ({"org": ""}, 404, None),
        ({"org": "hal\0yard"}, 404, None),
        ({"file": "no file"}, 422, "file"),
        ({"alt_text": "x" * 1001}, 422, "alt_text"),
    ],
)
def test_a_bad_form_is_refused(
    api_for: ApiFor,
    bob: User,
    charlie: User,
    halyard: Organisation,
    storage: Path,
    fields: Any,
    status: int,
    where: Any,
) -> None:
    answer = post(api_for(bob), **fields)

    assert answer.status_code == status
    assert where is None or answer.json()["errors"][0]["loc"] == ["body", where]
    assert list_stored(storage) == []


@pytest.mark.parametrize(
    ("content_type", "part"),
    [
        ("multipart/form-data", b""),
        ("multipart/form-data; boundary=\xff\xfe", b""),
        ("multipart/form-data; boundary=b; charset=rot13", b'Content-Disposition: form-data; name="org"\r\n\r\nx'),
        (
            "multipart/form-data; boundary=b",
            b'Content-Disposition: form-data; name="file"; filename="' + b"x" * 5000 + b'"\r\n\r\nx',
        ),
        (
            "multipart/form-data; boundary=b",
            b'Content-Disposition: form-data; name="file"; filename="x"\r\n'
            b"Content-Transfer-Encoding: base64\r\n\r\n!!!!a",
        ),
    ],
)
@pytest.mark.parametrize("path", ["/assets", "/orgs/halyard/emoji"])
def test_a_broken_form_is_refused(
    api_for: ApiFor, bob: User, halyard: Organisation, path: str, content_type: str, part: bytes
) -> None:
    body = b"--b\r\n" + part + b"\r\n--b--\r\n"

    answer = api_for(bob).generic("POST", f"/api/v1{path}", body, content_type=content_type)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["loc"] == ["body", "file"]


def test_another_type_of_body_is_refused(api_for: ApiFor, bob: User, halyard: Organisation) -> None:
    assert api_for(bob).call("POST", "/assets", {"org": "halyard", "file": "x"}).status_code == 415


def test_a_file_over_the_limit_is_refused_with_the_limit(
    api_for: ApiFor, bob: User, halyard: Organisation, settings: Settings
) -> None:
    settings.MAX_UPLOAD_BYTES, settings.STORAGE_QUOTA = 1024, 100

    too_large, over_quota = post(api_for(bob), file=upload(b"x" * 1025)), post(api_for(bob), file=upload(b"x" * 101))

    assert (too_large.status_code, too_large.json()["code"]) == (413, "too_large")
    assert "1.0\xa0KB" in too_large.json()["detail"]
    assert (over_quota.status_code, over_quota.json()["code"]) == (413, "quota_exceeded")
    assert "100\xa0bytes" in over_quota.json()["detail"]


def test_a_token_needs_the_scope_of_files(bob: User, halyard: Organisation) -> None:
    statuses = []
    for scope in ("messages:write", "files:read", "files:write"):
        token = create_token(actor=bob, name="Script", scopes=[scope]).token
        api = ApiClient(headers={"Authorization": f"Bearer {token}"})
        statuses.append((post(api).status_code, api.call("GET", "/assets").status_code))

    assert statuses == [(403, 403), (403, 200), (201, 200)]


def test_files_are_listed_by_what_is_asked_for(
    api_for: ApiFor, bob: User, alice: User, store: StoreFile, shelf: Shelf
) -> None:
    text, picture, hers = store(), store(halves(), "Schöner Hafen.png"), store(name="hers.txt", actor=alice)
    shelf.asset_ids, shelf.readers = {hers.pk}, {bob.pk}

    def names(query: str) -> list[str]:
        return [item["name"] for item in api_for(bob).call("GET", f"/assets?{query}").json()["items"]]

    assert names("") == names("org=halyard") == [hers.name, picture.name, text.name]
    assert names("owner=me") == [picture.name, text.name]
    assert names("kind=image") == names("q=schoner") == [picture.name]
    assert api_for(bob).call("GET", "/assets?org=elsewhere").status_code == 404


def test_a_list_of_many_costs_what_one_of_one_does(
    api_for: ApiFor, bob: User, store: StoreFile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api = api_for(bob)
    for number in range(3):
        store(b"%d" % number)
        api.call("GET", "/assets")
        with django_assert_num_queries(4):  # token, organisation, files, thumbnails
            api.call("GET", "/assets?org=halyard")


def test_only_the_owner_describes_a_file(
    api_for: ApiFor, bob: User, alice: User, store: StoreFile, shelf: Shelf
) -> None:
    asset = store()
    shelf.asset_ids, shelf.readers = {asset.pk}, {alice.pk}
    change = {"name": "../low\u202e tide.txt", "alt_text": "Mud"}

    assert api_for(alice).call("PATCH", f"/assets/{asset.pk}", change).status_code == 403
    changed = api_for(bob).call("PATCH", f"/assets/{asset.pk}", change).json()
    assert (changed["name"], changed["alt_text"]) == ("low tide.txt", "Mud")
    assert Asset.objects.get(folded_name="low tide.txt") == asset


def test_owners_and_administrators_delete_files(
    api_for: ApiFor, client_for: ClientFor, bob: User, alice: User, robin: User, store: StoreFile, shelf: Shelf
) -> None:
    mine, theirs = store(name="mine.txt"), store(name="theirs.txt")
    shelf.asset_ids, shelf.readers = {theirs.pk}, {alice.pk, robin.pk}

    assert api_for(robin).call("DELETE", f"/assets/{theirs.pk}").status_code == 403
    assert api_for(alice).call("DELETE", f"/assets/{mine.pk}").status_code == 404
    assert api_for(alice).call("DELETE", f"/assets/{theirs.pk}").status_code == 204
    assert api_for(bob).call("DELETE", f"/assets/{mine.pk}").status_code == 204
    assert api_for(bob).call("GET", "/assets").json()["items"] == []
    assert client_for(bob).get(f"/assets/{mine.pk}/content").status_code == 404
    [entry] = AuditEntry.objects.filter(table_name="assets_asset")
    assert (entry.user, entry.action, entry.organisation) == (alice, "delete", theirs.organisation)


def test_a_former_member_has_nothing(api_for: ApiFor, store: StoreFile, halyard: Organisation) -> None:
    guest = make_user("Gia")
    membership = make_membership(halyard, guest, role="guest")
    asset = store(actor=guest)
    assert api_for(guest).call("GET", f"/assets/{asset.pk}").status_code == 200

    membership.delete()

    assert api_for(guest).call("GET", f"/assets/{asset.pk}").status_code == 404
    assert api_for(guest).call("GET", "/assets").json()["items"] == []
