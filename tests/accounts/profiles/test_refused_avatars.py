"""What is no picture, or too much of one, is refused; what comes with it is not kept."""

import os
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import User
from accounts.profiles.services.avatar import set_avatar
from lib import images
from lib.image_limits import MAX_BYTES
from lib.media import child
from lib.rate_limit import RateLimit
from tests.accounts.pictures import bomb, halves, jpeg_bomb, upload, webp_bomb
from tests.accounts.profiles.avatars import put_avatar
from tests.conftest import ApiFor, ClientFor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("files")]


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
    assert (put_avatar(api_for(alice), halves(), **square).status_code, files()) == (422, [])


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
    "too many bytes": (halves() + b"\0" * MAX_BYTES, 413),
}


@pytest.mark.parametrize(("content", "status"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_good_picture_is_refused_and_not_kept(
    api_for: ApiFor, alice: User, files: Callable[..., Any], content: bytes, status: int
) -> None:
    answer = put_avatar(api_for(alice), content)

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
    assert put_avatar(api_for(alice), b"GIF89a").status_code == 422

    assert put_avatar(api_for(alice), halves()).status_code == 429
    page = client_for(alice).post("/settings/picture/", {"file": upload(halves())})
    assert page.status_code == 422 and "Too many attempts" in page.content.decode()
    assert files() == []


def test_a_picture_is_drawn_in_another_process() -> None:
    """Each may take hundreds of megabytes for a moment, and its decoder may fail in any way."""
    before = set(sys.modules)

    images.crop_square(BytesIO(halves()))

    assert child.foreground.pid not in (None, os.getpid())
    assert not any(module.startswith("lib.media.decoder") for module in set(sys.modules) - before)


def test_what_follows_a_picture_does_not_stay_with_it(alice: User) -> None:
    kept = set_avatar(actor=alice, file=upload(halves() + b"<script>alert(1)</script>")).avatar.read()

    assert b"script" not in kept


def test_only_a_form_with_a_file_is_taken(api_for: ApiFor, alice: User) -> None:
    assert api_for(alice).call("PUT", "/me/avatar", {"file": "me.png"}).status_code == 415
    assert put_avatar(api_for(alice)).status_code == 422
    broken = api_for(alice).generic("PUT", "/api/v1/me/avatar", b"x", content_type="multipart/form-data")
    assert broken.status_code == 422
