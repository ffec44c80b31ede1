"""The boxes of task lists: their author ticks them, and the message does not count as edited."""

import pytest

from accounts.models import User
from chat.messages.services import tasks
from chat.messages.services.edit import edit_message
from chat.models import Message, MessageRevision, Room
from tests.chat.steps import say
from tests.conftest import ApiClient, ApiFor


def path(message: Message, index: object = 0) -> str:
    return f"/messages/{message.pk}/tasks/{index}"


def test_its_author_ticks_a_box_and_takes_it_back(ann: ApiClient, alice: User, room: Room) -> None:
    message = say(alice, room, "- [ ] tea\n- [ ] milk")

    ticked = ann.call("PUT", path(message, 1), {"done": True}).json()

    assert ticked["content"] == "- [ ] tea\n- [x] milk"
    assert ticked["html"].count("checked") == 1
    assert ticked["edited_at"] is None
    assert ann.call("PUT", path(message, 1), {"done": True}).json()["version"] == ticked["version"]
    assert ann.call("PUT", path(message, 1), {"done": False}).json()["content"] == message.content
    assert MessageRevision.objects.count() == 0


def test_an_edit_after_a_tick_keeps_what_was_ticked(ann: ApiClient, alice: User, room: Room) -> None:
    message = say(alice, room, "- [ ] tea")
    ann.call("PUT", path(message), {"done": True})

    edited = edit_message(actor=alice, message_id=message.pk, content="- [x] green tea")
    ticked = ann.call("PUT", path(message), {"done": False}).json()

    assert [revision.content for revision in edited.revisions.all()] == ["- [x] tea"]
    assert ticked["edited_at"] is not None


def test_a_post_that_is_repeated_after_a_tick_is_still_the_same(ann: ApiClient, alice: User, room: Room) -> None:
    body = {"content": "- [ ] tea\n- [ ] milk", "client_id": "once"}
    first = ann.call("POST", f"/rooms/{room.pk}/messages", body).json()
    ann.call("PUT", f"/messages/{first['id']}/tasks/1", {"done": True})

    again = ann.call("POST", f"/rooms/{room.pk}/messages", body)

    assert (again.status_code, again.json()["id"]) == (200, first["id"])
    assert ann.call("POST", f"/rooms/{room.pk}/messages", body | {"content": "tea"}).status_code == 409


def test_others_do_not(api_for: ApiFor, ann: ApiClient, alice: User, bob: User, charlie: User, room: Room) -> None:
    message = say(alice, room, "- [ ] tea")

    assert api_for(bob).call("PUT", path(message), {"done": True}).status_code == 403
    assert api_for(charlie).call("PUT", path(message), {"done": True}).status_code == 404
    assert ann.call("PUT", path(message, 1), {"done": True}).status_code == 404
    for index, body in ((0, {"done": "yes"}), (0, {}), (-1, {"done": True}), ("x", {"done": True})):
        assert ann.call("PUT", path(message, index), body).status_code == 422


def test_ticks_of_two_windows_at_once_both_stay(
    ann: ApiClient, alice: User, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = say(alice, room, "- [ ] tea\n- [ ] milk")
    others = iter(["- [x] tea\n- [ ] milk"])

    def edit_after_another(*, content: str, replaced: str, **given: object) -> Message:
        for other in others:
            edit_message(actor=alice, message_id=message.pk, content=other)
        return edit_message(content=content, replaced=replaced, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "edit_message", edit_after_another)

    assert ann.call("PUT", path(message, 1), {"done": True}).json()["content"] == "- [x] tea\n- [x] milk"


def test_a_tick_gives_up_where_the_message_never_rests(
    ann: ApiClient, alice: User, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = say(alice, room, "- [ ] tea")
    names = iter("abcdefghij")

    def edit_after_another(*, content: str, replaced: str, **given: object) -> Message:
        edit_message(actor=alice, message_id=message.pk, content=f"- [ ] {next(names)}")
        return edit_message(content=content, replaced=replaced, **given)  # type: ignore[arg-type]

    monkeypatch.setattr(tasks, "edit_message", edit_after_another)

    refused = ann.call("PUT", path(message), {"done": True})
    assert (refused.status_code, refused.json()["code"]) == (409, "message_changed")
