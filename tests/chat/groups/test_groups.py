"""Groups of users: who may make them, what they are called, whom their mention tells, and bringing them into rooms."""

from __future__ import annotations

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, Membership, Organisation, User
from accounts.organisations.services.members import remove_member
from chat.groups.services import add_group_members, create_group, delete_group
from chat.mentions.suggestions import suggest_mentions
from chat.messages.services.edit import edit_message
from chat.messages.services.post import post_message
from chat.messages.services.rerender import rerender_messages
from chat.models import Mention, Message, Room, RoomMember, UserGroup, UserGroupMember
from lib.realtime.hub import Event
from tests.chat.steps import frames
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_user


@pytest.fixture
def mei(halyard: Organisation) -> User:
    """A member of the organisation who is not in the room."""
    user = make_user("Mei Tanaka", username="mei")
    make_membership(halyard, user)
    return user


@pytest.fixture
def group(alice: User, bob: User, mei: User, halyard: Organisation) -> UserGroup:
    """A group of Alice, Bob and Mei, called @crew."""
    group = create_group(actor=alice, slug="halyard", name="Crew", handle="crew")
    add_group_members(actor=alice, group_id=group.pk, user_ids=[bob.pk, mei.pk])
    return group


def told(message: Message) -> list[str]:
    return sorted(Mention.objects.filter(message=message).values_list("user__username", flat=True))


def test_a_mention_tells_those_in_the_room_and_offers_the_others(
    api_for: ApiFor, alice: User, bob: User, mei: User, room: Room, group: UserGroup
) -> None:
    posted = api_for(alice).call("POST", f"/rooms/{room.pk}/messages", {"content": "@Crew: look, @bob"}).json()

    assert posted["mentions"] == [str(bob.pk)]
    assert [user["username"] for user in posted["not_in_room"]] == ["mei"]
    shown = f'<span class="mention" data-group="{group.pk}" data-told="{bob.pk}">@Crew</span>: look'
    assert shown in posted["html"]
    assert told(Message.objects.get(pk=posted["id"])) == ["bob"]


def test_edited_in_and_out_counts_exactly(alice: User, room: Room, group: UserGroup) -> None:
    message = post_message(actor=alice, room_id=room.pk, content="look").message

    for content, expected in (
        ("@crew look", ["bob"]),
        ("`@crew` look", []),
        ("@crew @bob", ["bob"]),
        ("@bob", ["bob"]),
    ):
        edit_message(actor=alice, message_id=message.pk, content=content)
        assert told(message) == expected


def test_a_guest_learns_of_nobody_outside_the_room(api_for: ApiFor, bob: User, room: Room, group: UserGroup) -> None:
    Membership.objects.filter(user=bob).update(role=Membership.Role.GUEST)
    guest = api_for(bob)

    posted = guest.call("POST", f"/rooms/{room.pk}/messages", {"content": "@crew"}).json()

    assert "not_in_room" not in posted
    assert guest.call("GET", "/orgs/halyard/groups").status_code == 403
    assert guest.call("GET", f"/groups/{group.pk}").status_code == 404
    assert guest.call("POST", "/orgs/halyard/groups", {"name": "x", "handle": "x"}).status_code == 403


def test_rendering_anew_keeps_the_group(alice: User, room: Room, group: UserGroup) -> None:
    message = post_message(actor=alice, room_id=room.pk, content="@crew and @room").message
    Message.objects.update(html_version=None)

    rerender_messages()

    assert Message.objects.get(pk=message.pk).html == message.html


@pytest.mark.parametrize(
    "handle", ["room", "here", "all", "everyone", "channel", "bob", "a b", "", "@", "x" * 41, "crew"]
)
def test_no_handle_shadows_a_person_or_a_word(api_for: ApiFor, alice: User, group: UserGroup, handle: str) -> None:
    answer = api_for(alice).call("POST", "/orgs/halyard/groups", {"name": "New", "handle": handle})

    assert answer.status_code in (409, 422), answer.content
    assert UserGroup.objects.count() == 1


def test_members_create_groups_and_change_their_own(
    api_for: ApiFor, alice: User, bob: User, charlie: User, mei: User, group: UserGroup
) -> None:
    member, path = api_for(bob), f"/groups/{group.pk}"
    own = member.call("POST", "/orgs/halyard/groups", {"name": "Paint", "handle": "@Paint"}).json()

    assert (own["handle"], own["member_count"]) == ("paint", 1)
    assert member.call("PATCH", path, {"name": "Mine"}).status_code == 403
    assert member.call("PUT", f"{path}/members/{bob.pk}").status_code == 403
    assert member.call("DELETE", f"{path}/members/{mei.pk}").status_code == 403
    assert member.call("DELETE", path).status_code == 403
    assert member.call("DELETE", f"{path}/members/{bob.pk}").status_code == 204
    administrator = api_for(alice)
    assert administrator.call("PATCH", f"/groups/{own['id']}", {"handle": "painters"}).json()["handle"] == "painters"
    assert administrator.call("PATCH", f"/groups/{own['id']}", {"handle": "crew"}).status_code == 409
    assert administrator.call("PUT", f"/groups/{own['id']}/members/{charlie.pk}").status_code == 404
    members = administrator.call("GET", f"/groups/{group.pk}/members").json()["items"]
    assert [each["user"]["username"] for each in members] == ["alice", "mei"]
    assert api_for(charlie).call("GET", path).status_code == 404


