"""A room has an emoji or a picture before its name."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import AuditEntry, User
from chat.models import Room
from chat.rooms.jobs import delete_orphaned_room_pictures
from chat.rooms.services.pictures import set_room_picture
from chat.rooms.services.rooms import delete_room, update_room
from chat.sidebar.queries import sidebar_for
from lib import stored_pictures
from tests.accounts.pictures import halves, upload
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "room-pictures"


def test_an_emoji_stands_before_the_name(api_for: ApiFor, alice: User, bob: User, room: Room) -> None:
    path, ask = f"/rooms/{room.pk}", api_for(alice).call

    assert ask("PATCH", path, {"emoji": " ⛵ "}).json()["emoji"] == "⛵"

    assert [line.emoji for line in sidebar_for(user=bob, organisation=room.organisation).rooms] == ["⛵"]
    for wrong in ("boat", "⛵⛵", "<b>", 7):
        assert ask("PATCH", path, {"emoji": wrong}).status_code == 422
    assert ask("PATCH", path, {"emoji": None}).json()["emoji"] == ""
    assert api_for(bob).call("PATCH", path, {"emoji": "⛵"}).status_code == 403


def test_a_picture_is_seen_by_whoever_sees_the_room(
    api_for: ApiFor, client_for: ClientFor, alice: User, bob: User, charlie: User, room: Room
) -> None:
    url = set_room_picture(actor=alice, room_id=room.pk, file=upload(halves())).picture_url
    assert url is not None

    answer = client_for(bob).get(url)

    assert answer.content[8:12] == b"WEBP" and answer["Cache-Control"].startswith("private")
    assert client_for(charlie).get(url).status_code == client_for(bob).get(url[:-6] + "x.webp").status_code == 404
    assert [line.picture_url for line in sidebar_for(user=bob, organisation=room.organisation).rooms] == [url]
    assert f'src="{url}"' in client_for(bob).get(f"/rooms/{room.pk}/").content.decode()
    assert "picture" in AuditEntry.objects.latest("pk").changes


def test_only_admins_set_it(bob: User, charlie: User, room: Room, media: Path) -> None:
    with pytest.raises(PermissionDenied):
        set_room_picture(actor=bob, room_id=room.pk, file=upload(halves()))
    with pytest.raises(Room.DoesNotExist):
        set_room_picture(actor=charlie, room_id=room.pk, file=upload(halves()))
    with pytest.raises(ValidationError):
        set_room_picture(actor=room.created_by, room_id=room.pk, file=upload(b"<svg onload=alert(1)>"))
    assert not media.exists()


def test_files_go_with_what_they_belong_to(
    alice: User,
    room: Room,
    media: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            set_room_picture(actor=alice, room_id=room.pk, file=upload(halves()))
        assert len(list(media.iterdir())) == 2
    assert len(list(media.iterdir())) == 1

    (media / "lost.webp").write_bytes(b"")
    monkeypatch.setattr(stored_pictures, "GRACE_PERIOD", -stored_pictures.GRACE_PERIOD)
    delete_orphaned_room_pictures.call()
    assert len(list(media.iterdir())) == 1

    update_room(actor=alice, room_id=room.pk, emoji="⛵")
    with django_capture_on_commit_callbacks(execute=True):
        delete_room(actor=alice, room_id=room.pk)
    assert not list(media.iterdir())


def test_the_panel_takes_a_picture(client_for: ClientFor, alice: User, room: Room) -> None:
    browser, path = client_for(alice), f"/rooms/{room.pk}/picture/"

    assert browser.post(path, {"file": upload(halves())}).status_code == 302
    assert Room.objects.get(pk=room.pk).picture
    assert browser.post(path, {"file": upload(b"no picture")}).status_code == 422
    assert browser.post(f"{path}removal/").status_code == 302
    assert not Room.objects.get(pk=room.pk).picture


def test_rest_takes_a_picture(api_for: ApiFor, alice: User, room: Room) -> None:
    api, path = api_for(alice), f"/rooms/{room.pk}/picture"

    body = encode_multipart(BOUNDARY, {"file": upload(halves())})
    answer = api.generic("PUT", f"/api/v1{path}", body, content_type=MULTIPART_CONTENT)

    assert answer.json()["picture_url"].startswith("/api/v1/room-pictures/")
    assert api.call("PUT", path, {"file": "x"}).status_code == 415
    assert api.call("DELETE", path).json()["picture_url"] is None
