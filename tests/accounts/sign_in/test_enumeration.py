"""Nobody learns from the pages before the sign-in whether an address has an account.

Where an unverified person is let in at once, signing up can't hide it: the address is taken, or one is inside.
"""

import re
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.models import Organisation, User
from accounts.organisations.services.invitations import create_invitation
from lib.mail.models import StoredMail
from tests.factories import PASSWORD, make_email_address, make_user

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN = "dana@halyard.example", "nobody@halyard.example"


@pytest.fixture(autouse=True)
def unthrottled(settings: Settings) -> None:
    settings.ACCOUNT_RATE_LIMITS = settings.THROTTLE = False


@pytest.fixture(autouse=True)
def dana(db: None) -> User:
    dana = make_user("Dana", password=PASSWORD)
    make_email_address(dana)
    return dana


def told(client: Client, path: str, **form: Any) -> tuple[Any, ...]:
    """What a browser sees in the end, but for the address itself."""
    answer = client.post(path, form, follow=True)
    return answer.status_code, answer.redirect_chain, plain(answer.content.decode())


def plain(page: str) -> str:
    page = re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", page)
    return page.replace(KNOWN, "…").replace(UNKNOWN, "…")


@pytest.fixture
def mandatory(settings: Settings) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"password1": "short"},
        {"password1": "1234567890"},
        {"name": " "},
        {"name": "Bell\u0007"},
        {"name": PASSWORD},
    ],
)
def test_signing_up_looks_the_same(client: Client, mandatory: None, more: dict[str, Any]) -> None:
    form = {"name": "Dana Duarte", "password1": PASSWORD} | more

    unknown = told(client, "/accounts/signup/", email=UNKNOWN, **form)
    client.logout()
    known = told(client, "/accounts/signup/", email=KNOWN, **form)

    assert known == unknown


def test_signing_up_by_invitation_looks_the_same(
    client: Client, mandatory: None, alice: User, halyard: Organisation
) -> None:
    for_another = create_invitation(actor=alice, slug="halyard", email="erin@halyard.example").token
    form = {"name": "Dana Duarte", "password1": PASSWORD, "invitation": for_another}

    unknown = told(client, "/accounts/signup/", email=UNKNOWN, **form)
    known = told(client, "/accounts/signup/", email=KNOWN, **form)

    assert "another e-mail address" in known[2]
    assert known == unknown


def test_signing_up_takes_the_same(client: Client, mandatory: None, monkeypatch: pytest.MonkeyPatch) -> None:
    work = []
    monkeypatch.setattr("accounts.sign_up.services.make_password", lambda *_: work.append("hash") or "!")

    for address in (KNOWN, UNKNOWN):
        told(client, "/accounts/signup/", name="Dana Duarte", email=address, password1=PASSWORD)
        client.logout()

    assert work == ["hash", "hash"]
    assert [message.to for message in mail.outbox] == [[KNOWN], [UNKNOWN]]
    assert User.objects.filter(email=KNOWN).count() == 1


def test_asking_for_a_new_password_looks_the_same(client: Client) -> None:
    pages = [told(client, "/accounts/password/reset/", email=address) for address in (UNKNOWN, KNOWN)]

    assert pages[0] == pages[1]
    assert [message.to for message in mail.outbox] == [[UNKNOWN], [KNOWN]]


def test_signing_in_looks_the_same(client: Client) -> None:
    pages = [told(client, "/accounts/login/", login=address, password="wrong") for address in (UNKNOWN, KNOWN)]

    assert pages[0] == pages[1]


def test_asking_for_a_new_password_asks_the_database_the_same(client: Client) -> None:
    def count(email: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            client.post("/accounts/password/reset/", {"email": email})
        return len(queries)

    count(UNKNOWN)

    assert count(UNKNOWN) == count(KNOWN)


def test_signing_up_writes_the_same_and_takes_it_back(client: Client, mandatory: None) -> None:
    def list_inserts(email: str) -> list[str]:
        form = {"name": "Dana Duarte", "email": email, "password": PASSWORD}
        with CaptureQueriesContext(connection) as queries:
            assert client.post("/api/v1/auth/signup", form, "application/json").status_code == 201
        return [query["sql"].split()[2] for query in queries if query["sql"].startswith("INSERT")]

    assert list_inserts(KNOWN) == list_inserts(UNKNOWN) != []
    assert sorted(User.objects.values_list("email", flat=True)) == [KNOWN, UNKNOWN]


def test_an_invite_link_looks_the_same(client: Client, alice: User, halyard: Organisation) -> None:
    links = [create_invitation(actor=alice, slug="halyard", email=address) for address in (UNKNOWN, KNOWN)]

    pages = [client.get(link.url).content.decode() for link in links]

    for page, link in zip(pages, links, strict=True):
        assert "Join Halyard" in page and link.email in page
    unknown, known = (plain(page).replace(link.token, "") for page, link in zip(pages, links, strict=True))
    assert known == unknown


def test_signing_in_over_rest_looks_the_same(client: Client) -> None:
    def told_by_rest(email: str) -> tuple[int, bytes]:
        answer = client.post("/api/v1/auth/token", {"email": email, "password": "wrong"}, "application/json")
        return answer.status_code, answer.content

    assert told_by_rest(KNOWN) == told_by_rest(UNKNOWN)


@pytest.mark.parametrize(
    "more", [{}, {"username": "dana.d"}, {"username": "taken"}, {"password": "short"}, {"name": "\u200b"}]
)
def test_signing_up_over_rest_looks_the_same(client: Client, mandatory: None, more: dict[str, Any]) -> None:
    make_user("Taken")

    def told_by_rest(email: str) -> tuple[int, dict[str, Any]]:
        form = {"name": "Duarte", "email": email, "password": PASSWORD, "username": None} | more
        answer = client.post("/api/v1/auth/signup", form, "application/json")
        User.objects.filter(email=UNKNOWN).delete()
        body = answer.json() | {"email": "", "id": "", "created_at": bool(answer.json().get("created_at"))}
        return answer.status_code, body

    unknown, known = told_by_rest(UNKNOWN), told_by_rest(KNOWN)

    assert known == unknown
    assert [message.to for message in mail.outbox] == ([[UNKNOWN], [KNOWN]] if known[0] == 201 else [])
    assert not mail.outbox or mail.outbox[1].subject != mail.outbox[0].subject


def test_asking_for_the_link_again_looks_the_same(mandatory: None) -> None:
    def told_again(email: str) -> tuple[tuple[int, list, str], tuple[int, list, str]]:
        browser = Client()
        form = {"name": "Dana Duarte", "email": email, "password1": PASSWORD}
        return told(browser, "/accounts/signup/", **form), told(browser, "/welcome/verification/")

    known, unknown = told_again(KNOWN), told_again(UNKNOWN)

    assert known == unknown
    assert "Another link is on its way" in known[1][2]
    assert [message.to for message in mail.outbox] == [[KNOWN]] * 2 + [[UNKNOWN]] * 2


def test_a_mail_server_that_fails_looks_the_same(client: Client, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "lib.mail.backend.StoringBackend"
    settings.EMAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    pages = [told(client, "/accounts/password/reset/", email=address) for address in (UNKNOWN, KNOWN)]

    assert pages[0] == pages[1]
    assert pages[0][0] == 200
    assert StoredMail.objects.count() == 2
