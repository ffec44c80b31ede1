"""The boxes of task lists: their author ticks them, as an edit."""

from accounts.models import User
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
