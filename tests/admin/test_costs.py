"""A list of the admin asks the database as often for five rows as for one."""

from datetime import timedelta

from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEntry, IdempotencyKey, LoginAttempt, Passkey, RecoveryCode, SecondFactor, Session
from accounts.organisations.services.invitations import create_invitation
from accounts.tokens.services.families import issue_tokens
from chat.drafts.services import save_draft
from chat.messages.services.bookmarks import bookmark_message
from chat.messages.services.edit import edit_message
from chat.messages.services.post import post_message
from chat.messages.services.reactions import add_reaction
from chat.models import CustomEmoji, EmojiName, Import, UserGroup, UserGroupMember
from chat.reminders.services import remind_of_message
from chat.reports.services import report_message
from chat.rooms.services.rooms import open_direct_room
from chat.scheduled.services import schedule_message
from chat.search_index import index_pending_messages
from tests.admin.notification_rows import populate_notifications
from tests.assets.steps import store_upload
from tests.factories import (
    make_organisation,
    make_preview,
    make_room,
    make_room_removal,
    make_system_message,
    make_user,
)

APPS = ("accounts", "assets", "chat", "notifications")
MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
ROWS = 5


def populate(number: int) -> None:
    """One row more of everything, each with people and rooms of its own."""
    owner, other = make_user(f"Owner {number}"), make_user(f"Other {number}")
    organisation = make_organisation(f"Harbour {number}", owner=owner, members=[other])
    if number % 2:
        room, _ = open_direct_room(actor=owner, slug=organisation.slug, user_ids=[other.pk])
    else:
        room = make_room(organisation, admin=owner, members=[other])
    create_invitation(actor=owner, slug=organisation.slug)
    issue_tokens(user=owner)
    IdempotencyKey.objects.create(scope=f"{number:064}", key="b" * 64, method="POST", path="/", body_hash="c" * 64)
    LoginAttempt.objects.create(user=owner, email=owner.email, method="password", outcome="success")
    AuditEntry.objects.create(user=owner, organisation=organisation, action="create", table_name="x", record_id=room.pk)
    Session.objects.create(session_key=f"{number}", session_data="", expire_date=timezone.now(), user=owner)
    SecondFactor.objects.create(user=owner, key="sealed", name="App", confirmed=False)
    Passkey.objects.create(user=owner, name="Laptop", credential_id=f"{number}", public_key=b"")
    RecoveryCode.objects.create(user=owner, code_hash=f"{number}")
    message = post_message(actor=owner, room_id=room.pk, content=f"Ask @{other.username}").message
    edit_message(actor=owner, message_id=message.pk, content=f"Ask @{other.username}, please")
    add_reaction(actor=other, message_id=message.pk, emoji="👍")
    save_draft(actor=other, room_id=room.pk, content="half a thought")
    in_an_hour = timezone.now() + timedelta(hours=1)
    asset = store_upload(other, organisation).asset
    file_ids = [asset.pk] if asset else []
    schedule_message(actor=other, room_id=room.pk, content="later", send_at=in_an_hour, asset_ids=file_ids)
    remind_of_message(actor=other, message_id=message.pk, remind_at=in_an_hour)
    bookmark_message(actor=other, message_id=message.pk)
    post_message(actor=other, room_id=room.pk, content="Yes", thread_id=message.pk)
    make_preview(message)
    make_system_message(room, owner)
    make_room_removal(room, owner)
    report_message(actor=other, message_id=message.pk, reason="rude")
    post_message(actor=other, room_id=room.pk, content="", asset_ids=file_ids)
    emoji = CustomEmoji.objects.create(organisation=organisation, name="party_boat", created_by=owner)
    group = UserGroup.objects.create(organisation=organisation, name="Crew", handle="crew", created_by=owner)
    UserGroupMember.objects.create(group=group, user=other)
    Import.objects.create(organisation=organisation, actor=owner, kind="csv")
    EmojiName.objects.create(organisation=organisation, emoji=emoji, name="party_boat")
    populate_notifications(owner, other, organisation)


def costs(browser: Client) -> dict[str, int]:
    found = {}
    for model in MODELS:
        path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        found[model.__name__] = len(queries)
    return found


def test_every_list_costs_the_same_for_many_rows(browser: Client) -> None:
    populate(0)
    costs(browser)  # what is asked once
    few = costs(browser)

    for number in range(1, ROWS):
        populate(number)
    index_pending_messages()

    assert all(model.objects.count() >= ROWS for model in MODELS)
    assert costs(browser) == few
    assert max(few.values()) < 15
