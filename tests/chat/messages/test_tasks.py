"""The boxes of task lists: their author ticks them, as an edit."""

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
    assert ticked["html"].count("checked") == 1 and ticked["edited_at"]
    assert ann.call("PUT", path(message, 1), {"done": True}).json()["version"] == ticked["version"]
    assert ann.call("PUT", path(message, 1), {"done": False}).json()["content"] == message.content
    assert MessageRevision.objects.count() == 2


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
