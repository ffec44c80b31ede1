"""What is typed, through the door: a posted message is stored, shown, linked and told to whom it names."""

from __future__ import annotations

from typing import Any
from unicodedata import normalize

import pytest

from accounts.models import Organisation, User
from chat.messages.message_html import render_message
from chat.models import Message, Room
from tests.conftest import ApiFor
from tests.factories import make_membership, make_room, make_user
from tests.lib.text.markdown.rows import INPUTS, ROWS, assert_html


@pytest.fixture
def members(halyard: Organisation, bob: User) -> dict[str, User]:
    users = {"ann": make_user("Ann"), "mei": make_user("Mei")}
    for user in users.values():
        make_membership(halyard, user)
    return users | {"bob": bob}


@pytest.fixture
def room(halyard: Organisation, members: dict[str, User], alice: User) -> Room:
    return make_room(halyard, admin=alice, members=list(members.values()))


@pytest.mark.parametrize("row", ROWS, ids=INPUTS)
def test_what_is_typed_is_stored_and_shown(
    row: dict[str, Any], api_for: ApiFor, alice: User, room: Room, members: dict[str, User]
) -> None:
    answer = api_for(alice).call("POST", f"/rooms/{room.pk}/messages", {"content": row["input"]})

    posted = answer.json()
    assert answer.status_code == 201
    assert posted["content"] == row.get("content", normalize("NFC", row["input"].strip("\n")))
    assert_html(row, posted["html"])
    names = {str(user.pk): name for name, user in members.items()}
    if "mentions" in row:
        assert sorted(names[user_id] for user_id in posted["mentions"]) == row["mentions"]
    message = Message.objects.for_rendering().get(pk=posted["id"])
    assert sorted(message.mentions.values_list("user__username", flat=True)) == sorted(
        names[user_id] for user_id in posted["mentions"]
    )
    assert posted["html"] == message.html
    assert posted["html"] in render_message(message).html
