"""Lists of files: filters, orders, pages, and what is stored."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from assets.library.queries import Narrowing, list_assets
from assets.models import Asset, StorageUse
from assets.storing.services import delete_asset
from lib.web.pagination import encode_cursor
from tests.accounts.pictures import halves
from tests.assets.conftest import Shelf, StoreFile
from tests.conftest import ApiFor


def names(api_for: ApiFor, user: User, query: str = "") -> list[str]:
    answer = api_for(user).call("GET", f"/assets?{query}")
    assert answer.status_code == 200, answer.content
    return [item["name"] for item in answer.json()["items"]]


def test_who_has_left_sees_not_even_their_own_files(
    api_for: ApiFor, bob: User, halyard: Organisation, store: StoreFile
) -> None:
    asset = store(b"mine", "mine.txt")
    halyard.memberships.filter(user=bob).delete()

    assert names(api_for, bob) == []
    for path in ("", "/content", "/thumbnail"):
        assert api_for(bob).get(f"/api/v1/assets/{asset.pk}{path}").status_code == 404


def test_the_list_is_narrowed_by_owner_and_time(
    api_for: ApiFor, alice: User, bob: User, store: StoreFile, shelf: Shelf
) -> None:
    mine, theirs = store(b"mine", "mine.txt"), store(b"theirs", "theirs.txt", actor=alice)
    shelf.asset_ids, shelf.readers = {theirs.pk}, {bob.pk}
    Asset.objects.filter(pk=theirs.pk).update(created_at=datetime(2026, 3, 1, 9, 30, tzinfo=UTC))

    assert names(api_for, bob) == ["theirs.txt", "mine.txt"]
    assert names(api_for, bob, "owner=me") == names(api_for, bob, f"owner={bob.pk}") == ["mine.txt"]
    assert names(api_for, bob, f"owner={alice.pk}") == ["theirs.txt"]
    assert names(api_for, bob, "before=2026-03-01T09:30:00Z") == []
    assert names(api_for, bob, "before=2026-03-01T09:30:01Z") == ["theirs.txt"]
    assert names(api_for, bob, "after=2026-03-01T09:30:00Z&before=2026-04-01T00:00:00Z") == ["theirs.txt"]
    assert names(api_for, bob, "after=2026-03-02T00:00:00Z") == [mine.name]
    assert api_for(bob).call("GET", "/assets?owner=alice").status_code == 422
    assert api_for(bob).call("GET", "/assets?before=yesterday").status_code == 422
    assert api_for(bob).call("GET", "/assets?sort=colour").status_code == 422


def test_a_room_holds_what_its_reader_sees_there(alice: User, bob: User, store: StoreFile, shelf: Shelf) -> None:
    store(b"elsewhere", "elsewhere.txt")
    posted, room_id = store(b"posted", "posted.txt", actor=alice), uuid4()
    shelf.asset_ids, shelf.readers, shelf.room_ids = {posted.pk}, {bob.pk}, {room_id}

    assert list(list_assets(user=bob, narrowing=Narrowing(room_id=room_id))) == [posted]
    assert not list_assets(user=bob, narrowing=Narrowing(room_id=uuid4()))
    shelf.readers = set()
    assert not list_assets(user=bob, narrowing=Narrowing(room_id=room_id))


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("newest", ["beta.txt", "Alpha.txt", "ähre.txt", "Zeta.txt"]),
        ("name", ["ähre.txt", "Alpha.txt", "beta.txt", "Zeta.txt"]),
        ("size", ["Zeta.txt", "beta.txt", "Alpha.txt", "ähre.txt"]),
    ],
)
def test_each_order_is_walked_without_gaps(
    api_for: ApiFor, bob: User, store: StoreFile, sort: str, expected: list[str]
) -> None:
    """Alpha and beta are as large as each other."""
    for name, content in (("Zeta.txt", b"xxxx"), ("ähre.txt", b"x"), ("Alpha.txt", b"xx"), ("beta.txt", b"yy")):
        store(content, name)
    seen, cursor, api = [], "", api_for(bob)
    while cursor is not None:
        page = api.call("GET", f"/assets?sort={sort}&limit=1&{cursor and f'cursor={cursor}'}").json()
        seen += [item["name"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert seen == expected


def test_a_cursor_tells_nothing_of_a_hidden_file(
    api_for: ApiFor, alice: User, bob: User, store: StoreFile, shelf: Shelf
) -> None:
    """Its place among one's own files would tell its name and size."""
    hidden = encode_cursor(store(b"hidden", "m.txt", actor=alice).pk)
    store(b"mine", "z.txt")

    assert names(api_for, bob, f"sort=name&cursor={hidden}") == []
    assert names(api_for, bob, f"sort=size&cursor={hidden}") == []


@pytest.mark.parametrize("sort", ["newest", "name", "size"])
def test_a_list_costs_the_same_however_long_it_is(
    api_for: ApiFor, bob: User, store: StoreFile, django_assert_num_queries: DjangoAssertNumQueries, sort: str
) -> None:
    api = api_for(bob)
    store(b"first", "first.txt")
    api.call("GET", "/assets")
    with django_assert_num_queries(4):  # token, membership, files, thumbnails
        api.call("GET", f"/assets?org=halyard&sort={sort}")
    for n in range(12):
        store(b"x" * n, f"{n}.txt")
    with django_assert_num_queries(4):
        api.call("GET", f"/assets?org=halyard&sort={sort}")


def test_administrators_see_what_is_stored(
    api_for: ApiFor,
    alice: User,
    bob: User,
    charlie: User,
    halyard: Organisation,
    store: StoreFile,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    store(b"same", "a.txt"), store(b"same", "b.txt", actor=alice)
    picture = store(halves(), "halves.png", actor=alice)
    deleted = store(b"deleted!", "c.txt")
    delete_asset(actor=bob, asset_id=deleted.pk)
    StorageUse.objects.filter(organisation=halyard).update(quota=1000_000)
    api = api_for(alice)
    api.call("GET", "/orgs/halyard/storage")

    with django_assert_num_queries(6):  # token, membership, use, kinds, owners, users
        shown = api.call("GET", "/orgs/halyard/storage").json()

    assert shown["used"] == 12 + picture.size
    assert shown["quota"] == 1000_000
    assert shown["by_kind"] == [
        {"kind": "image", "size": picture.size, "count": 1},
        {"kind": "text", "size": 12, "count": 2},
    ]
    assert [(use["user"]["name"], use["size"], use["count"]) for use in shown["by_user"]] == [
        ("Alice", 4 + picture.size, 2),
        ("Bob", 4, 1),
    ]
    assert api_for(bob).call("GET", "/orgs/halyard/storage").status_code == 403
    assert api_for(charlie).call("GET", "/orgs/halyard/storage").status_code == 404


def test_nothing_is_stored_yet(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    assert api_for(alice).call("GET", "/orgs/halyard/storage").json() == {
        "used": 0, "quota": None, "by_kind": [], "by_user": []
    }  # fmt: skip
