"""What is announced is announced after the commit, and each event by the operation it belongs to."""

import inspect
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from chat.emoji import events as emoji_events
from chat.groups import events as group_events
from chat.messages import events as message_events
from chat.reminders import events as reminder_events
from chat.reports import events as report_events
from chat.rooms import events as room_events
from chat.scheduled import events as scheduled_events
from chat.socket import events as socket_events
from lib.realtime import publisher
from lib.realtime.hub import Event
from tasks.projects import events as project_events
from tasks.work import events as task_events
from tests.chat.steps import frames
from tests.conftest import ClientFor
from tests.promises.cases import CASES
from tests.promises.operations import OPERATIONS, Operation, encode_body
from tests.promises.world import World

MODULES = (
    emoji_events,
    group_events,
    message_events,
    project_events,
    reminder_events,
    report_events,
    room_events,
    scheduled_events,
    socket_events,
    task_events,
)
# These are of the moment, and stored by no transaction.
MOMENTARY = {"typing_changed", "presence_changed"}
WRITES = [name for name, operation in OPERATIONS.items() if operation.method != "GET" and name in CASES]
# What each operation has to tell. Those that are not named here tell nothing.
ANNOUNCED = {
    **dict.fromkeys(["create_task", "add_task_from_text", "save_tasks", "upsert_task"], {"task.created"}),
    **dict.fromkeys(["update_task", "complete_task", "move_task", "update_tasks", "move_tasks"], {"task.updated"}),
    **dict.fromkeys(["delete_task", "delete_tasks"], {"task.deleted"}),
    "restore_task": {"task.updated"},
    **dict.fromkeys(["add_time_entry", "delete_time_entry", "relate_tasks", "remove_relation"], {"task.updated"}),
    "detach_file": {"task.updated"},
    **dict.fromkeys(["start_timer", "watch_task", "add_watcher"], {"task.touched"}),
    "update_user": {"user.updated"},
    "end_session": {"close"},
    "revoke_personal_token": {"close"},
    "sign_user_out": {"close"},
    "deactivate_user": {"close", "user.updated"},
    "create_room": {"room.created", "subscribe", "refresh_audience"},
    "open_direct_room": {"room.created", "subscribe", "refresh_audience"},
    "update_room": {"room.updated"},
    "delete_room": {"room.removed", "unsubscribe", "refresh_audience"},
    "archive_room": {"room.updated"},
    "join_room": {"member.joined", "room.created", "subscribe", "refresh_audience"},
    "leave_room": {"member.left", "room.removed", "unsubscribe", "refresh_audience"},
    "add_room_member": {"member.joined", "room.created", "subscribe", "refresh_audience"},
    "update_own_settings": {"room.settings"},
    "set_room_picture": {"room.updated"},
    "update_room_member": {"member.updated"},
    "remove_room_member": {"member.left", "room.removed", "unsubscribe", "refresh_audience"},
    "post_message": {"message.created"},
    "mark_read": {"read"},
    "edit_message": {"message.updated"},
    "delete_message": {"message.deleted"},
    "remove_reaction": {"message.updated"},
    "unpin_message": {"message.updated"},
    "remove_preview": {"message.updated"},
    "tick_task": {"message.updated"},
    "schedule_message": {"scheduled.saved"},
    "change_scheduled_message": {"scheduled.saved"},
    "delete_scheduled_message": {"scheduled.deleted"},
    "update_notification_settings": {"notification.settings"},
    "return_scheduled_message": {"draft.saved", "scheduled.deleted"},
    "send_scheduled_message": {"message.created", "scheduled.deleted"},
    "remind_of_message": {"reminder.saved"},
    "finish_reminder": {"reminder.deleted"},
    "report_message": {"reports.counted"},
    "resolve_report": {"reports.counted"},
    "dismiss_report": {"reports.counted"},
    "create_group": {"group.created"},
    "update_group": {"group.updated"},
    "delete_group": {"group.deleted"},
    "remove_group_member": {"group.updated"},
    "add_custom_emoji": {"emoji.created"},
    "update_custom_emoji": {"emoji.updated"},
    "delete_custom_emoji": {"emoji.deleted"},
    "create_project": {"project.created", "room.created", "subscribe"},
    "update_project": {"project.updated"},
    "add_project_member": {"project.created", "member.joined", "room.created", "subscribe"},
    "update_project_member": {"member.updated"},
    "remove_project_member": {"project.removed", "member.left", "room.removed", "unsubscribe"},
    "create_column": {"column.saved"},
    "update_column": {"column.saved"},
    "delete_column": {"column.deleted"},
    "delete_project": {"project.removed", "room.removed", "unsubscribe"},
    "archive_project": {"project.updated", "room.updated"},
    "restore_project": {"project.created", "room.created", "subscribe"},
    "duplicate_project": {"project.created", "room.created", "subscribe"},
    "set_project_picture": {"project.updated"},
    "create_label": {"label.saved"},
    "update_label": {"label.saved"},
    "delete_label": {"label.deleted"},
}


def ask(client: Client, operation: Operation, world: World) -> Any:
    case = CASES[operation.id]
    address = case.address(operation, case.named(operation, world.ids))
    body = case.body_of(operation, world.ids)
    return client.generic(operation.method, f"/api/v1{address}", **encode_body(body))


def name_events(published: list[Event]) -> set[str]:
    return {frame["type"] for frame in frames(published)} | {str(event.action) for event in published if event.action}


@pytest.mark.parametrize("name", WRITES)
def test_nothing_is_announced_before_the_commit(
    world: World,
    client_for: ClientFor,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    name: str,
) -> None:
    clients = {person: client_for(person) for person in (world.alice, world.bob)}
    client = clients[world.bob if name == "join_room" else world.alice]
    published.clear()

    with django_capture_on_commit_callbacks() as callbacks:
        answer = ask(client, OPERATIONS[name], world)
    early = list(published)
    for callback in callbacks:
        callback()

    assert answer.status_code < 300, answer.content
    assert early == []
    if name in ANNOUNCED:
        assert name_events(published) >= ANNOUNCED[name]


def public_functions(module: ModuleType) -> Iterator[tuple[str, Callable[..., Any]]]:
    for name, function in inspect.getmembers(module, inspect.isfunction):
        if function.__module__ == module.__name__ and "publisher.publish" in inspect.getsource(function):
            yield name, function


EVENTS = [(module, name) for module in MODULES for name, _ in public_functions(module)]


@pytest.mark.parametrize(("module", "name"), EVENTS, ids=[name for _, name in EVENTS])
def test_every_event_is_named_behind_a_commit_wherever_it_is_called(module: ModuleType, name: str) -> None:
    """In the sources: it is handed to `after_commit`, and never called."""
    root = Path(settings.BASE_DIR)
    sources = [path.read_text() for app in ("chat", "tasks") for path in sorted((root / app).rglob("*.py"))]
    called = [line for source in sources for line in source.splitlines() if re.search(rf"events\.{name}\(", line)]
    handed = [source for source in sources if re.search(rf"(after_commit|partial)\(\s*events\.{name}\b", source)]

    assert name in MOMENTARY or (called == [] and handed)


def test_a_transaction_that_fails_later_announces_nothing(
    world: World, client_for: ClientFor, published: list[Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publisher, "publish", published.extend)
    client = client_for(world.alice)
    published.clear()
    for name in WRITES:
        with transaction.atomic():
            ask(client, OPERATIONS[name], world)
            transaction.set_rollback(True)

    assert published == []
