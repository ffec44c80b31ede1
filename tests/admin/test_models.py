"""The admin opens for system administrators only, shows every model and no secret."""

from datetime import timedelta

import pytest
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import (
    AccessToken,
    IdempotencyKey,
    Organisation,
    Passkey,
    RecoveryCode,
    SecondFactor,
    Session,
    User,
)
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
from chat.models import Message, Room
from chat.reminders.services import remind_of_message
from chat.reports.services import report_message
from chat.scheduled.services import schedule_message
from chat.search_index import index_pending_messages
from notifications.models import NotificationKeyword, PushSubscription
from tests.accounts.pictures import halves, upload
from tests.accounts.steps import connected
from tests.admin import address
from tests.admin.notification_rows import populate_notifications
from tests.assets.steps import store_upload
from tests.conftest import ClientFor
from tests.factories import make_preview, make_system_message

APPS = ("accounts", "assets", "chat", "notifications")
OURS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
each_model = pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)


@pytest.fixture
def said(alice: User, bob: User, room: Room, halyard: Organisation) -> Message:
    """A message with all that a message can have, so that every table has a row."""
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
def test_every_model_is_registered(model: type[Model]) -> None:
    assert admin.site.is_registered(model)


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


@each_model
def test_members_and_anonymous_people_are_sent_away(
    model: type[Model], alice: User, client: Client, client_for: ClientFor
) -> None:
    assert client_for(alice).get(address(model, "changelist"), follow=True).status_code == 403
    assert client.get(address(model, "changelist"), follow=True).redirect_chain[-1][0].startswith("/accounts/login/")


def test_no_secret_is_shown(browser: Client, sysadmin: User, alice: User) -> None:
    issue_tokens(user=alice)
    factor, code = SecondFactor.objects.get(user=sysadmin), RecoveryCode.objects.first()
    token, session = AccessToken.objects.get(), Session.objects.get(user=sysadmin)
    pages = [
        browser.get(path).content.decode()
        for path in (
            address(User, "change", alice.pk),
            address(AccessToken, "changelist"),
            address(AccessToken, "change", token.pk),
            address(Session, "changelist"),
            address(SecondFactor, "changelist"),
            address(SecondFactor, "change", factor.pk),
            address(RecoveryCode, "changelist"),
            address(RecoveryCode, "change", code.pk),
        )
    ]

    for page in pages:
        assert token.token_hash not in page
        assert session.session_key not in page
        assert browser.session.session_key not in page
        assert alice.password not in page
        assert factor.key not in page
        assert code.code_hash not in page


def test_no_keyword_and_no_address_of_a_browser_is_shown(
    browser: Client, alice: User, bob: User, halyard: Organisation
) -> None:
    populate_notifications(alice, bob, halyard)
    for model, words in ((NotificationKeyword, ["windlass"]), (PushSubscription, ["secret-"])):
        page = browser.get(address(model, "change", model.objects.get().pk)).content.decode()
        assert "Bob" in page and not any(word in page for word in words)


def test_connected_accounts_are_looked_up_and_providers_have_no_page(browser: Client, alice: User) -> None:
    account = connected(alice, "dana")
    shown = browser.get(address(SocialAccount, "changelist"), {"q": "alice"}).content.decode()

    assert "dana@lighthouse.example" in shown
    assert browser.get(address(SocialAccount, "change", account.pk)).status_code == 200
    assert browser.get(address(SocialAccount, "add")).status_code == 403
    assert browser.post(address(SocialAccount, "change", account.pk), {"uid": "x"}).status_code == 403
    assert not admin.site.is_registered(SocialApp) and not admin.site.is_registered(SocialToken)


def test_pages_carry_our_icon(browser: Client) -> None:
    assert "img/mark" in browser.get(reverse("admin:index")).content.decode()


def test_each_section_of_the_first_page_has_a_name_of_its_own(browser: Client) -> None:
    sections = [section["name"] for section in browser.get("/admin/").context["app_list"]]

    assert len(sections) == len(set(sections)) >= 4
    assert {"People and organisations", "Rooms and messages", "E-mail addresses", "Connected accounts"} <= set(sections)
