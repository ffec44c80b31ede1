"""Files of messages that are sent later."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from time_machine import TimeMachineFixture

from accounts.models import User
from assets.cleanup.services import delete_orphaned_assets
from assets.models import Asset
from assets.storing.services import delete_asset
from chat.drafts.services import save_draft
from chat.messages.services.post import Posted
from chat.models import HeldFile, Message, Room, ScheduledMessage
from chat.scheduled.sending import send_message_in_time
from chat.scheduled.services import delete_scheduled_message, schedule_message
from notifications.models import Notification
from tests.chat.attachments.conftest import StoreFile, storage, store
from tests.chat.scheduled.conftest import SOON
from tests.conftest import ApiClient, ApiFor, ClientFor

__all__ = ["storage", "store"]
TIME = {"send_at": "2026-11-30T09:00", "time_zone": "Europe/Berlin"}


@pytest.fixture
def path(room: Room) -> str:
    return f"/rooms/{room.pk}/scheduled"


def schedule(actor: User, room: Room, *assets: Asset, content: str = "") -> ScheduledMessage:
    ids = [asset.pk for asset in assets]
    kept, _ = schedule_message(actor=actor, room_id=room.pk, content=content, send_at=SOON, asset_ids=ids)
    return kept


def test_files_are_kept_and_sent_with_the_message(
    alice: User, room: Room, store: StoreFile, clock: TimeMachineFixture
) -> None:
    picture, text = store("harbour.png"), store("tides.txt")
    kept = schedule(alice, room, picture, text)
    Asset.objects.update(created_at=timezone.now() - timedelta(days=40))

    assert delete_orphaned_assets() == 0
    clock.move_to(SOON, tick=False)
    posted = send_message_in_time(kept.pk)

    assert isinstance(posted, Posted)
    assert [shown["id"] for shown in posted.message.attachments or ()] == [str(picture.pk), str(text.pk)]
    assert posted.message.type == Message.Type.FILE
    assert not HeldFile.objects.exists() and not ScheduledMessage.objects.exists()
    assert delete_orphaned_assets() == 0


def test_they_are_shown_repeated_and_changed_over_rest(ann: ApiClient, path: str, store: StoreFile) -> None:
    ids = [str(store("one.txt", b"1").pk), str(store("two.txt", b"2").pk)]
    body = {"content": "", "asset_ids": ids, "client_id": str(uuid4())} | TIME

    kept = ann.call("POST", path, body)
    assert (kept.status_code, kept.json()["asset_ids"]) == (201, ids)
    assert [asset["name"] for asset in kept.json()["assets"]] == ["one.txt", "two.txt"]
    assert ann.call("POST", path, body).status_code == 200
    assert ann.call("POST", path, body | {"asset_ids": ids[:1]}).status_code == 409
    assert ann.call("GET", "/me/scheduled").json()["items"] == [kept.json()]
    one = f"/scheduled/{kept.json()['id']}"
    assert ann.call("PATCH", one, {"asset_ids": ids[::-1]}).json()["asset_ids"] == ids[::-1]
    for refused in ({"asset_ids": []}, {"asset_ids": [str(uuid4())]}, {"asset_ids": None}, {"asset_ids": ["x"]}):
        assert ann.call("PATCH", one, refused).status_code == 422
    assert ann.call("PATCH", one, {"content": "now a text", "asset_ids": []}).json()["assets"] == []
    assert ann.call("PATCH", one, {"content": ""}).status_code == 422
    assert ann.call("POST", path, {"content": " ", "asset_ids": []} | TIME).status_code == 422


def test_files_of_others_are_refused(ann: ApiClient, path: str, bob: User, store: StoreFile) -> None:
    asset = store("secret.txt", b"secret", owner=bob)

    answer = ann.call("POST", path, {"content": "x", "asset_ids": [str(asset.pk)]} | TIME)

    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (422, ["body", "asset_ids"])
    assert not ScheduledMessage.objects.exists()


def test_what_was_deleted_meanwhile_keeps_the_message_and_says_so(
    alice: User, room: Room, api_for: ApiFor, client_for: ClientFor, store: StoreFile, clock: TimeMachineFixture
) -> None:
    gone, kept_file = store("gone.txt", b"gone"), store("kept.txt", b"kept")
    kept = schedule(alice, room, gone, kept_file, content="Both files")
    delete_asset(actor=alice, asset_id=gone.pk)
    clock.move_to(SOON, tick=False)

    assert send_message_in_time(kept.pk) is None

    ann = api_for(alice)
    [item] = ann.call("GET", "/me/scheduled").json()["items"]
    assert (item["state"], item["failure"]) == ("failed", "file_gone")
    assert (len(item["asset_ids"]), [asset["name"] for asset in item["assets"]]) == (2, ["kept.txt"])
    page = client_for(alice).get("/o/halyard/scheduled/").text
    assert "A file of it was deleted" in page and "1 file was deleted" in page and "kept.txt" in page
    assert Notification.objects.filter(user=alice).count() == 1
    ann.call("PATCH", f"/scheduled/{kept.pk}", {"asset_ids": [str(kept_file.pk)]})
    sent = ann.call("POST", f"/scheduled/{kept.pk}/send").json()
    assert [asset["name"] for asset in sent["message"]["assets"]] == ["kept.txt"]


def test_they_go_back_to_the_composer(alice: User, room: Room, ann: ApiClient, store: StoreFile) -> None:
    gone, typed = store("gone.txt", b"gone"), store("typed.txt", b"typed")
    kept = schedule(alice, room, gone, content="Later")
    save_draft(actor=alice, room_id=room.pk, content="typed since", asset_ids=[typed.pk])
    delete_asset(actor=alice, asset_id=gone.pk)

    draft = ann.call("POST", f"/scheduled/{kept.pk}/draft").json()

    assert draft["content"] == "Later\n\ntyped since"
    assert draft["asset_ids"] == [str(gone.pk), str(typed.pk)]
    assert [asset["name"] for asset in draft["assets"]] == ["typed.txt"]


def test_what_is_given_up_leaves_orphans(alice: User, room: Room, store: StoreFile) -> None:
    kept = schedule(alice, room, store())
    delete_scheduled_message(actor=alice, scheduled_id=kept.pk)
    Asset.objects.update(created_at=timezone.now() - timedelta(days=2))

    assert delete_orphaned_assets() == 1


def test_a_message_of_files_alone_is_moved_on_its_page(
    alice: User, room: Room, client_for: ClientFor, store: StoreFile
) -> None:
    kept = schedule(alice, room, store())
    browser = client_for(alice)

    assert (
        browser.post(f"/o/halyard/scheduled/{kept.pk}/", {"content": "", "send_at": "2026-11-27T14:00"}).status_code
        == 302
    )
    kept.refresh_from_db()
    assert kept.content == "" and kept.files.count() == 1
