"""Another e-mail address takes the place of one's own once the link mailed to it has been followed."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client

from accounts.models import User
from tests.accounts.steps import confirmation_link, labelled_error
from tests.conftest import AfterCommit, ApiFor, ClientFor
from tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unthrottled")]

PAGE, AGAIN = "/settings/address/", "/settings/address/verification/"
NEW = "dana@elsewhere.example"


@pytest.fixture
def ask(client_for: ClientFor, dana: User, after_commit: AfterCommit) -> Callable[..., Any]:
    """Ask for another address in the browser."""

    def post(email: str = NEW, password: str = PASSWORD) -> Any:
        with after_commit():
            return client_for(dana).post(PAGE, {"email": email, "current_password": password})

    return post


@pytest.mark.parametrize("already", [True, False])
def test_a_new_address_replaces_the_old_one_once_its_link_is_followed(
    dana: User,
    ask: Callable[..., Any],
    client: Client,
    already: bool,
    after_commit: AfterCommit,
) -> None:
    if already:
        EmailAddress.objects.update(verified=True)
    ask()
    dana.refresh_from_db()
    assert dana.email == "dana@halyard.example"

    with after_commit():
        client.post(confirmation_link(mail.outbox[0]))

    dana.refresh_from_db()
    assert (dana.email, dana.email_verified_at is not None) == (NEW, True)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]


def test_the_former_address_is_told(
    dana: User,
    confirmed: User,
    ask: Callable[..., Any],
    client: Client,
    after_commit: AfterCommit,
) -> None:
    ask()
    with after_commit():
        client.post(confirmation_link(mail.outbox[0]))

    [_, told] = mail.outbox
    assert (told.to, told.subject) == (["dana@halyard.example"], "You sign in with another address now")
    assert NEW in told.body


def test_only_the_newest_asked_for_address_counts(dana: User, ask: Callable[..., Any], client: Client) -> None:
    ask("first@elsewhere.example")
    ask(NEW)

    client.post(confirmation_link(mail.outbox[0]))

    dana.refresh_from_db()
    assert dana.email == "dana@halyard.example"
    assert not EmailAddress.objects.filter(email="first@elsewhere.example").exists()


def test_a_new_address_can_be_given_up(dana: User, ask: Callable[..., Any], client_for: ClientFor) -> None:
    ask()
    browser = client_for(dana)
    assert NEW in browser.get(PAGE).content.decode()

    browser.post("/settings/address/new/end/")

    assert NEW not in browser.get(PAGE).content.decode()
    assert EmailAddress.objects.get().email == dana.email


def test_confirming_the_old_address_tells_nobody_of_the_new_one(
    dana: User,
    ask: Callable[..., Any],
    client_for: ClientFor,
    after_commit: AfterCommit,
) -> None:
    with after_commit():
        client_for(dana).post(AGAIN)
    ask()

    with after_commit():
        client_for(dana).post(confirmation_link(mail.outbox[0]))

    dana.refresh_from_db()
    assert dana.email == "dana@halyard.example" and dana.email_verified_at is not None
    assert [message.to for message in mail.outbox] == [[dana.email], [NEW]]


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"password": "wrong"}, "current_password", "This is not your password."),
        ({"email": "no address"}, "email", "Enter a valid email address."),
        ({"email": "DANA@halyard.example"}, "email", "This is your address already."),
        ({"email": "bob@halyard.example"}, "email", "There is an account with this address already."),
    ],
)
def test_what_is_refused_is_said_beside_its_field(
    ask: Callable[..., Any], bob: User, form: dict[str, str], field: str, words: str
) -> None:
    answer = ask(**form)

    assert answer.status_code == 422
    assert labelled_error(answer, field) == words
    assert mail.outbox == []


def test_who_signs_up_with_the_address_first_has_it(dana: User, ask: Callable[..., Any], client: Client) -> None:
    ask()
    make_user("Erin", email=NEW)

    client.post(confirmation_link(mail.outbox[0]))

    dana.refresh_from_db()
    assert (dana.email, dana.email_verified_at) == ("dana@halyard.example", None)


def test_rest_changes_the_address_the_same_way(
    api_for: ApiFor,
    dana: User,
    bob: User,
    after_commit: AfterCommit,
) -> None:
    api = api_for(dana)

    def put(email: str = NEW, password: str = PASSWORD) -> Any:
        with after_commit():
            return api.call("PUT", "/me/email", {"email": email, "current_password": password})

    assert put().status_code == 204
    assert [message.to for message in mail.outbox] == [[NEW]]
    assert put(password="wrong").json()["errors"][0]["loc"] == ["body", "current_password"]
    assert (put(email=bob.email).status_code, put(email="nothing").status_code) == (409, 422)


def test_allauths_own_page_of_addresses_is_closed(client_for: ClientFor, dana: User) -> None:
    client_for(dana).post("/accounts/email/", {"email": NEW, "action_add": "1"})

    assert EmailAddress.objects.get().email == dana.email


def test_an_address_that_was_only_asked_for_opens_nothing(dana: User, ask: Callable[..., Any], client: Client) -> None:
    ask()
    mail.outbox.clear()

    signed_in = client.post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    client.post("/accounts/password/reset/", {"email": NEW})

    assert signed_in.status_code == 200
    assert [message.subject for message in mail.outbox] == ["No account with this address"]


def test_an_address_that_was_only_asked_for_keeps_nobody_out(
    dana: User, ask: Callable[..., Any], client: Client
) -> None:
    ask()

    client.post("/accounts/signup/", {"name": "Erin", "email": NEW, "password1": PASSWORD})

    assert User.objects.get(email=NEW).name == "Erin"
