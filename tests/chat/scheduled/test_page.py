"""The page of what is to be sent later, which works without scripts."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from chat.models import Message, Room, ScheduledMessage, StoredDraft
from chat.rooms.services.members import remove_member
from chat.scheduled.sending import sweep_due_messages
from chat.scheduled.services import schedule_message
from tests.chat.scheduled.conftest import SOON
from tests.conftest import ClientFor

PATH = "/o/halyard/scheduled/"


@pytest.fixture
def kept(alice: User, room: Room) -> ScheduledMessage:
    kept, _ = schedule_message(
        actor=alice, room_id=room.pk, content="Good morning", send_at=SOON, time_zone="Europe/Berlin"
    )
    return kept


def read_page(browser: Client) -> str:
    return browser.get(PATH).content.decode()


def test_it_is_listed_and_counted_in_the_sidebar(browser: Client, kept: ScheduledMessage) -> None:
    page = read_page(browser)

    assert "Good morning" in page and "13:00 in Europe/Berlin" in page and 'data-scheduled="1"' in page
    elsewhere = browser.get(f"/rooms/{kept.room_id}/").content.decode()
    assert PATH in elsewhere and 'data-scheduled="1"' in elsewhere
    browser.post(f"{PATH}{kept.pk}/removal/")
    assert 'data-scheduled="0"' in browser.get(f"/rooms/{kept.room_id}/").content.decode()
    assert "Nothing is waiting to be sent" in read_page(browser)


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"content": "Hello", "send_at": "2026-11-27T14:00"}, ""),
        ({"content": "//me waves", "send_at": "2026-11-27T14:00"}, ""),
        ({"content": "/me waves", "send_at": "2026-11-27T14:00"}, "Commands can’t be sent later."),
        ({"content": "", "send_at": "2026-11-27T14:00"}, "There is nothing to send yet."),
        ({"content": "Hello", "send_at": "2026-11-27T11:00"}, "between a minute and a year"),
        ({"content": "Hello", "send_at": "soon"}, "Choose a time."),
    ],
)
def test_text_and_time_are_changed(browser: Client, kept: ScheduledMessage, form: dict[str, Any], error: str) -> None:
    answer = browser.post(f"{PATH}{kept.pk}/", form | {"time_zone": "Europe/Berlin"})
    kept.refresh_from_db()

    if error:
        assert answer.status_code == 422 and error in answer.content.decode()
        assert kept.content == "Good morning"
    else:
        assert answer.status_code == 302
        assert (kept.content, kept.wall_time) == (form["content"].removeprefix("/"), "2026-11-27T14:00:00")
        assert "//me waves" in read_page(browser) or form["content"] == "Hello"


def test_it_is_sent_now_and_goes_back_to_the_composer(browser: Client, alice: User, kept: ScheduledMessage) -> None:
    other, _ = schedule_message(actor=alice, room_id=kept.room_id, content="later", send_at=SOON)  # type: ignore[arg-type]

    assert browser.post(f"{PATH}{kept.pk}/sending/", follow=True).content.decode().count("The message is sent.") == 1
    assert browser.post(f"{PATH}{other.pk}/draft/").headers["Location"] == f"/rooms/{kept.room_id}/"
    assert Message.objects.get().content == "Good morning"
    assert StoredDraft.objects.get().content == "later"


def test_what_could_not_be_sent_tells_nothing_of_a_room_that_one_no_longer_sees(
    client_for: ClientFor, alice: User, bob: User, room: Room, clock: Any
) -> None:
    schedule_message(actor=bob, room_id=room.pk, content="Good night", send_at=SOON)
    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)
    clock.move_to(SOON, tick=False)
    sweep_due_messages()
    page = client_for(bob).get(PATH).content.decode()

    assert "Good night" in page and "You were not in the room any more." in page
    assert "A room that you are no longer in" in page and "design" not in page and "Send now" not in page
