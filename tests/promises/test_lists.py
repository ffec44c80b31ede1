"""Every list that answers `next_cursor` takes it back as `cursor`."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from pytest_django import Settings

from accounts.audit.services import record_created
from accounts.models import LoginAttempt, Membership, Organisation, Passkey
from accounts.organisations.services.invitations import create_invitation
from accounts.organisations.services.organisations import create_organisation
from accounts.tokens.services.personal import create_token
from chat.emoji.services import add_emoji
from chat.groups.services import add_group_members, create_group
from chat.messages.services.bookmarks import bookmark_message
from chat.messages.services.edit import edit_message
from chat.messages.services.pins import pin_message
from chat.messages.services.post import post_message
from chat.models import Room, RoomMember
from chat.reminders.services import remind_of_message
from chat.reports.services import report_message
from chat.rooms.services.rooms import create_room, update_room
from chat.scheduled.services import schedule_message
from notifications.announcements.services import create_announcement
from notifications.inbox.services import notify
from tasks.attachments.services import attach_files
from tasks.comments.services import add_comment
from tasks.projects.services.labels import create_label
from tasks.projects.services.members import add_project_member
from tasks.projects.services.projects import create_project
from tasks.relations.services import relate_tasks
from tasks.saved_views.services import create_view
from tasks.time_tracking.services import add_time_entry
from tasks.work.services.creating import create_task
from tasks.work.services.updating import update_task
from tests.accounts.pictures import halves, upload
from tests.assets.steps import store_picture
from tests.conftest import ClientFor
from tests.factories import make_room_member, make_user
from tests.notifications.push.browser import subscribe_browser
from tests.promises.cases import CASES
from tests.promises.operations import OPERATIONS, SCHEMA, Operation
from tests.promises.world import World

# What a list needs to be asked, though its path names nothing.
QUERIES = {"search_organisation": "org=halyard&q=message"}
UNKNOWN = ["made-up", "-1", "0", "1.5", "", "null", "9" * 30, "٣", "%00"]


def answers_cursor(operation: Operation) -> bool:
    described = SCHEMA["paths"][f"/api/v1{operation.path}"][operation.method.lower()]
    content = described["responses"].get("200", {}).get("content", {}).get("application/json", {})
    name = content.get("schema", {}).get("$ref", "").rpartition("/")[2]
    return "next_cursor" in SCHEMA["components"]["schemas"].get(name, {}).get("properties", {})


LISTS = [name for name, operation in OPERATIONS.items() if answers_cursor(operation)]


@pytest.fixture(scope="module")
def furnished(furnished: World) -> World:
    """A world with three of everything that is listed."""
    world = furnished
    alice, bob, slug = world.alice, world.bob, world.ids["slug"]
    room_id = UUID(world.ids["room_id"])
    halyard = Organisation.objects.get(slug=slug)
    for n in range(3):
        Passkey.objects.create(user=alice, name=f"Key {n}", credential_id=f"key-{n}", public_key=b"")
        person = make_user(f"Person {n}")
        Membership.objects.create(organisation=halyard, user=person)
        create_room(actor=alice, slug=slug, kind="group", name=f"room {n}", member_ids=[bob.pk])
        make_room_member(Room.objects.get(pk=room_id), person)
        message = post_message(actor=alice, room_id=room_id, content=f"message {n}").message
        post_message(actor=bob, room_id=room_id, content=f"@alice: reply {n}", thread_id=message.pk)
        post_message(actor=bob, room_id=room_id, content=f"reply {n}", thread_id=UUID(world.ids["message_id"]))
        add_comment(actor=bob, task_id=UUID(world.ids["task_id"]), content=f"comment {n}")
        RoomMember.objects.filter(room=room_id).update(last_read_seq=1)
        update_room(actor=alice, room_id=room_id, topic=f"topic {n}")
        pin_message(actor=alice, message_id=message.pk)
        bookmark_message(actor=alice, message_id=message.pk)
        report_message(actor=bob, message_id=message.pk, reason="rude")
        remind_of_message(actor=alice, message_id=message.pk, remind_at=timezone.now() + timedelta(hours=1))
        schedule_message(
            actor=alice, room_id=room_id, content=f"later {n}", send_at=timezone.now() + timedelta(hours=1)
        )
        edit_message(actor=alice, message_id=UUID(world.ids["message_id"]), content=f"edit {n}")
        create_invitation(actor=alice, slug=slug)
        add_emoji(actor=alice, slug=slug, file=upload(halves()), name=f"boat_{n}")
        picture = store_picture(alice, halyard, name=f"{n}.png")
        create_group(actor=alice, slug=slug, name=f"Group {n}", handle=f"group{n}")
        add_group_members(actor=alice, group_id=UUID(world.ids["group_id"]), user_ids=[person.pk])
        create_token(actor=alice, name=f"Script {n}", scopes=["account:read"])
        other = create_organisation(actor=world.charlie, name=f"Other {n}", slug=f"other-{n}")
        create_invitation(actor=world.charlie, slug=other.slug, email=alice.email)
        create_organisation(actor=alice, name=f"Own {n}", slug=f"own-{n}")
        announcement = create_announcement(actor=alice, slug=slug, text=f"Tea at {n}")
        notify(
            kind="announcement",
            recipients=[alice.pk],
            subject=announcement.pk,
            organisation_id=announcement.organisation_id,
        )
        subscribe_browser(alice, str(n))
        create_project(actor=alice, slug=slug, name=f"Project {n}")
        task = create_task(actor=alice, project_id=UUID(world.ids["project_id"]), title=f"Task {n}")
        update_task(actor=alice, task_id=UUID(world.ids["task_id"]), title=task.title)
        add_time_entry(actor=alice, task_id=UUID(world.ids["task_id"]), started_at=timezone.now(), seconds=60)
        relate_tasks(actor=alice, task_id=UUID(world.ids["task_id"]), kind="blocks", other_id=task.pk)
        attach_files(actor=alice, task_id=UUID(world.ids["task_id"]), asset_ids=[picture.pk])
        create_label(actor=alice, project_id=UUID(world.ids["project_id"]), name=f"Label {n}")
        create_task(actor=alice, project_id=UUID(world.ids["project_id"]), title=f"Task {n}", assignee_ids=[alice.pk])
        create_view(actor=alice, project_id=UUID(world.ids["project_id"]), name=f"View {n}")
        add_project_member(actor=alice, project_id=UUID(world.ids["project_id"]), user_id=person.pk)
        record_created(alice, person)
        LoginAttempt.objects.create(user=alice, email=alice.email, method="password", outcome="success")
    return world


@pytest.fixture
def full(world: World, settings: Settings) -> World:
    """The same, with three providers to sign in with."""
    apps = [{"provider_id": f"provider-{n}", "name": f"Provider {n}"} for n in range(3)]
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": apps}}
    return world


def get(client: Any, operation: Operation, ids: dict[str, str], query: str) -> Any:
    case = CASES.get(operation.id)
    asked = f"{operation.path}?{QUERIES[operation.id]}" if operation.id in QUERIES else operation.path
    path = case.address(operation, case.named(operation, ids)) if case else asked
    return client.get(f"/api/v1{path}{'&' if '?' in path else '?'}{query}")


def test_every_list_is_walked() -> None:
    assert len(LISTS) >= 14 and "list_messages" in LISTS


@pytest.mark.parametrize("name", LISTS)
def test_its_cursor_leads_through_every_item_once(full: World, client_for: ClientFor, name: str) -> None:
    client, seen, cursor = client_for(full.alice), [], ""
    for _page in range(200):
        answer = get(client, OPERATIONS[name], full.ids, f"limit=1{cursor}").json()
        seen += [str(item.get("id") or item) for item in answer["items"]]
        if answer["next_cursor"] is None:
            break
        cursor = f"&cursor={answer['next_cursor']}"

    assert answer["next_cursor"] is None
    assert len(seen) == len(set(seen)) >= 2
    assert len(seen) == len(get(client, OPERATIONS[name], full.ids, "limit=200").json()["items"])


@pytest.mark.parametrize("name", LISTS)
def test_an_unknown_cursor_is_refused(full: World, client_for: ClientFor, name: str) -> None:
    client = client_for(full.alice)

    statuses = {cursor: get(client, OPERATIONS[name], full.ids, f"cursor={cursor}").status_code for cursor in UNKNOWN}

    assert statuses == dict.fromkeys(UNKNOWN, 422)


def test_messages_are_walked_forward_too(full: World, client_for: ClientFor) -> None:
    client, seen, query = client_for(full.alice), [], "limit=2&after=0"
    while query:
        page = get(client, OPERATIONS["list_messages"], full.ids, query).json()
        seen += [item["seq"] for item in page["items"]]
        query = page["next_cursor"] and f"limit=2&after=0&cursor={page['next_cursor']}"

    assert seen == [1, 2, 3, 4, 5, 6, 7]
