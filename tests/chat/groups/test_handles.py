"""In an organisation the handle of a group and a username mean one thing: who had it there first keeps it."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import Organisation, User
from accounts.organisations.services.members import add_member
from accounts.profiles.services.profile import update_profile
from chat.groups.services import add_group_members, create_group, update_group
from chat.mentions.suggestions import suggest_mentions
from chat.messages.services.post import post_message
from chat.models import Mention, Room, UserGroup
from chat.rooms.services.members import add_member as add_room_member
from lib.web.errors import Taken
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_user


@pytest.fixture
def group(alice: User, bob: User, halyard: Organisation) -> UserGroup:
    group = create_group(actor=alice, slug="halyard", name="Crew", handle="crew")
    add_group_members(actor=alice, group_id=group.pk, user_ids=[bob.pk])
    return group


def tell(author: User, room: Room, text: str) -> list[str]:
    message = post_message(actor=author, room_id=room.pk, content=text).message
    return sorted(Mention.objects.filter(message=message).values_list("user__username", flat=True))


@pytest.mark.django_db
def test_who_joins_with_the_handle_of_a_group_does_not_get_its_mentions(
    alice: User, halyard: Organisation, room: Room, group: UserGroup
) -> None:
    newcomer = make_user("Crew Cut", username="crew")
    add_member(organisation=halyard, user=newcomer, role="member")
    add_room_member(actor=alice, room_id=room.pk, user_id=newcomer.pk)

    assert tell(alice, room, "@crew") == ["bob"]
    offered = [(each.kind, each.handle) for each in suggest_mentions(user=alice, room_id=room.pk, q="crew")]
    assert offered == [("group", "crew")]
    update_group(actor=alice, group_id=group.pk, handle="sailors")
    assert tell(alice, room, "@crew") == ["crew"]


@pytest.mark.django_db
def test_who_joins_with_the_handle_of_a_group_is_told(
    client_for: ClientFor, halyard: Organisation, group: UserGroup
) -> None:
    newcomer = make_user("Crew Cut", username="crew")
    profile = client_for(newcomer)
    assert "A group is called" not in profile.get("/settings/").content.decode()

    add_member(organisation=halyard, user=newcomer, role="member")

    assert f"A group is called @{group.handle} too" in profile.get("/settings/").content.decode()


@pytest.mark.django_db
def test_no_group_gets_the_username_of_a_member(alice: User, group: UserGroup) -> None:
    with pytest.raises(Taken):
        create_group(actor=alice, slug="halyard", name="Bobs", handle="bob")
    with pytest.raises(Taken):
        update_group(actor=alice, group_id=group.pk, handle="bob")


@pytest.mark.django_db
def test_nobody_takes_the_mentions_of_a_group_by_a_new_username(
    api_for: ApiFor, alice: User, bob: User, charlie: User, group: UserGroup
) -> None:
    User.objects.filter(pk=alice.pk).update(role=User.Role.ADMIN)

    assert api_for(bob).call("PATCH", "/me", {"username": "crew"}).json()["code"] == "taken"
    assert api_for(alice).call("PATCH", f"/admin/users/{bob.pk}", {"username": "crew"}).status_code == 409
    assert api_for(charlie).call("PATCH", "/me", {"username": "crew"}).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_of_a_group_and_a_username_at_once_one_is_refused(alice: User, bob: User, halyard: Organisation) -> None:
    for n in range(5):
        together = Barrier(2)

        def run(step: str, together: Barrier = together, handle: str = f"crew{n}x") -> bool:
            together.wait()
            try:
                if step == "group":
                    create_group(actor=alice, slug="halyard", name=handle, handle=handle)
                else:
                    update_profile(actor=bob, username=handle)
            except Taken:
                return False
            finally:
                connection.close()
            return True

        with ThreadPoolExecutor(2) as pool:
            assert sum(pool.map(run, ["group", "username"])) == 1
