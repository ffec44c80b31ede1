"""An e-mail address: confirmed by the link mailed to it, reminded of until then, and changed the same way."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from accounts.models import LoginAttempt, User
from accounts.throttling import Allowance
from tests.accounts.steps import labelled_error
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

PAGE, AGAIN, NOT_NOW = "/settings/address/", "/settings/address/verification/", "/settings/address/reminder/end/"
NEW = "dana@elsewhere.example"


# Counts outlive a test.
@pytest.fixture(autouse=True)
def unthrottled(settings):
    settings.ACCOUNT_RATE_LIMITS = settings.THROTTLE = False


@pytest.fixture
def after_commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def dana(db):
    """Somebody who signed up and has not followed the link."""
    dana = make_user("Dana", password=PASSWORD)
    EmailAddress.objects.create(user=dana, email=dana.email, primary=True)
    return dana


@pytest.fixture
def confirmed(dana):
    EmailAddress.objects.update(verified=True)
    User.objects.filter(pk=dana.pk).update(email_verified_at=timezone.now())
    dana.refresh_from_db()
    return dana


@pytest.fixture
def ask(client_for, dana, after_commit):
    """Ask for another address in the browser."""

    def post(email=NEW, password=PASSWORD):
        with after_commit():
            return client_for(dana).post(PAGE, {"email": email, "current_password": password})

    return post


def link_in(message):
    return re.search(r"http://testserver(/accounts/confirm-email/\S+)", message.body).group(1)


def reminded(browser, page="/settings/"):
    return "reminder" in browser.get(page).content.decode()


def test_who_has_not_followed_the_link_is_reminded_and_let_in(client_for, dana, halyard, alice):
    assert reminded(client_for(dana))
    assert reminded(client_for(alice), "/o/halyard/people/")


def test_who_has_confirmed_is_left_alone(client_for, confirmed):
    assert not reminded(client_for(confirmed))


def test_the_reminder_is_put_off_for_this_session(client_for, dana):
    here, there = client_for(dana), client_for(dana)

    answer = here.post(NOT_NOW, {"next": "/settings/appearance/"})

    assert answer.url == "/settings/appearance/"
    assert not reminded(here)
    assert reminded(there)


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_the_way_back_leads_nowhere_else(client_for, dana, elsewhere):
    assert client_for(dana).post(NOT_NOW, {"next": elsewhere}).url == PAGE


def test_the_link_is_sent_again_and_confirms(client_for, dana, after_commit):
    browser = client_for(dana)

    with after_commit():
        browser.post(AGAIN)
    [message] = mail.outbox
    browser.post(link_in(message))

    dana.refresh_from_db()
    assert (message.to, message.subject) == ([dana.email], "Confirm your address")
    assert dana.email_verified_at is not None and not reminded(browser)


def test_rest_sends_the_link_too_and_not_without_end(api_for, dana, settings, monkeypatch, after_commit):
    settings.THROTTLE = True
    monkeypatch.setattr("accounts.throttling.VERIFICATION_MAILS", Allowance("verification-test", 2, 3600))
    api = api_for(dana)

    with after_commit():
        answers = [api.call("POST", "/me/verification") for _ in range(3)]

    assert [answer.status_code for answer in answers] == [204, 204, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert [message.to for message in mail.outbox] == [[dana.email]] * 2


def test_too_many_links_are_refused_in_words(client_for, dana, settings, monkeypatch):
    settings.THROTTLE = True
    monkeypatch.setattr("accounts.throttling.VERIFICATION_MAILS", Allowance("verification-test-2", 0, 3600))

    page = client_for(dana).post(AGAIN, follow=True).content.decode()

    assert "Too many attempts" in page


def test_nothing_is_sent_to_who_has_confirmed(api_for, confirmed, after_commit):
    with after_commit():
        assert api_for(confirmed).call("POST", "/me/verification").status_code == 204

    assert mail.outbox == []


def test_people_made_by_a_command_can_confirm_too(client_for, after_commit):
    root = User.objects.create_superuser("root@halyard.example", PASSWORD, username="root", name="Root")

    with after_commit():
        client_for(root).post(AGAIN)
    client_for(root).post(link_in(mail.outbox[0]))

    root.refresh_from_db()
    assert root.email_verified_at is not None


@pytest.mark.parametrize("already", [True, False])
def test_a_new_address_replaces_the_old_one_once_its_link_is_followed(dana, ask, client, already, after_commit):
    if already:
        EmailAddress.objects.update(verified=True)
    ask()
    dana.refresh_from_db()
    assert dana.email == "dana@halyard.example"

    with after_commit():
        client.post(link_in(mail.outbox[0]))

    dana.refresh_from_db()
    assert (dana.email, dana.email_verified_at is not None) == (NEW, True)
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(NEW, True, True)]


def test_the_former_address_is_told(dana, confirmed, ask, client, after_commit):
    ask()
    with after_commit():
        client.post(link_in(mail.outbox[0]))

    [_, told] = mail.outbox
    assert (told.to, told.subject) == (["dana@halyard.example"], "You sign in with another address now")
    assert NEW in told.body


def test_only_the_newest_asked_for_address_counts(dana, ask, client):
    ask("first@elsewhere.example")
    ask(NEW)

    client.post(link_in(mail.outbox[0]))

    dana.refresh_from_db()
    assert dana.email == "dana@halyard.example"
    assert not EmailAddress.objects.filter(email="first@elsewhere.example").exists()


def test_a_new_address_can_be_given_up(dana, ask, client_for):
    ask()
    browser = client_for(dana)
    assert NEW in browser.get(PAGE).content.decode()

    browser.post("/settings/address/new/end/")

    assert NEW not in browser.get(PAGE).content.decode()
    assert EmailAddress.objects.get().email == dana.email


def test_confirming_the_old_address_tells_nobody_of_the_new_one(dana, ask, client_for, after_commit):
    with after_commit():
        client_for(dana).post(AGAIN)
    ask()

    with after_commit():
        client_for(dana).post(link_in(mail.outbox[0]))

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
def test_what_is_refused_is_said_beside_its_field(ask, bob, form, field, words):
    answer = ask(**form)

    assert answer.status_code == 422
    assert labelled_error(answer, field) == words
    assert mail.outbox == []


def test_who_signs_up_with_the_address_first_has_it(dana, ask, client):
    ask()
    make_user("Erin", email=NEW)

    client.post(link_in(mail.outbox[0]))

    dana.refresh_from_db()
    assert (dana.email, dana.email_verified_at) == ("dana@halyard.example", None)


def test_rest_changes_the_address_the_same_way(api_for, dana, bob, after_commit):
    api = api_for(dana)

    def put(email=NEW, password=PASSWORD):
        with after_commit():
            return api.call("PUT", "/me/email", {"email": email, "current_password": password})

    assert put().status_code == 204
    assert [message.to for message in mail.outbox] == [[NEW]]
    assert put(password="wrong").json()["errors"][0]["loc"] == ["body", "current_password"]
    assert (put(email=bob.email).status_code, put(email="nothing").status_code) == (409, 422)


def test_where_it_is_mandatory_nobody_comes_in_before(client, dana, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"

    def sign_in():
        return client.post("/accounts/login/", {"login": dana.email, "password": PASSWORD}, follow=True)

    assert "Look in your inbox" in sign_in().content.decode()
    assert client.get("/settings/").status_code == 302
    client.post(link_in(mail.outbox[0]))
    sign_in()

    assert client.get("/settings/").status_code == 200
    assert list(LoginAttempt.objects.order_by("pk").values_list("outcome", "reason")) == [
        ("failure", "email_unverified"),
        ("success", ""),
    ]


def test_before_the_door_the_link_is_sent_again(client, dana, settings):
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    client.post("/accounts/login/", {"login": dana.email, "password": PASSWORD})

    answer = client.post("/welcome/verification/", follow=True)

    assert "Another link is on its way" in answer.content.decode()
    assert [message.to for message in mail.outbox] == [[dana.email]] * 2


def test_whoever_is_not_at_the_door_asks_in_vain(client):
    assert client.post("/welcome/verification/").url == "/accounts/login/"
    assert mail.outbox == []


def test_allauths_own_page_of_addresses_is_closed(client_for, dana):
    client_for(dana).post("/accounts/email/", {"email": NEW, "action_add": "1"})

    assert EmailAddress.objects.get().email == dana.email


def test_an_address_that_was_only_asked_for_opens_nothing(dana, ask, client):
    ask()
    mail.outbox.clear()

    signed_in = client.post("/accounts/login/", {"login": NEW, "password": PASSWORD})
    client.post("/accounts/password/reset/", {"email": NEW})

    assert signed_in.status_code == 200
    assert [message.subject for message in mail.outbox] == ["No account with this address"]


def test_an_address_that_was_only_asked_for_keeps_nobody_out(dana, ask, client):
    ask()

    client.post("/accounts/signup/", {"name": "Erin", "email": NEW, "password1": PASSWORD})

    assert User.objects.get(email=NEW).name == "Erin"
