"""Files of drafts: kept as long as the draft, and told of when they are gone."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from accounts.topics import user_topic
from assets.cleanup.services import delete_deleted_assets, delete_orphaned_assets
from assets.models import Asset
from assets.processing.services import make_previews
from assets.storing.services import delete_asset, update_asset
from chat.drafts.services import append_to_draft, delete_draft, save_draft
from chat.messages.services.post import post_message
from chat.models import MAX_ATTACHMENTS, HeldFile, Room, StoredDraft
from lib.realtime.hub import Event
from tests.chat.attachments.conftest import StoreFile, storage, store
from tests.chat.steps import frames
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.factories import make_membership, make_organisation, make_user

__all__ = ["storage", "store"]


@pytest.fixture
def path(room: Room) -> str:
    return f"/rooms/{room.pk}/draft"


def age_all() -> None:
    Asset.objects.update(created_at=timezone.now() - timedelta(days=40))


def test_files_are_kept_in_their_order(ann: ApiClient, path: str, store: StoreFile) -> None:
    first, second = store("tides.txt"), store("harbour.png")
    ids = [str(second.pk), str(first.pk)]

    saved = ann.call("PUT", path, {"content": "", "asset_ids": [*ids, ids[0]]}).json()

    assert saved["asset_ids"] == ids
    assert [(asset["id"], asset["name"]) for asset in saved["assets"]] == [
        (ids[0], "harbour.png"),
        (ids[1], "tides.txt"),
    ]
    assert ann.call("GET", path).json() == saved
    assert ann.call("PUT", path, {"content": "typed on"}).json()["asset_ids"] == ids
    assert ann.call("GET", "/me/drafts").json()["items"][0]["asset_ids"] == ids
    assert ann.call("PUT", path, {"content": "typed on", "asset_ids": []}).json()["assets"] == []
    assert ann.call("PUT", path, {"content": " ", "asset_ids": []}).status_code == 422


def test_the_one_saved_last_wins_with_its_files(ann: ApiClient, path: str, store: StoreFile) -> None:
    assets = [store("one.txt", b"1"), store("two.txt", b"2")]
    times = [
        ann.call("PUT", path, {"content": "x", "asset_ids": [str(asset.pk)]}).json()["updated_at"] for asset in assets
    ]

    assert times[0] < times[1]
    assert ann.call("GET", path).json()["asset_ids"] == [str(assets[1].pk)]
    assert HeldFile.objects.count() == 1


def test_what_a_draft_names_is_no_orphan(alice: User, room: Room, store: StoreFile) -> None:
    asset = store()
    save_draft(actor=alice, room_id=room.pk, content="", asset_ids=[asset.pk])
    age_all()

    assert delete_orphaned_assets() == 0
    append_to_draft(actor=alice, room_id=room.pk, content="shared")
    assert delete_orphaned_assets() == 0
    delete_draft(actor=alice, room_id=room.pk)
    assert delete_orphaned_assets() == 1
    assert not HeldFile.objects.exists()


def test_a_deleted_file_is_told_of_even_when_its_row_is_gone(
    alice: User, ann: ApiClient, path: str, client_for: ClientFor, store: StoreFile
) -> None:
    kept, deleted = store("kept.txt", b"kept"), store("gone.txt", b"gone")
    ids = [str(kept.pk), str(deleted.pk)]
    ann.call("PUT", path, {"content": "half", "asset_ids": ids})
    delete_asset(actor=alice, asset_id=deleted.pk)

    for purged in (0, 1):
        if purged:
            Asset.objects.filter(pk=deleted.pk).update(deleted_at=timezone.now() - timedelta(days=40))
            assert delete_deleted_assets() == 1
        shown = ann.call("GET", path).json()
        assert (shown["asset_ids"], [asset["id"] for asset in shown["assets"]]) == (ids, ids[:1])
        page = client_for(alice).get("/o/halyard/drafts/").text
        assert "kept.txt" in page and "1 file was deleted" in page and "gone.txt" not in page
        # Typing goes on.
        assert ann.call("PUT", path, {"content": f"half {purged}", "asset_ids": ids}).status_code == 200
    assert ann.call("PUT", path, {"content": "half", "asset_ids": ids[1:]}).json()["assets"] == []


def test_files_that_one_may_not_post_are_refused(
    alice: User, bob: User, ann: ApiClient, room: Room, path: str, store: StoreFile
) -> None:
    elsewhere = make_organisation("Port Ellery", owner=alice)
    foreign, other = store("mine.txt", b"mine", owner=bob), store("other.txt", b"other")
    Asset.objects.filter(pk=other.pk).update(organisation=elsewhere)

    for asset_id in (str(foreign.pk), str(other.pk), str(uuid4())):
        answer = ann.call("PUT", path, {"content": "x", "asset_ids": [asset_id]})
        assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["body", "asset_ids"])
    for wrong in (["x"], "x", 1, {}, [str(uuid4())] * (MAX_ATTACHMENTS + 1)):
        assert ann.call("PUT", path, {"content": "x", "asset_ids": wrong}).status_code == 422
    assert not StoredDraft.objects.exists() and not HeldFile.objects.exists()


def test_there_are_as_many_as_in_a_message(alice: User, room: Room, store: StoreFile) -> None:
    ids = [store(f"{n}.txt", str(n).encode()).pk for n in range(MAX_ATTACHMENTS + 1)]

    save_draft(actor=alice, room_id=room.pk, content="", asset_ids=ids[1:])
    with pytest.raises(ValidationError):
        save_draft(actor=alice, room_id=room.pk, content="", asset_ids=ids)
    assert HeldFile.objects.count() == MAX_ATTACHMENTS


def test_nobody_else_sees_them(bob: User, ann: ApiClient, path: str, api_for: ApiFor, store: StoreFile) -> None:
    asset = store()
    ann.call("PUT", path, {"content": "", "asset_ids": [str(asset.pk)]})

    assert api_for(bob).call("GET", path).status_code == 404
    assert api_for(bob).call("GET", f"/assets/{asset.pk}").status_code == 404


def test_many_cost_what_one_costs(
    alice: User, halyard: Organisation, ann: ApiClient, path: str, store: StoreFile
) -> None:
    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ann.call("GET", "/me/drafts").status_code == 200
        return len(queries)

    ids = [str(store(f"{n}.txt", str(n).encode()).pk) for n in range(6)]
    ann.call("PUT", path, {"content": "x", "asset_ids": ids[:1]})
    count()
    one = count()
    ann.call("PUT", path, {"content": "x", "asset_ids": ids})
    make_membership(halyard, make_user("more"))

    assert count() == one == 4  # token, drafts, files, thumbnails


def test_what_two_devices_do_to_the_files_at_once_stays(ann: ApiClient, path: str, store: StoreFile) -> None:
    one, two, three = (str(store(f"{n}.txt", str(n).encode()).pk) for n in range(3))

    def save(*ids: str, seen: tuple[str, ...] = ()) -> list[str]:
        body = {"content": "x", "asset_ids": list(ids), "seen_asset_ids": list(seen)}
        saved: list[str] = ann.call("PUT", path, body).json()["asset_ids"]
        return saved

    save(one, two)
    assert save(three) == [three, one, two]  # the other device has not heard of them
    assert save(two, one, seen=(one, two)) == [two, one, three]
    assert save(two, three, seen=(two, one, three)) == [two, three]
    assert save(two, one, three, seen=(two, one, three)) == [two, three]  # removed elsewhere meanwhile
    ann.call("DELETE", path)
    assert save(two, three, one, seen=(two, three)) == [one]  # sent elsewhere meanwhile
    assert ann.call("PUT", path, {"content": "x", "asset_ids": [two]}).json()["asset_ids"] == [two]


def test_files_that_were_sent_elsewhere_are_no_draft(ann: ApiClient, path: str, store: StoreFile) -> None:
    asset_id = str(store().pk)

    body = {"content": "", "asset_ids": [asset_id], "seen_asset_ids": [asset_id]}
    assert ann.call("PUT", path, body).status_code == 422
    assert (
        ann.call("PUT", path, body | {"seen_asset_ids": [str(uuid4())] * (2 * MAX_ATTACHMENTS + 1)}).status_code == 422
    )
    assert not StoredDraft.objects.exists()


def test_a_posted_file_may_be_sent_again(alice: User, ann: ApiClient, room: Room, path: str, store: StoreFile) -> None:
    asset = store()
    post_message(actor=alice, room_id=room.pk, content="", asset_ids=[asset.pk])

    assert ann.call("PUT", path, {"content": "", "asset_ids": [str(asset.pk)]}).json()["asset_ids"] == [str(asset.pk)]
    ann.call("DELETE", path)
    age_all()
    assert delete_orphaned_assets() == 0


def test_an_author_hears_that_files_of_their_draft_look_different(
    alice: User, room: Room, store: StoreFile, published: list[Event], django_capture_on_commit_callbacks: Any
) -> None:
    asset, other = store("boats.png"), store()
    draft = save_draft(actor=alice, room_id=room.pk, content="", asset_ids=[asset.pk, other.pk])
    changes = [
        lambda: update_asset(actor=alice, asset_id=asset.pk, alt_text="Two boats"),
        lambda: make_previews(blob_id=asset.blob_id),
        lambda: delete_asset(actor=alice, asset_id=other.pk),
    ]

    for change in changes:
        with django_capture_on_commit_callbacks(execute=True):
            change()

    assert {event.topic for event in published} == {user_topic(alice.pk)}
    assert [frame["type"] for frame in frames(published)] == ["draft.saved"] * 3
    told = [frame["draft"] for frame in frames(published)]
    assert told[0]["assets"][0]["alt_text"] == "Two boats"
    assert told[1]["assets"][0]["thumbnail_url"]
    assert [len(each["assets"]) for each in told] == [2, 2, 1]
    assert len({each["updated_at"] for each in told}) == 1 and StoredDraft.objects.get().saved_id == draft.saved_id


def test_saving_files_costs_the_same_for_one_and_many(
    alice: User, room: Room, store: StoreFile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = [store(f"{n}.txt", str(n).encode()).pk for n in range(6)]
    save_draft(actor=alice, room_id=room.pk, content="x")

    # Two of them for a savepoint, and the same whether these replace others.
    for chosen, seen in ((ids[:1], []), (ids[1:], ids[:1])):
        with django_assert_num_queries(14):
            save_draft(actor=alice, room_id=room.pk, content="x", asset_ids=chosen, seen_asset_ids=seen)
