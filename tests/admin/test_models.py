"""The admin opens for system administrators only, shows every model and no secret."""

from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from accounts.models import AccessToken, Organisation, RecoveryCode, SecondFactor, Session, User
from accounts.tokens.services.families import issue_tokens
from notifications.models import NotificationKeyword, PushSubscription
from tests.accounts.steps import connected
from tests.admin import address, each_model
from tests.admin.notification_rows import populate_notifications
from tests.conftest import ClientFor


@each_model
def test_every_model_is_registered(model: type[Model]) -> None:
    assert admin.site.is_registered(model)


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
