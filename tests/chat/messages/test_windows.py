"""For how long authors may edit and delete their messages is up to their organisation."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Organisation, User
from accounts.organisations.services.organisations import set_message_rules
from chat.messages.services.edit import delete_message, edit_message
from chat.models import Message, Room
from lib.web.errors import TooLate
from tests.chat.steps import say
from tests.conftest import ApiFor, ClientFor


def say_ago(user: User, room: Room, minutes: int) -> Message:
    message = say(user, room, "helo")
    then = timezone.now() - timedelta(minutes=minutes, seconds=1)
    Message.objects.filter(pk=message.pk).update(created_at=then)
    return message


@pytest.mark.parametrize(
    ("window", "age", "may"),
    [(None, 10_000, True), (15, 14, True), (15, 15, False), (1, 1, False), (0, 0, False)],
)
def test_an_author_edits_and_deletes_within_the_window(
    alice: User, bob: User, halyard: Organisation, room: Room, window: int | None, age: int, may: bool
) -> None:
    message = say_ago(bob, room, age)
    set_message_rules(actor=alice, slug="halyard", edit_window=window, delete_window=window)

    for code, change in (
        ("edit_window_passed", lambda: edit_message(actor=bob, message_id=message.pk, content="hello")),
        ("delete_window_passed", lambda: delete_message(actor=bob, message_id=message.pk)),
    ):
        if may:
            change()
        else:
            with pytest.raises(TooLate) as refused:
                change()
            assert refused.value.code == code


def test_admins_of_the_room_delete_at_any_time_and_edit_like_all(alice: User, bob: User, room: Room) -> None:
    own, other = say_ago(alice, room, 60), say_ago(bob, room, 60)
    set_message_rules(actor=alice, slug="halyard", edit_window=5, delete_window=5)

    with pytest.raises(TooLate):
        edit_message(actor=alice, message_id=own.pk, content="hello")
    for message in (own, other):
        assert delete_message(actor=alice, message_id=message.pk).is_deleted


def test_rest_says_that_it_is_too_late(api_for: ApiFor, alice: User, bob: User, room: Room) -> None:
    message = say_ago(bob, room, 60)
    rules = api_for(alice).call("PATCH", "/orgs/halyard", {"edit_window": 5, "delete_window": 0}).json()
    edited = api_for(bob).call("PATCH", f"/messages/{message.pk}", {"content": "hello"})
    deleted = api_for(bob).call("DELETE", f"/messages/{message.pk}")

    assert (rules["edit_window"], rules["delete_window"]) == (5, 0)
    assert (edited.status_code, edited.json()["code"]) == (403, "edit_window_passed")
    assert edited.json()["detail"] == "Messages can be edited for 5 minutes only."
    assert (deleted.status_code, deleted.json()["code"]) == (403, "delete_window_passed")
    assert deleted.json()["detail"] == "Messages can’t be deleted in this organisation."


@pytest.mark.parametrize("window", [-1, 525_601, "5", 1.5, True])
def test_a_window_is_some_minutes_up_to_a_year(
    api_for: ApiFor, alice: User, halyard: Organisation, window: Any
) -> None:
    assert api_for(alice).call("PATCH", "/orgs/halyard", {"edit_window": window}).status_code == 422
    if window == 525_601:
        with pytest.raises(ValidationError):
            set_message_rules(actor=alice, slug="halyard", edit_window=window)


def test_the_settings_say_and_change_it(client_for: ClientFor, alice: User, halyard: Organisation) -> None:
    set_message_rules(actor=alice, slug="halyard", edit_window=7, delete_window=60, read_receipts=True)
    browser = client_for(alice)
    page = browser.get("/o/halyard/settings/").content.decode()

    assert '<option value="7" selected>for 7 minutes</option>' in page
    assert '<option value="60" selected>for an hour</option>' in page
    browser.post("/o/halyard/message-rules/", {"edit_window": "", "delete_window": "0"})
    halyard.refresh_from_db()
    assert (halyard.edit_window, halyard.delete_window, halyard.read_receipts) == (None, 0, False)


def test_members_are_refused_whatever_they_send(client_for: ClientFor, bob: User, room: Room) -> None:
    for window in ("15", "1"):
        assert client_for(bob).post("/o/halyard/message-rules/", {"edit_window": window}).status_code == 403


def test_the_page_of_a_room_tells_scripts(client_for: ClientFor, alice: User, bob: User, room: Room) -> None:
    assert "data-edit-window" not in client_for(bob).get(f"/rooms/{room.pk}/").content.decode()

    set_message_rules(actor=alice, slug="halyard", edit_window=5, delete_window=0, read_receipts=False)
    page = client_for(bob).get(f"/rooms/{room.pk}/").content.decode()

    assert 'data-shows-readers="false"' in page
    assert 'data-edit-window="5"' in page
    assert 'data-delete-window="0"' in page
