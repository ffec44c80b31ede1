"""The sidebar leads those who may invite people to where they do."""

from __future__ import annotations

import pytest

from accounts.models import Membership, Organisation, User
from chat.models import Room
from tests.conftest import ClientFor
from tests.factories import make_organisation


@pytest.mark.parametrize("role", ["owner", "admin", "member", "guest"])
def test_only_who_may_invite_is_led_there(
    role: str, bob: User, room: Room, halyard: Organisation, client_for: ClientFor
) -> None:
    # Elsewhere he is an owner: that counts there alone.
    make_organisation("Elsewhere", owner=bob)
    Membership.objects.filter(user=bob, organisation=halyard).update(role=role)
    browser = client_for(bob)

    for path in (f"/rooms/{room.pk}/", "/o/halyard/sidebar/"):
        assert ("Invite people" in browser.get(path).content.decode()) == (role in ("owner", "admin")), path
