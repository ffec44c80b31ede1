"""A PATCH changes what it says it changes, whatever else of the row comes along."""

from datetime import datetime
from typing import Any

import orjson
from django.db import models, transaction

from accounts.models import Membership, Organisation, Passkey, User
from assets.models import Asset
from chat.models import CustomEmoji, Message, Reminder, Room, RoomMember, ScheduledMessage, UserGroup
from notifications.models import NotificationDefaults, NotificationSettings
from tasks.models import Column, Label, Project, SavedView, Task, TimeEntry
from tests.conftest import ApiFor
from tests.promises.cases import CASES
from tests.promises.operations import OPERATIONS
from tests.promises.world import World

# What each PATCH is about: the row, by the world's ids, and what changes along with what it says.
ROWS = {
    "update_me": (
        lambda ids: User.objects.filter(username="alice"),
        ("status_emoji", "status_text", "status_expires_at"),
    ),
    "rename_passkey": (lambda ids: Passkey.objects.filter(pk=ids["passkey_id"]), ()),
    "update_user": (lambda ids: User.objects.filter(pk=ids["user_id"]), ()),
    "update_organisation": (lambda ids: Organisation.objects.filter(slug=ids["slug"]), ()),
    "change_organisation_member_role": (
        lambda ids: Membership.objects.filter(user=ids["user_id"], organisation__slug=ids["slug"]),
        (),
    ),
    "update_notification_settings": (lambda ids: NotificationSettings.objects.filter(user__username="alice"), ()),
    "update_notification_defaults": (
        lambda ids: NotificationDefaults.objects.filter(organisation__slug=ids["slug"]),
        (),
    ),
    "update_room": (lambda ids: Room.objects.filter(pk=ids["room_id"]), ()),
    "update_own_settings": (lambda ids: RoomMember.objects.filter(room=ids["room_id"], user__username="alice"), ()),
    "update_room_member": (lambda ids: RoomMember.objects.filter(room=ids["room_id"], user=ids["user_id"]), ()),
    "change_scheduled_message": (
        lambda ids: ScheduledMessage.objects.filter(pk=ids["scheduled_id"]),
        ("wall_time",),
    ),
    "change_reminder": (lambda ids: Reminder.objects.filter(pk=ids["reminder_id"]), ("wall_time",)),
    "update_group": (lambda ids: UserGroup.objects.filter(pk=ids["group_id"]), ()),
    "update_custom_emoji": (lambda ids: CustomEmoji.objects.filter(pk=ids["emoji_id"]), ()),
    "update_project": (lambda ids: Project.objects.filter(pk=ids["project_id"]), ()),
    "update_project_member": (lambda ids: RoomMember.objects.filter(room=ids["project_id"], user=ids["user_id"]), ()),
    "update_time_entry": (lambda ids: TimeEntry.objects.filter(pk=ids["entry_id"]), ("ended_at",)),
    "update_task": (lambda ids: Task.objects.filter(pk=ids["task_id"]), ("version",)),
    "update_label": (lambda ids: Label.objects.filter(pk=ids["label_id"]), ()),
    "update_column": (lambda ids: Column.objects.filter(pk=ids["column_id"]), ()),
    "update_saved_view": (lambda ids: SavedView.objects.filter(pk=ids["view_id"]), ()),
    "update_file": (lambda ids: Asset.objects.filter(pk=ids["asset_id"]), ()),
    "edit_message": (
        lambda ids: Message.objects.filter(pk=ids["message_id"]),
        ("html", "version", "edited_at", "mentioned_ids", "previews"),
    ),
}


def another(field: Any, value: Any) -> Any:
    """A good value for a field that isn't the one it has."""
    if field.choices:
        return next(choice for choice, _ in field.choices if choice != value)
    if field.is_relation or isinstance(field, models.UUIDField):
        return "0195f3a2-7c1e-7d52-9b0a-3f6c1d2e4a51"
    if isinstance(field, models.BooleanField):
        return not value
    if isinstance(field, models.IntegerField):
        return (value or 0) + 1000
    if isinstance(field, models.DateTimeField):
        return datetime(2001, 1, 1).astimezone()
    if isinstance(field, models.JSONField):
        return [{"evil": 1}] if isinstance(value, list) else {"evil": 1}
    return "evil"


def test_each_patch_is_looked_at() -> None:
    patches = {name for name, operation in OPERATIONS.items() if operation.method == "PATCH"}

    assert patches == set(ROWS), "Add a line to ROWS for each new PATCH."


def test_what_a_patch_does_not_name_stays(world: World, api_for: ApiFor) -> None:
    alice, failures = api_for(world.alice), {}
    for name, (rows, along) in ROWS.items():
        operation, case = OPERATIONS[name], CASES.get(name)
        body = case.body_of(operation, world.ids) if case else operation.example
        address = case.address(operation, case.named(operation, world.ids)) if case else operation.path
        before = rows(world.ids).values().get()
        fields = {field.attname: field for field in rows(world.ids).model._meta.concrete_fields}
        more = {key: another(field, before[key]) for key, field in fields.items()}
        more |= {field.name: more[key] for key, field in fields.items()}
        more = {key: value for key, value in more.items() if key not in operation.fields}
        with transaction.atomic():
            answer = alice.call("PATCH", address, more | body)
            after = type(rows(world.ids).first()).objects.filter(pk=before["id"]).values().first()
            transaction.set_rollback(True)
        folded = {f"folded_{name}" for name in operation.fields}
        may_change = {*operation.fields, *folded, *along, "updated_at"}
        changed = {key for key in fields if after is None or after[key] != before[key]} - may_change
        if answer.status_code not in (200, 422) or changed:
            failures[name] = answer.status_code, changed
        assert orjson.loads(answer.content)

    assert failures == {}
