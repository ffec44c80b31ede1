"""The picture of a person: a small square of pixels alone, for whoever shares an organisation."""

import os
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import AuditEntry, Organisation, User
from accounts.profiles.services import avatar
from accounts.profiles.services.avatar import delete_orphaned_avatars, set_avatar
from lib import images
from lib.rate_limit import RateLimit
from tests.accounts.pictures import bomb, colour, halves, jpeg_bomb, knowing, upload, webp_bomb
from tests.conftest import ApiClient, ApiFor, ClientFor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path: Path, settings: Settings) -> Callable[..., Any]:
    settings.MEDIA_ROOT = tmp_path
    return lambda: sorted(each.name for each in tmp_path.rglob("*") if each.is_file())


def put(api: ApiClient, content: bytes | None = None, name: str = "me.png", **square: Any) -> Any:
    fields = square if content is None else square | {"file": upload(content, name)}
    body = encode_multipart(BOUNDARY, fields)
    return api.generic("PUT", "/api/v1/me/avatar", body, content_type=MULTIPART_CONTENT)


def shown(api: ApiClient, url: str) -> Any:
    return api.call("GET", url.removeprefix("/api/v1"))


def test_a_picture_becomes_a_small_square_that_colleagues_see(
    api_for: ApiFor, alice: User, bob: User, halyard: Organisation
) -> None:
    url = put(api_for(alice), halves()).json()["avatar_url"]

    answer = shown(api_for(bob), url)

    assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
    assert answer["Cache-Control"] == "private, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    image = Image.open(BytesIO(answer.content))
    assert (image.format, image.size) == ("WEBP", (256, 256))
    assert (colour(answer.content, 20, 128), colour(answer.content, 235, 128)) == ("red", "blue")
    assert re.fullmatch(r"/api/v1/avatars/[0-9a-f]{64}\.webp", url)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP", "GIF"])
def test_four_kinds_are_known_whatever_they_are_called(api_for: ApiFor, alice: User, kind: str) -> None:
    assert put(api_for(alice), halves(kind=kind), name="holiday.exe").status_code == 200


@pytest.mark.parametrize("mode", ["L", "P", "1", "RGBA", "LA"])
def test_pictures_of_any_depth_are_drawn(alice: User, mode: str) -> None:
    assert set_avatar(actor=alice, file=upload(halves(mode=mode))).avatar_url


def test_the_square_is_chosen_in_pixels_of_the_picture(api_for: ApiFor, alice: User) -> None:
    put(api_for(alice), halves(), x=220, y=10, size=100)

    alice.refresh_from_db()
    picture = alice.avatar.read()
    assert (colour(picture, 5, 5), colour(picture, 250, 250)) == ("blue", "blue")


@pytest.mark.parametrize(
    "square",
    [
        {"x": 0, "y": 0, "size": 201},
        {"x": 350, "y": 0, "size": 100},
        {"x": -1, "y": 0, "size": 10},
        {"x": 0, "y": 0, "size": 0},
        {"x": 10**20, "y": 0, "size": 10},
        {"x": 0, "y": 0},
        {"x": "left", "y": 0, "size": 10},
    ],
)
def test_a_square_outside_the_picture_is_refused(
    api_for: ApiFor, alice: User, files: Callable[..., Any], square: dict[str, Any]
) -> None:
    assert (put(api_for(alice), halves(), **square).status_code, files()) == (422, [])


def test_a_photograph_stands_upright_and_forgets_where_it_was_taken(alice: User) -> None:
    held = knowing(orientation=6)  # its left is the top

    picture = set_avatar(actor=alice, file=upload(held)).avatar.read()
    top = set_avatar(actor=alice, file=upload(held), crop=images.Crop(0, 0, 200)).avatar.read()

    assert (colour(picture, 128, 10), colour(picture, 128, 245)) == ("red", "blue")
    assert (colour(top, 10, 10), colour(top, 245, 245)) == ("red", "red")
    assert b"Harbour" in held and b"quay" in held
    assert not any(known in picture for known in (b"Harbour", b"quay", b"Exif", b"EXIF", b"XMP"))
    assert not Image.open(BytesIO(picture)).getexif()