def test_a_group_is_brought_into_a_room_as_a_whole(
    api_for: ApiFor, client_for: ClientFor, alice: User, bob: User, mei: User, room: Room, group: UserGroup
) -> None:
    path = f"/rooms/{room.pk}/groups/{group.pk}"

    assert [user["username"] for user in api_for(alice).call("PUT", path).json()["added"]] == ["mei"]
    assert api_for(alice).call("PUT", path).json()["added"] == []
    assert RoomMember.objects.filter(room=room, user=mei).exists()
    RoomMember.objects.filter(room=room, user=mei).delete()
    assert api_for(mei).call("PUT", path).status_code == 404
    page = f"/o/halyard/groups/{group.pk}/room/"
    assert client_for(bob).post(page, {"room_id": str(room.pk)}).status_code == 302
    assert RoomMember.objects.filter(room=room, user=mei).exists()


def test_who_leaves_the_organisation_leaves_its_groups(alice: User, mei: User, group: UserGroup) -> None:
    remove_member(actor=alice, slug="halyard", user_id=mei.pk)

    assert not UserGroupMember.objects.filter(user=mei).exists()


def test_changes_are_announced_and_recorded(
    alice: User,
    bob: User,
    halyard: Organisation,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        group = create_group(actor=alice, slug="halyard", name="Crew", handle="crew")
        add_group_members(actor=alice, group_id=group.pk, user_ids=[bob.pk])
        delete_group(actor=alice, group_id=group.pk)

    assert [frame["type"] for frame in frames(published)] == ["group.created", "group.updated", "group.deleted"]
    assert {event.topic for event in published} == {f"commons:{halyard.pk}"}
    actions = AuditEntry.objects.filter(table_name="chat_usergroup").order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["create", "update", "delete"]


def test_a_group_is_offered_with_how_many_it_tells(alice: User, room: Room, group: UserGroup) -> None:
    [offered] = suggest_mentions(user=alice, room_id=room.pk, q="cre")

    assert (offered.kind, offered.handle, offered.name, offered.user_count) == ("group", "crew", "Crew", 1)


def test_the_page_of_a_group_lets_it_be_changed(
    client_for: ClientFor, alice: User, mei: User, group: UserGroup
) -> None:
    browser, page = client_for(alice), f"/o/halyard/groups/{group.pk}/"

    assert "@crew" in browser.get("/o/halyard/groups/").content.decode()
    assert "Mei Tanaka" in browser.get(page).content.decode()
    assert browser.post(f"{page}members/{mei.pk}/removal/").status_code == 302
    assert "Mei Tanaka" not in browser.get(page).content.decode()
    assert browser.post(f"{page}members/", {"user_ids": [str(mei.pk)]}).status_code == 302
    assert browser.post(page, {"name": "Crew", "handle": "room"}).status_code == 422
    assert browser.post(page, {"name": "Sailors", "handle": "sailors"}).status_code == 302
    assert browser.post(f"{page}deletion/").status_code == 302
    assert browser.get(page).status_code == 404


def test_a_list_of_groups_takes_as_many_queries_for_one_as_for_five(
    api_for: ApiFor, alice: User, group: UserGroup, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    administrator = api_for(alice)
    for number in range(4):
        create_group(actor=alice, slug="halyard", name=f"Group {number}", handle=f"group{number}")

    with django_assert_num_queries(3):  # token, membership, groups
        assert len(administrator.call("GET", "/orgs/halyard/groups").json()["items"]) == 5


@pytest.mark.parametrize(("name", "kept"), [("Cr\u202eew", "Crew"), ("Deck \n crew", "Deck crew"), ("\u200b", None)])
def test_a_name_has_nothing_invisible(api_for: ApiFor, alice: User, group: UserGroup, name: str, kept: str) -> None:
    administrator, path = api_for(alice), f"/groups/{group.pk}"
    for method, to, expected in (("POST", "/orgs/halyard/groups", 201), ("PATCH", path, 200)):
        answer = administrator.call(method, to, {"name": name, "handle": f"new-{method.lower()}"})
        assert answer.status_code == (expected if kept else 422)
        assert answer.json().get("name") == kept


def test_a_message_grows_little_by_the_members_of_groups(
    alice: User, halyard: Organisation, room: Room, group: UserGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.messages.named_groups.MAX_NAMED_GROUPS", 2)
    for handle in ("deck", "mast"):
        create_group(actor=alice, slug="halyard", name=handle, handle=handle)

    message = post_message(actor=alice, room_id=room.pk, content="@crew @mast @deck " + "@crew " * 100).message

    assert message.html.count("data-group") == 102 and ">@mast<" not in message.html
    assert message.html.count("data-told") == 1
    Message.objects.update(html_version=None)
    rerender_messages()
    assert Message.objects.get(pk=message.pk).html == message.html


def test_an_organisation_has_a_thousand_groups(
    api_for: ApiFor, alice: User, group: UserGroup, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.groups.services.MAX_GROUPS_PER_ORGANISATION", 1)

    assert api_for(alice).call("POST", "/orgs/halyard/groups", {"name": "New", "handle": "new"}).status_code == 422
