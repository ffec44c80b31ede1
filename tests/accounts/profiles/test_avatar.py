"""The picture of a person: a small square of pixels alone, for whoever shares an organisation."""

import os
import re
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.storage import default_storage
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, Organisation, User
from accounts.profiles.jobs import delete_orphaned_avatars
from accounts.profiles.services import avatar
from accounts.profiles.services.avatar import set_avatar
from lib import images
from tests.accounts.pictures import colour, halves, knowing, upload
from tests.accounts.profiles.avatars import get_avatar, put_avatar
from tests.conftest import ApiFor, ClientFor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


def test_a_picture_becomes_a_small_square_that_colleagues_see(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation
) -> None:
    url = put_avatar(api_for(alice), halves()).json()["avatar_url"]

    answer = get_avatar(api_for(bob), url)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    image = Image.open(BytesIO(answer.content))
    assert (image.format, image.size) == ("WEBP", (256, 256))
    assert (colour(answer.content, 20, 128), colour(answer.content, 235, 128)) == ("red", "blue")
    assert re.fullmatch(r"/api/v1/avatars/[0-9a-f]{64}\.webp", url)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_four_kinds_are_known_whatever_they_are_called(api_for: ApiFor, alice: User, kind: str) -> None:
    assert put_avatar(api_for(alice), halves(kind=kind), name="holiday.exe").status_code == 200


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "LA"])
def test_pictures_of_any_depth_are_drawn(alice: User, mode: str) -> None:
    assert set_avatar(actor=alice, file=upload(halves(mode=mode))).avatar_url


def test_the_square_is_chosen_in_pixels_of_the_picture(api_for: ApiFor, alice: User) -> None:
    put_avatar(api_for(alice), halves(), x=220, y=10, size=100)

    alice.refresh_from_db()
    picture = alice.avatar.read()
    assert (colour(picture, 5, 5), colour(picture, 250, 250)) == ("blue", "blue")


def test_a_photograph_stands_upright_and_forgets_where_it_was_taken(alice: User) -> None:
    held = knowing(orientation=6)  # its left is the top

    picture = set_avatar(actor=alice, file=upload(held)).avatar.read()
    top = set_avatar(actor=alice, file=upload(held), crop=images.Crop(0, 0, 200)).avatar.read()

    assert (colour(picture, 128, 10), colour(picture, 128, 245)) == ("red", "blue")
    assert (colour(top, 10, 10), colour(top, 245, 245)) == ("red", "red")
    assert b"Harbour" in held and b"quay" in held
    assert not any(known in picture for known in (b"Harbour", b"quay", b"Exif", b"EXIF", b"XMP"))
    assert not Image.open(BytesIO(picture)).getexif()


def test_a_new_picture_replaces_the_old_one_once_it_is_committed(
    api_for: ApiFor,
    alice: User,
    files: Callable[..., Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    first = set_avatar(actor=alice, file=upload(halves())).avatar_url
    with django_capture_on_commit_callbacks(execute=True):
        second = set_avatar(actor=alice, file=upload(halves())).avatar_url
        assert len(files()) == 2

    assert [f"/api/v1/avatars/{name}" for name in files()] == [second]
    assert get_avatar(api_for(alice), first).status_code == 404


def test_a_picture_that_could_not_be_stored_leaves_no_file(
    alice: User, files: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(avatar, "record_updated", lambda *_, **__: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        set_avatar(actor=alice, file=upload(halves()))

    assert files() == []


def test_a_file_that_is_gone_is_nothing(api_for: ApiFor, alice: User) -> None:
    user = set_avatar(actor=alice, file=upload(halves()))
    default_storage.delete(user.avatar.name)

    assert get_avatar(api_for(alice), user.avatar_url).status_code == 404


def test_files_that_nobody_is_shown_by_are_swept_out_once_they_are_old(
    alice: User, bob: User, files: Callable[..., Any]
) -> None:
    get_avatar = set_avatar(actor=alice, file=upload(halves())).avatar.name
    lost = set_avatar(actor=bob, file=upload(halves())).avatar.name
    User.objects.filter(pk=bob.pk).update(avatar="")
    os.utime(default_storage.path(get_avatar), (0, 0))
    delete_orphaned_avatars.call()
    assert len(files()) == 2
    os.utime(default_storage.path(lost), (0, 0))

    delete_orphaned_avatars.call()
    assert files() == [get_avatar.removeprefix("avatars/")]


def test_removing_it_twice_is_no_mistake(
    api_for: ApiFor,
    alice: User,
    files: Callable[..., Any],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    set_avatar(actor=alice, file=upload(halves()))
    with django_capture_on_commit_callbacks(execute=True):
        answers = [api_for(alice).call("DELETE", "/me/avatar") for _ in range(2)]

    assert [(answer.status_code, answer.json()["avatar_url"]) for answer in answers] == [(200, None)] * 2
    assert files() == []


def test_the_trail_knows_that_it_changed_and_not_to_what(alice: User) -> None:
    set_avatar(actor=alice, file=upload(halves()))

    entry = AuditEntry.objects.get(record_id=alice.pk)
    assert (entry.user, entry.changes) == (alice, {"avatar": [None, None]})


def test_a_browser_without_scripts_saves_the_middle_and_removes_it(alice: User, client_for: ClientFor) -> None:
    browser = client_for(alice)

    browser.post("/settings/picture/", {"file": upload(halves()), "x": "", "y": "", "size": ""})
    page = browser.get("/settings/").content.decode()
    browser.post("/settings/picture/removal/")

    assert f'<img class="avatar__picture" src="{User.objects.get(pk=alice.pk).avatar_url}"' not in page
    assert re.search(r'<img class="avatar__picture" src="/api/v1/avatars/\w+\.webp" alt=""', page)
    assert "avatar__picture" not in browser.get("/settings/").content.decode()


def test_what_is_wrong_stands_beside_the_field(alice: User, client_for: ClientFor) -> None:
    answer = client_for(alice).post("/settings/picture/", {"file": upload(b"<svg/>")})

    assert answer.status_code == 422
    assert "Choose a PNG, JPEG, WebP or GIF picture." in answer.content.decode()
