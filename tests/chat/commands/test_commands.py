"""Commands: what each does, who may, and that nothing is posted by accident."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from accounts.tokens.services.personal import create_token
from chat.commands import registry
from chat.commands.registry import Outcome, list_commands
from chat.commands.services import run_command
from chat.models import Message, Room, RoomMember
from chat.rooms.queries.room_head import room_head
from lib.lasting import FOREVER
from tests.chat.steps import say
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_room, make_user

Run = Callable[..., Outcome]
INCOMPLETE = ("/me", "/invite", "/invite @nobody", "/mute 0h")


@pytest.fixture
def run(alice: User, room: Room) -> Run:
    """Run a command as Alice, an admin of the room."""

    def run_as(text: str, *, actor: User = alice, **place: Any) -> Outcome:
        return run_command(actor=actor, room_id=place.pop("room_id", room.pk), text=text, **place)

    return run_as


def names_for(user: User, room: Room) -> list[str]:
    return [command.name for command in list_commands(room_head(user=user, room_id=room.pk))]


@pytest.mark.parametrize(
    ("typed", "content", "is_action"),
    [
        ("/me waves *wildly*", "waves *wildly*", True),
        ("/ME waves", "waves", True),
        ("/me\nwaves", "waves", True),
        ("/shrug", r"¯\\\_(ツ)\_/¯", False),
        ("/shrug no idea", r"no idea ¯\\\_(ツ)\_/¯", False),
        ("//topic is a command", "/topic is a command", False),
    ],
)
def test_what_commands_post(run: Run, typed: str, content: str, is_action: bool) -> None:
    posted = run(typed).posted

    assert posted is not None
    assert (posted.message.content, posted.message.is_action) == (content, is_action)


def test_a_shrug_is_shown_with_both_arms(run: Run) -> None:
    posted = run("/shrug").posted

    assert posted is not None and r"¯\_(ツ)_/¯" in posted.message.html


def test_an_action_is_a_line_with_the_name(client_for: ClientFor, bob: User, room: Room, run: Run) -> None:
    run("/me waves")
    page = client_for(bob).get(f"/rooms/{room.pk}/").content.decode()

    assert "message--action" in page
    assert 'class="message__actor"' in page


@pytest.mark.parametrize(
    "typed",
    ["/nothing", "/etc/hosts", "/", "/ topic", "plain", " /me waves", "/me", "/invite", "/invite @nobody", "/mute 0h"],
)
def test_what_is_no_command_is_refused_and_never_posted(run: Run, typed: str) -> None:
    with pytest.raises(ValidationError):
        run(typed)

    assert not Message.objects.exists()


def test_the_topic_is_set_by_admins_and_told_to_all(run: Run, bob: User, room: Room) -> None:
    assert run("/topic", actor=bob).notice == "There is no topic."
    run("/topic Tea & *cake*")
    room.refresh_from_db()

    assert room.topic == "Tea & *cake*"
    assert run("/topic", actor=bob).notice == r"The topic is: Tea \& \*cake\*"
    with pytest.raises(PermissionDenied):
        run("/topic Mine", actor=bob)


def test_people_are_invited_by_username_all_or_none(run: Run, halyard: Organisation, room: Room, charlie: User) -> None:
    for name in ("Nina", "Olaf"):
        make_membership(halyard, make_user(name))

    with pytest.raises(ValidationError):
        run("/invite @nina @charlie")
    assert not room.members.filter(user__username="nina").exists()
    assert run("/invite @Nina, olaf @bob").notice.startswith("In this room now: ")
    assert set(room.members.values_list("user__username", flat=True)) >= {"nina", "olaf", "bob"}


def test_a_guest_does_not_learn_who_is_in_the_organisation(run: Run, halyard: Organisation, bob: User) -> None:
    make_membership(halyard, make_user("Nina"))
    Membership.objects.filter(user=bob).update(role=Membership.Role.GUEST)

    refusals = []
    for name in ("nina", "nobody"):
        with pytest.raises(ValidationError) as refusal:
            run(f"/invite @{name}", actor=bob)
        refusals.append(str(refusal.value.message_dict).replace(name, "…"))

    assert refusals[0] == refusals[1]


def test_one_leaves(run: Run, bob: User, room: Room) -> None:
    assert run("/leave", actor=bob).has_left
    assert not room.members.filter(user=bob).exists()


def test_a_room_is_muted_for_a_time_or_for_ever(run: Run, alice: User, room: Room) -> None:
    def muted_until() -> Any:
        return RoomMember.objects.get(room=room, user=alice).muted_until

    run("/mute")
    assert muted_until() == FOREVER
    run("/mute 2h")
    assert 7100 < (muted_until() - timezone.now()).total_seconds() <= 7200
    run("/mute off")
    assert muted_until() is None


def test_help_tells_what_the_caller_may(run: Run, bob: User, room: Room) -> None:
    assert "`/topic`" in run("/help").notice
    assert "`/topic`" not in run("/help", actor=bob).notice
    assert not Message.objects.exists()


def test_commands_are_offered_where_they_work(alice: User, bob: User, halyard: Organisation, room: Room) -> None:
    channel = make_room(halyard, "open", admin=alice, kind="channel")

    assert names_for(alice, room) == ["help", "invite", "leave", "me", "mute", "remind", "shrug", "topic"]
    assert names_for(bob, room) == ["help", "invite", "leave", "me", "mute", "remind", "shrug"]
    assert names_for(bob, channel) == ["help", "remind"]


def test_a_command_answers_in_its_thread(run: Run, alice: User, room: Room) -> None:
    root = say(alice, room)
    posted = run("/me nods", thread_id=root.pk, client_id="once").posted
    again = run("/me nods", thread_id=root.pk, client_id="once").posted

    assert posted is not None and again is not None
    assert (posted.message.thread_id, posted.message.seq) == (root.pk, None)
    assert (again.message.pk, again.created) == (posted.message.pk, False)


def test_a_stranger_runs_nothing(run: Run, charlie: User) -> None:
    with pytest.raises(ObjectDoesNotExist):
        run("/help", actor=charlie)


def test_a_token_needs_the_scope_of_what_a_command_does(api_for: ApiFor, alice: User, room: Room) -> None:
    made = create_token(actor=alice, name="Script", scopes=["messages:write", "rooms:read"])

    def ask(text: str) -> int:
        path, headers = f"/rooms/{room.pk}/commands", {"Authorization": f"Bearer {made.token}"}
        status: int = api_for(None).call("POST", path, {"text": text}, **headers).status_code
        return status

    assert [ask(text) for text in ("/me waves", "/help", "/topic Mine", "/leave")] == [200, 200, 403, 403]


def test_rest_tells_what_came_of_it(api_for: ApiFor, alice: User, bob: User, room: Room) -> None:
    api, path = api_for(bob), f"/rooms/{room.pk}/commands"
    listed = api.call("GET", path).json()["items"]
    waved = api.call("POST", path, {"text": "/me waves"}).json()
    helped = api.call("POST", path, {"text": "/help"}).json()
    refused = api.call("POST", path, {"text": "/nothing <b>"})

    assert listed[0] == {"name": "help", "arguments": "", "summary": "Show what commands there are"}
    assert (waved["message"]["content"], waved["message"]["is_action"], waved["notice"]) == ("waves", True, None)
    assert helped["message"] is None and "<li>" in helped["notice"]["html"]
    assert refused.status_code == 422
    assert "There is no command /nothing." in refused.json()["errors"][0]["msg"]
    assert api.call("POST", f"/rooms/{room.pk}/messages", {"content": "/me waves"}).json()["is_action"] is False


def test_without_scripts_commands_are_refused(client_for: ClientFor, bob: User, room: Room) -> None:
    browser, path = client_for(bob), f"/rooms/{room.pk}/messages/"

    assert browser.post(path, {"content": "/topic Mine"}).status_code == 422
    assert browser.post(path, {"content": "//topic"}).status_code == 302
    assert list(Message.objects.values_list("content", flat=True)) == ["/topic"]


def test_listing_commands_costs_no_query_of_its_own(
    api_for: ApiFor, bob: User, room: Room, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    api = api_for(bob)
    api.call("GET", f"/rooms/{room.pk}/commands")

    with django_assert_num_queries(3):  # token, room, its first members
        api.call("GET", f"/rooms/{room.pk}/commands")


def test_no_name_is_given_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(registry, "handlers", [*registry.handlers, *registry.handlers])

    with pytest.raises(ValueError, match="same name"):
        registry._load_commands.__wrapped__()
