from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from PIL import Image

from accounts.models import Organisation, User
from chat.messages.services.edit import delete_message
from chat.messages.services.previews import remove_preview
from chat.models import LinkPreview, Message, Room
from chat.previews.unused import delete_unused_previews
from tests.chat.previews.steps import build_page, draw_picture, list_titles, say_and_look
from tests.conftest import ApiFor
from tests.webserver import WebServer

pytestmark = pytest.mark.django_db


def _say_with_picture(author: User, room: Room, site: WebServer, picture: bytes, type: str = "image/png") -> Message:
    site.put("/picture", picture, type)
    return say_and_look(author, room, site.put("/", build_page("Tides", image="/picture")))


def _find_picture(message: Message) -> str:
    return f"/link-previews/{message.previews[0]['image']}/image"


def test_a_picture_is_ours_and_small(alice: User, room: Room, site: WebServer, api_for: ApiFor) -> None:
    message = _say_with_picture(alice, room, site, draw_picture(2000, 1000, "JPEG"))

    answer = api_for(alice).call("GET", _find_picture(message))

    picture = Image.open(BytesIO(answer.content))
    assert (picture.format, picture.size) == ("WEBP", (480, 240))
    assert answer.headers["Content-Type"] == "image/webp"
    assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"


def test_a_picture_is_for_those_who_see_a_message_with_it(
    alice: User, bob: User, charlie: User, room: Room, site: WebServer, api_for: ApiFor
) -> None:
    message = _say_with_picture(alice, room, site, draw_picture())

    assert api_for(bob).call("GET", _find_picture(message)).status_code == 200
    assert api_for(charlie).call("GET", _find_picture(message)).status_code == 404
    assert api_for(None).call("GET", _find_picture(message)).status_code == 401


@pytest.mark.parametrize("act", [delete_message, remove_preview])
def test_a_picture_goes_with_its_preview(
    alice: User, room: Room, site: WebServer, api_for: ApiFor, act: object
) -> None:
    message = _say_with_picture(alice, room, site, draw_picture())

    if act is delete_message:
        delete_message(actor=alice, message_id=message.pk)
    else:
        remove_preview(actor=alice, message_id=message.pk, index=0)

    assert api_for(alice).call("GET", _find_picture(message)).status_code == 404


@pytest.mark.parametrize(
    "picture", [b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"GIF89a", draw_picture(39, 100), b"x" * 1_100_000]
)
def test_a_preview_needs_no_picture(alice: User, room: Room, site: WebServer, picture: bytes) -> None:
    message = _say_with_picture(alice, room, site, picture)

    assert list_titles(message) == ["Tides"]
    assert message.previews[0]["image"] is None


@pytest.mark.parametrize(
    "image", ["http://10.0.0.1/a.png", "file:///etc/passwd", "data:image/png;base64,xx", "//", "http://["]
)
def test_a_picture_elsewhere_is_asked_as_carefully(alice: User, room: Room, site: WebServer, image: str) -> None:
    message = say_and_look(alice, room, site.put("/", build_page("Tides", image=image)))

    assert list_titles(message) == ["Tides"]
    assert message.previews[0]["image"] is None


def _make_old(*previews: LinkPreview) -> None:
    past = timezone.now() - timedelta(days=2)
    LinkPreview.objects.filter(pk__in=[preview.pk for preview in previews]).update(created_at=past)


def test_what_no_message_shows_is_deleted_after_a_day(alice: User, room: Room, site: WebServer) -> None:
    _say_with_picture(alice, room, site, draw_picture())
    gone = say_and_look(alice, room, site.put("/wind", build_page("Wind")))
    delete_message(actor=alice, message_id=gone.pk)
    recent = say_and_look(alice, room, site.put("/sun", build_page("Sun")))
    delete_message(actor=alice, message_id=recent.pk)
    _make_old(*LinkPreview.objects.exclude(title="Sun"))

    assert delete_unused_previews() == 1

    assert set(LinkPreview.objects.values_list("title", flat=True)) == {"Tides", "Sun"}


def test_pictures_go_with_their_organisation(
    alice: User, room: Room, site: WebServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from chat.previews import unused

    message = _say_with_picture(alice, room, site, draw_picture())
    storage = LinkPreview.objects.get().image.storage
    monkeypatch.setattr(unused, "GRACE_PERIOD", timedelta(0))
    assert delete_unused_previews() == 0
    Message.objects.all().delete()
    Organisation.objects.filter(pk=room.organisation_id).delete()

    assert delete_unused_previews() == 1

    assert not storage.exists(f"previews/{message.previews[0]['image'].replace('-', '')}.webp")


def test_a_page_is_asked_again_after_a_day(alice: User, room: Room, site: WebServer) -> None:
    url = site.put("/", build_page("Tides"))
    first = say_and_look(alice, room, url)
    _make_old(*LinkPreview.objects.all())
    site.put("/", build_page("Tides of today"))

    second = say_and_look(alice, room, url)

    assert (list_titles(second), list_titles(Message.objects.get(pk=first.pk))) == (["Tides of today"], ["Tides"])


def test_a_page_that_failed_is_asked_again_after_an_hour(alice: User, room: Room, site: WebServer) -> None:
    url = f"{site.url}/"
    say_and_look(alice, room, url)
    site.put("/", build_page("Tides"))
    assert list_titles(say_and_look(alice, room, url)) == []
    LinkPreview.objects.update(created_at=timezone.now() - timedelta(hours=1, minutes=1))

    assert list_titles(say_and_look(alice, room, url)) == ["Tides"]
