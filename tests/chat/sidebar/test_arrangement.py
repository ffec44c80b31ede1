"""Sections of the sidebar fold, and rooms in which nothing is new may be left out: for all devices of a user."""

from typing import Any

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import Organisation, User
from chat.models import Room
from chat.sidebar.queries import sidebar_for
from lib.realtime.hub import Event
from tests.chat.steps import frames
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db


def shown(user: User, organisation: Organisation) -> tuple[tuple[str, ...], bool]:
    sidebar = sidebar_for(user=User.objects.get(pk=user.pk), organisation=organisation)
    return sidebar.folded, sidebar.unread_only


@pytest.mark.parametrize(
    ("sent", "folded", "unread_only"),
    [
        ([{"fold": "rooms"}], ("rooms",), False),
        ([{"fold": "directs"}, {"fold": "favourites"}], ("favourites", "directs"), False),
        ([{"fold": "rooms"}, {"unfold": "rooms"}], (), False),
        ([{"unread_only": "on"}], (), True),
        ([{"unread_only": "on"}, {"unread_only": "off"}], (), False),
    ],
)
def test_a_sidebar_is_arranged(
    client_for: ClientFor,
    alice: User,
    bob: User,
    halyard: Organisation,
    sent: list[dict[str, str]],
    folded: tuple[str, ...],
    unread_only: bool,
) -> None:
    for data in sent:
        assert client_for(bob).post("/sidebar/", data, headers={"X-Fragment": "1"}).status_code == 204

    assert shown(bob, halyard) == (folded, unread_only)
    assert shown(alice, halyard) == ((), False)


def test_pages_show_it(client_for: ClientFor, bob: User, room: Room) -> None:
    client = client_for(bob)
    client.post("/sidebar/", {"fold": "rooms", "next": f"/rooms/{room.pk}/"})
    page = client.post("/sidebar/", {"unread_only": "on", "next": f"/rooms/{room.pk}/"}, follow=True).content.decode()

    assert '<section data-section="rooms" data-folded>' in page
    assert "data-unread-only" in page and 'aria-pressed="true"' in page
    assert client.post("/sidebar/", {"fold": "harbour"}).status_code == 400


def test_other_devices_are_told(
    api_for: ApiFor,
    bob: User,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    changes: dict[str, Any] = {"metadata": {"sidebar_folded_rooms": True}}
    with django_capture_on_commit_callbacks(execute=True):
        assert api_for(bob).call("PATCH", "/me", changes).status_code == 200

    assert [event.topic for event in published] == [f"user:{bob.pk}"]
    assert frames(published) == [{"type": "me.updated"} | changes]
