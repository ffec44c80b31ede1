"""The admin lists every model, shows its rows and keeps them as the services leave them."""

from datetime import timedelta

import pytest
from django.db.models import Model
from django.test import Client, override_settings
from django.utils import timezone

from accounts.models import IdempotencyKey, Passkey, User
from accounts.organisations.services.invitations import create_invitation
from accounts.tokens.services.families import issue_tokens
from assets.models import StorageUse
from chat.drafts.services import save_draft
from chat.emoji.services import add_emoji
from chat.groups.services import create_group
from chat.imports.services import create_import
from chat.messages.services.bookmarks import bookmark_message
from chat.messages.services.edit import edit_message
from chat.messages.services.post import post_message
from chat.messages.services.reactions import add_reaction
from chat.models import Message
from chat.reminders.services import remind_of_message
from chat.reports.services import report_message
from chat.scheduled.services import schedule_message
from chat.search_index import index_pending_messages
from tests.accounts.pictures import halves, upload
from tests.admin import address, each_model
from tests.admin.notification_rows import populate_notifications
from tests.assets.steps import store_upload
from tests.factories import (
    make_agent,
    make_organisation,
    make_preview,
    make_room,
    make_room_removal,
    make_system_message,
    make_user,
)


@pytest.fixture(scope="module")
def said(db_of_file: None, tmp_path_factory: pytest.TempPathFactory) -> Message:
    """A message with all that a message can have, so that every table has a row."""
    folder = tmp_path_factory.mktemp("said")
    with override_settings(MEDIA_ROOT=folder, UPLOAD_ROOT=folder):
        return fill_tables()


def fill_tables() -> Message:
    """Build a row of each model."""
    alice, bob, robin = make_user("Alice"), make_user("Bob"), make_agent("Robin")
    halyard = make_organisation("Halyard", owner=alice, members=[bob, robin])
    room = make_room(halyard, admin=alice, members=[bob, robin])
    create_invitation(actor=alice, slug=halyard.slug, email="dora@halyard.example")
    issue_tokens(user=alice)
    IdempotencyKey.objects.create(scope="a" * 64, key="b" * 64, method="POST", path="/api/v1/orgs", body_hash="c" * 64)
    Passkey.objects.create(user=alice, name="Laptop", credential_id="AAAA", public_key=b"")
    message = post_message(actor=alice, room_id=room.pk, content="Ask @bob").message
    add_reaction(actor=bob, message_id=message.pk, emoji="👍")
    bookmark_message(actor=bob, message_id=message.pk)
    save_draft(actor=bob, room_id=room.pk, content="half a thought")
    in_an_hour = timezone.now() + timedelta(hours=1)
    asset = store_upload(bob, halyard).asset
    file_ids = [asset.pk] if asset else []
    schedule_message(actor=bob, room_id=room.pk, content="later", send_at=in_an_hour, asset_ids=file_ids)
    remind_of_message(actor=bob, message_id=message.pk, remind_at=in_an_hour)
    post_message(actor=bob, room_id=room.pk, content="Yes", thread_id=message.pk)
    make_preview(message)
    report_message(actor=bob, message_id=message.pk, reason="rude")
    make_system_message(room, alice)
    make_room_removal(room, alice)
    create_group(actor=alice, slug=halyard.slug, name="Crew", handle="crew")
    add_emoji(actor=alice, slug=halyard.slug, file=upload(halves()), name="party_boat")
    populate_notifications(alice, bob, halyard)
    post_message(actor=bob, room_id=room.pk, content="", asset_ids=file_ids)
    edited = edit_message(actor=alice, message_id=message.pk, content="Ask @bob, please")
    if asset:
        create_import(actor=bob, asset_id=asset.pk, kind="csv", options={})
    index_pending_messages()
    return edited


@each_model
def test_every_list_opens_and_can_be_searched(model: type[Model], browser: Client, said: Message) -> None:
    assert browser.get(address(model, "changelist")).status_code == 200
    assert browser.get(address(model, "changelist"), {"q": "halyard"}).status_code == 200


@each_model
def test_every_row_can_be_looked_at(model: type[Model], browser: Client, said: Message) -> None:
    rows = model.objects.all()[:2]

    assert rows
    for row in rows:
        assert browser.get(address(model, "change", row.pk)).status_code == 200


@each_model
def test_nothing_is_added_or_deleted_past_the_services(model: type[Model], browser: Client, said: Message) -> None:
    expected = 200 if model in (User, StorageUse) else 403

    assert browser.get(address(model, "add")).status_code == expected
    for row in model.objects.all()[:1]:
        assert browser.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
