"""Coming in with an account elsewhere: whom it lets in, whom it makes, and whom it sends back."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import AuditEntry, LoginAttempt, Session, User
from accounts.session_store import SessionStore
from tests.accounts.steps import attempts_kept, code_of, come_by_provider, enrol, go_to_provider, is_signed_in
from tests.conftest import ClientFor
from tests.factories import make_email_address, make_user
from tests.provider import LiveProvider

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("provider")]

SIGNED_IN = "/api/v1/me"


@pytest.fixture
def dana_here(provider: LiveProvider) -> User:
    """She has an account here too, with the same address."""
    user = make_user("Dana", email_verified_at=timezone.now())
    make_email_address(user, verified=True)
    return user


@pytest.mark.parametrize("provider_id", ["google", "oidc"])
def test_somebody_new_comes_in_with_a_proved_address_and_no_password(client: Client, provider_id: str) -> None:
    answer = come_by_provider(client, "dana", f"/accounts/{provider_id}/login/")

    user = User.objects.get()
    assert answer["Location"] == "/"
    assert client.get(SIGNED_IN).json()["email_verified"] is True
    assert (user.email, user.name, user.username) == ("dana@halyard.example", "Dana Duarte", "dana-duarte")
    assert user.email_verified_at is not None and not user.has_usable_password()
    assert list(EmailAddress.objects.values_list("email", "verified", "primary")) == [(user.email, True, True)]
    assert attempts_kept() == [("provider", "success", "")]
    assert mail.outbox == []


def test_the_second_time_it_is_the_same_person(client: Client, client_for: ClientFor) -> None:
    come_by_provider(client, "dana")
    user = User.objects.get()
    user.email = "elsewhere@halyard.example"
    user.save()
    client.logout()

    answer = come_by_provider(client, "dana", next="/settings/appearance/")

    assert answer["Location"] == "/settings/appearance/"
    assert client.get(SIGNED_IN).json()["id"] == str(user.pk)
    assert User.objects.count() == SocialAccount.objects.count() == 1


def test_another_provider_in_its_place_has_other_people(
    client: Client, provider: LiveProvider, settings: Settings
) -> None:
    """By the same names: there, somebody else may be `dana`."""
    come_by_provider(client, "dana")
    client.logout()
    moved = provider.app(settings={"server_url": provider.url.replace("127.0.0.1", "localhost")})
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["APPS"] = [moved]
    provider.know("dana", email="erin@halyard.example", email_verified=True)

    come_by_provider(client, "dana")

    assert client.get(SIGNED_IN).json()["email"] == "erin@halyard.example"


def test_nothing_is_kept_that_opens_the_account_there(client: Client, dana_here: User) -> None:
    enrol(dana_here)

    come_by_provider(client, "dana")

    assert not SocialToken.objects.exists()
    sessions = [session.get_decoded() for session in Session.objects.all()]
    assert sessions and "access_token" not in str(sessions) and "'token':" not in str(sessions)


def test_what_is_kept_of_somebody_is_what_they_see(client: Client, provider: LiveProvider) -> None:
    provider.know("dana", email="dana@halyard.example", email_verified=True, phone="555", groups=["crew"])

    come_by_provider(client, "dana")

    assert SocialAccount.objects.get().extra_data == {"email": "dana@halyard.example"}


def test_an_address_proved_on_both_sides_is_connected(
    client: Client, dana_here: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        come_by_provider(client, "dana")

    assert client.get(SIGNED_IN).json()["id"] == str(dana_here.pk)
    assert SocialAccount.objects.get().user == dana_here
    assert [message.subject for message in mail.outbox] == ["You can sign in with Lighthouse now"]
    entry = AuditEntry.objects.get()
    assert (entry.user, entry.changes) == (dana_here, {"connections": [None, "Lighthouse (Dana@Halyard.example)"]})


@pytest.mark.parametrize("claim", [False, "false", None, 0, "yes", ["true"]])
def test_an_address_that_the_provider_only_believes_connects_nothing(
    client: Client, provider: LiveProvider, dana_here: User, claim: Any
) -> None:
    provider.know("mallory", email=dana_here.email, email_verified=claim)

    answer = come_by_provider(client, "mallory")

    assert answer.status_code == 403
    assert "Sign in with your password first" in answer.content.decode()
    assert not SocialAccount.objects.exists() and not is_signed_in(client)
    assert attempts_kept() == [("provider", "failure", "email_unverified")]
    assert LoginAttempt.objects.get().user == dana_here


def test_an_address_that_only_becomes_the_same_connects_nothing(client: Client, provider: LiveProvider) -> None:
    """In small letters the sign of the kelvin is a k."""
    make_user("Kate", email="kate@halyard.example", email_verified_at=timezone.now())
    provider.know("mallory", email="\N{KELVIN SIGN}ate@halyard.example", email_verified=True)

    assert come_by_provider(client, "mallory").status_code == 403
    assert not SocialAccount.objects.exists() and not is_signed_in(client)


def test_an_address_that_we_only_believe_connects_nothing(client: Client) -> None:
    """Somebody may have signed up with it to wait for its owner."""
    make_user("Dana", email="dana@halyard.example", password="four slow grey gulls")

    answer = come_by_provider(client, "dana")

    assert answer.status_code == 403
    assert "ask for a new one" in answer.content.decode()
    assert not SocialAccount.objects.exists() and not is_signed_in(client)
    assert attempts_kept() == [("provider", "failure", "address_taken")]


def test_an_unproved_address_signs_up_as_such_and_gets_a_link(client: Client, provider: LiveProvider) -> None:
    provider.know("erin", email="erin@halyard.example")

    come_by_provider(client, "erin")

    assert client.get(SIGNED_IN).json()["email_verified"] is False
    assert "erin@halyard.example" in mail.outbox[0].to
    assert not EmailAddress.objects.get().verified


def test_where_addresses_are_confirmed_first_nobody_learns_of_accounts(
    client: Client, provider: LiveProvider, dana_here: User, settings: Settings
) -> None:
    settings.ACCOUNT_EMAIL_VERIFICATION = "mandatory"
    provider.know("erin", email="erin@halyard.example")
    provider.know("mallory", email=dana_here.email)

    new, known = (come_by_provider(client, sub) for sub in ("erin", "mallory"))

    assert (new.status_code, new["Location"]) == (known.status_code, known["Location"])
    assert [message.to for message in mail.outbox] == [["erin@halyard.example"], [dana_here.email]]
    assert not is_signed_in(client)
    assert attempts_kept()[0] == ("provider", "failure", "email_unverified")


@pytest.mark.parametrize("email", [None, "", "nobody", "a@b", 7, ["a@halyard.example"], "a\0@halyard.example"])
def test_without_an_address_nobody_comes_in(client: Client, provider: LiveProvider, email: Any) -> None:
    provider.know("erin", email=email, email_verified=True)

    answer = come_by_provider(client, "erin")

    assert answer.status_code == 403 and "no e-mail address" in answer.content.decode()
    assert not User.objects.exists()
    assert attempts_kept() == [("provider", "failure", "email_missing")]


@pytest.mark.parametrize("name", [None, "", "\u200b", "A\0B", "x" * 300, {"a": 1}, "\n\t"])
def test_a_name_that_nobody_could_have_is_replaced(
    client: Client, provider: LiveProvider, name: dict[str, int] | str | None
) -> None:
    provider.know("erin", email="erin@halyard.example", email_verified=True, name=name)

    come_by_provider(client, "erin")

    assert User.objects.get().name == "erin"


def test_somebody_locked_out_stays_out(client: Client) -> None:
    come_by_provider(client, "dana")
    client.logout()
    User.objects.update(is_active=False)

    answer = come_by_provider(client, "dana")

    assert answer["Location"] == "/accounts/inactive/"
    assert not is_signed_in(client)
    assert attempts_kept()[-1] == ("provider", "failure", "inactive")


def test_the_account_is_connected_once_the_code_was_right(client: Client, dana_here: User) -> None:
    app = enrol(dana_here)

    assert come_by_provider(client, "dana")["Location"] == "/accounts/code/"
    assert not SocialAccount.objects.exists() and not is_signed_in(client)
    client.post("/accounts/code/", {"otp": code_of(app.secret)})

    assert SocialAccount.objects.get().user == dana_here and is_signed_in(client)
    assert attempts_kept() == [("provider", "failure", "otp_required"), ("second_factor", "success", "")]


def test_the_session_gets_a_new_secret(client: Client, dana_here: User) -> None:
    go_to_provider(client)
    before = client.session.session_key

    come_by_provider(client, "dana")

    assert client.session.session_key != before
    assert not SessionStore().exists(before)
