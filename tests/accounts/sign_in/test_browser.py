"""Signing in with the browser leaves the same traces as over REST."""

import re
from types import SimpleNamespace
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.models import LoginAttempt, Session, User
from accounts.tokens.services.issue import authenticate_token, issue_tokens
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def sign_in(client: Client, password: str = PASSWORD, email: str = "dana@halyard.example") -> Any:
    return client.post("/accounts/login/", {"login": email, "password": password}, headers={"User-Agent": "Firefox"})


def attempts() -> list[tuple[Any, ...]]:
    return list(LoginAttempt.objects.order_by("pk").values_list("email", "user", "method", "outcome", "user_agent"))


def test_good_and_bad_tries_are_recorded(client: Client, dana: User) -> None:
    sign_in(client, password="wrong")
    sign_in(client, email="nobody@halyard.example")
    sign_in(client)

    assert attempts() == [
        (dana.email, dana.pk, "password", "failure", "Firefox"),
        ("nobody@halyard.example", None, "password", "failure", "Firefox"),
        (dana.email, dana.pk, "password", "success", "Firefox"),
    ]


def test_the_session_knows_whose_and_from_where(client: Client, dana: User) -> None:
    sign_in(client)

    session = Session.objects.get()
    assert (session.user, session.ip_address, session.user_agent) == (dana, "127.0.0.1", "Firefox")


def test_a_locked_out_person_gets_no_session(client: Client, dana: User) -> None:
    dana.is_active = False
    dana.save()

    sign_in(client)

    assert client.get("/api/v1/me").status_code == 401


def test_signing_out_ends_the_session(client: Client, dana: User) -> None:
    sign_in(client)
    client.post("/accounts/logout/")

    assert client.get("/api/v1/me").status_code == 401
    assert not Session.objects.filter(user=dana).exists()


def test_a_reset_password_signs_out_everywhere(client: Client, client_for: ClientFor, dana: User) -> None:
    elsewhere, pair = client_for(dana), issue_tokens(user=dana)
    client.post("/accounts/password/reset/", {"email": dana.email})
    link = re.search(r"/accounts/password/reset/key/\S+", mail.outbox[0].body).group()
    form = client.get(link, follow=True).redirect_chain[-1][0]

    client.post(form, {"password1": "lighthouse-at-dusk-31", "password2": "lighthouse-at-dusk-31"})

    dana.refresh_from_db()
    assert dana.check_password("lighthouse-at-dusk-31")
    assert elsewhere.get("/api/v1/me").status_code == 401
    assert authenticate_token(pair.access_token) is None


def test_signing_up_is_a_sign_in_too(client: Client, db: None) -> None:
    client.post(
        "/accounts/signup/",
        {"name": "Erin", "email": "erin@halyard.example", "password1": PASSWORD},
        headers={"User-Agent": "Firefox"},
    )

    assert [attempt[2:4] for attempt in attempts()] == [("sign_up", "success")]


def test_confirming_the_address_is_noted(client: Client, api_for: ApiFor, db: None) -> None:
    api_for(None).call("POST", "/auth/signup", {"name": "Erin", "email": "erin@halyard.example", "password": PASSWORD})
    link = re.search(r"/accounts/confirm-email/\S+", mail.outbox[0].body).group()

    client.post(link)

    assert User.objects.get().email_verified_at is not None


def test_the_admin_has_no_door_of_its_own(client: Client, client_for: ClientFor, dana: User) -> None:
    nobody = client.get("/admin/login/?next=/admin/accounts/user/")
    member = client_for(dana).get("/admin/", follow=True)

    assert nobody["Location"] == "/accounts/login/?next=/admin/accounts/user/"
    assert member.status_code == 403


def test_signing_out_ends_the_session_and_tells_its_sockets(
    client: Client, dana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client)
    public_id, ended = client.session.public_id, []
    listener = SimpleNamespace(sessions_ended=lambda *, keys: ended.extend(keys))
    monkeypatch.setattr("accounts.hooks.subscribers", [listener])

    client.post("/accounts/logout/")

    assert ended == [f"session:{public_id}"]
    assert not Session.objects.filter(user=dana).exists()
