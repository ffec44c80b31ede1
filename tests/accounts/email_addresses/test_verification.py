"""An e-mail address is confirmed by the link mailed to it, and reminded of until then."""

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from accounts.models import LoginAttempt, Organisation, User
from lib.rate_limit import RateLimit
from tests.accounts.steps import confirmation_link
from tests.conftest import AfterCommit, ApiFor, ClientFor
from tests.factories import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unthrottled")]

PAGE, AGAIN, NOT_NOW = "/settings/address/", "/settings/address/verification/", "/settings/address/reminder/end/"


def reminded(browser: Client, page: str = "/settings/") -> bool:
    return "Follow the link we sent there." in browser.get(page).content.decode()


def test_who_has_not_followed_the_link_is_reminded_and_let_in(
    client_for: ClientFor, dana: User, halyard: Organisation, alice: User
) -> None:
    assert reminded(client_for(dana))
    assert reminded(client_for(alice), "/o/halyard/people/")


def test_who_has_confirmed_is_left_alone(client_for: ClientFor, confirmed: User) -> None:
    assert not reminded(client_for(confirmed))


def test_the_reminder_is_put_off_for_this_session(client_for: ClientFor, dana: User) -> None:
    here, there = client_for(dana), client_for(dana)

    answer = here.post(NOT_NOW, {"next": "/settings/appearance/"})

    assert answer.url == "/settings/appearance/"
    assert not reminded(here)
    assert reminded(there)


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "foo", "profile:x"]
)
def test_the_way_back_leads_nowhere_else(client_for: ClientFor, dana: User, elsewhere: str) -> None:
    assert client_for(dana).post(NOT_NOW, {"next": elsewhere}).url == PAGE


def test_the_link_is_sent_again_and_confirms(client_for: ClientFor, dana: User, after_commit: AfterCommit) -> None:
    browser = client_for(dana)

    with after_commit():
        browser.post(AGAIN)
    [message] = mail.outbox
    browser.post(confirmation_link(message))

    dana.refresh_from_db()
    assert (message.to, message.subject) == ([dana.email], "Confirm your address")
    assert dana.email_verified_at is not None and not reminded(browser)


def test_rest_sends_the_link_too_and_not_without_end(
    api_for: ApiFor,
    dana: User,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    after_commit: AfterCommit,
) -> None:
    settings.THROTTLE = True
    monkeypatch.setattr("accounts.security.limits.VERIFICATION_MAILS", RateLimit("verification-test", 2, 3600))
    api = api_for(dana)

    with after_commit():
        answers = [api.call("POST", "/me/verification") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [204, 204, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert [message.to for message in mail.outbox] == [[dana.email]] * 2


def test_too_many_links_are_refused_in_words(
    client_for: ClientFor, dana: User, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.THROTTLE = True
    monkeypatch.setattr("accounts.security.limits.VERIFICATION_MAILS", RateLimit("verification-test-2", 0, 3600))

    page = client_for(dana).post(AGAIN, follow=True).content.decode()

    assert "Too many attempts" in page


def test_nothing_is_sent_to_who_has_confirmed(
    api_for: ApiFor,
    confirmed: User,
    after_commit: AfterCommit,
) -> None:
    with after_commit():
        assert api_for(confirmed).call("POST", "/me/verification").status_code == 204

    assert mail.outbox == []


def test_people_made_by_a_command_can_confirm_too(client_for: ClientFor, root: User, after_commit: AfterCommit) -> None:
    with after_commit():
        client_for(root).post(AGAIN)
    client_for(root).post(confirmation_link(mail.outbox[0]))

    root.refresh_from_db()
    assert root.email_verified_at is not None


def test_where_it_is_mandatory_nobody_comes_in_before(client: Client, dana: User, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    def sign_in() -> Any:
        return client.post("/accounts/login/", {"login": dana.email, "password": PASSWORD}, follow=True)

    assert "Check your e-mail" in sign_in().content.decode()
    assert client.get("/settings/").status_code == 302
    client.post(confirmation_link(mail.outbox[0]))
    sign_in()

    assert client.get("/settings/").status_code == 200
    assert list(LoginAttempt.objects.order_by("pk").values_list("outcome", "reason")) == [
        ("failure", "email_unverified"),
        ("success", ""),
    ]


def test_before_the_door_the_link_is_sent_again(client: Client, dana: User, settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client.post("/accounts/login/", {"login": dana.email, "password": PASSWORD})

    answer = client.post("/welcome/verification/", follow=True)

    assert "Another link is on its way" in answer.content.decode()
    assert [message.to for message in mail.outbox] == [[dana.email]] * 2


def test_whoever_is_not_at_the_door_asks_in_vain(client: Client) -> None:
    assert client.post("/welcome/verification/").url == "/accounts/login/"
    assert mail.outbox == []