HOSTILE = {
    "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 415),
    "html": (b"<html><script>alert(1)</script>", 415),
    "eps": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n", 415),
    "bmp": (halves(kind="BMP"), 415),
    "empty": (b"", 422),
    "gif and script": (b"GIF89a/*" + b"\0" * 20 + b"*/=1;alert(1)", 422),
    "truncated": (halves(kind="JPEG", quality=95)[:-400], 422),
    "only a head": (b"\x89PNG\r\n\x1a\n", 422),
    "bomb": (bomb(), 413),
    "long bomb": (bomb(2**31 - 1, 1), 413),
    "webp bomb": (webp_bomb(), 413),
    "jpeg bomb": (jpeg_bomb(), 422),
    "too many bytes": (halves() + b"\0" * images.MAX_BYTES, 413),
}


@pytest.mark.parametrize(("content", "status"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_good_picture_is_refused_and_not_kept(
    api_for: ApiFor, alice: User, files: Callable[..., Any], content: bytes, status: int
) -> None:
    answer = put(api_for(alice), content)

    assert (answer.status_code, answer.json()["errors"][0]["loc"]) == (status, ["body", "file"])
    assert files() == []


def test_a_photograph_may_be_drawn_in_several_goes(alice: User) -> None:
    assert set_avatar(actor=alice, file=upload(halves(kind="JPEG", progressive=True))).avatar_url


def test_pictures_are_counted_before_they_are_drawn(
    api_for: ApiFor,
    client_for: ClientFor,
    alice: User,
    files: Callable[..., Any],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.THROTTLE = True
    monkeypatch.setattr("accounts.security.limits.PICTURES", RateLimit("pictures-test", attempts=1, seconds=600))
    assert put(api_for(alice), b"GIF89a").status_code == 422

    assert put(api_for(alice), halves()).status_code == 429
    page = client_for(alice).post("/settings/picture/", {"file": upload(halves())})
    assert page.status_code == 422 and "Too many attempts" in page.content.decode()
    assert files() == []


def test_one_picture_is_drawn_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each may take hundreds of megabytes for a moment."""
    drawn, together = images._render_square, []

    def watched(*given: Any) -> bytes:
        together.append(images._decoding_lock.locked())
        return drawn(*given)

    monkeypatch.setattr(images, "_render_square", watched)
    images.crop_square(BytesIO(halves()))

    assert together == [True] and not images._decoding_lock.locked()


def test_what_follows_a_picture_does_not_stay_with_it(alice: User) -> None:
    kept = set_avatar(actor=alice, file=upload(halves() + b"<script>alert(1)</script>")).avatar.read()

    assert b"script" not in kept


def test_only_a_form_with_a_file_is_taken(api_for: ApiFor, alice: User) -> None:
    assert api_for(alice).call("PUT", "/me/avatar", {"file": "me.png"}).status_code == 415
    assert put(api_for(alice)).status_code == 422
    broken = api_for(alice).generic("PUT", "/api/v1/me/avatar", b"x", content_type="multipart/form-data")
    assert broken.status_code == 422


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
    assert shown(api_for(alice), first).status_code == 404


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

    assert shown(api_for(alice), user.avatar_url).status_code == 404


def test_files_that_nobody_is_shown_by_are_swept_out_once_they_are_old(
    alice: User, bob: User, files: Callable[..., Any]
) -> None:
    shown = set_avatar(actor=alice, file=upload(halves())).avatar.name
    lost = set_avatar(actor=bob, file=upload(halves())).avatar.name
    User.objects.filter(pk=bob.pk).update(avatar="")
    os.utime(default_storage.path(shown), (0, 0))
    assert delete_orphaned_avatars() == 0
    os.utime(default_storage.path(lost), (0, 0))

    assert delete_orphaned_avatars() == 1
    assert files() == [shown.removeprefix("avatars/")]


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
