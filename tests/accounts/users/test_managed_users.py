"""System administrators look after everybody's accounts over REST; to all others none of them is there."""

import re
from typing import Any
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, Organisation, Session, TokenFamily, User
from accounts.tokens.services.families import issue_tokens
from tests.accounts.steps import enrol
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.factories import make_email_address

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("unthrottled")]

DORA = {"email": "Dora@Halyard.example", "name": "Dora Diver"}


def test_somebody_new_chooses_a_password_by_mail(
    admin: ApiClient, client: Client, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.call("POST", "/admin/users", DORA)

    assert answer.status_code == 201 and answer.json()["username"] == "dora-diver"
    dora = User.objects.get(email="dora@halyard.example")
    assert not dora.has_usable_password()
    [letter] = mail.outbox
    assert letter.to == [dora.email] and "Root made you an account" in letter.subject
    [link] = re.findall(r"http://testserver(/accounts/password/reset/key/\S+)", letter.body)
    form = client.get(link).url
    client.post(form, {"password1": "four slow grey gulls", "password2": "four slow grey gulls"})
    dora.refresh_from_db()
    assert dora.check_password("four slow grey gulls") and dora.email_verified_at
    assert AuditEntry.objects.get(action="create").record_id == dora.pk


def test_somebody_new_may_be_given_a_password_and_rights(admin: ApiClient) -> None:
    answer = admin.call("POST", "/admin/users", DORA | {"password": "four slow grey gulls", "role": "admin"})

    dora = User.objects.get(pk=answer.json()["id"])
    assert dora.check_password("four slow grey gulls")
    assert dora in User.objects.administrators()
    assert not mail.outbox


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"email": "alice@halyard.example"}, 409),
        ({"username": "ALICE"}, 422),
        ({"username": "alice"}, 409),
        ({"email": "nobody"}, 422),
        ({"name": "\u200b"}, 422),
        ({"name": "a\x00b"}, 422),
        ({"name": "x" * 81}, 422),
        ({"password": "short"}, 422),
        ({"role": "owner"}, 422),
        ({"email": 7}, 422),
    ],
)
def test_what_cannot_be_an_account_is_refused(
    admin: ApiClient, alice: User, change: dict[str, Any], status: int
) -> None:
    assert admin.call("POST", "/admin/users", DORA | change).status_code == status
    assert not User.objects.filter(name__startswith="Dora").exists()


def test_name_username_and_role_change(admin: ApiClient, root: User, bob: User) -> None:
    answer = admin.call("PATCH", f"/admin/users/{bob.pk}", {"name": "Bobby", "username": "bobby", "role": "admin"})

    assert answer.status_code == 200 and answer.json()["role"] == "admin"
    bob.refresh_from_db()
    assert (bob.name, bob.username, bob.is_staff, bob.is_superuser) == ("Bobby", "bobby", True, True)
    entry = AuditEntry.objects.get()
    assert entry.user == root and entry.changes["role"] == ["user", "admin"] and entry.changes["name"][1] == "Bobby"


def test_ones_own_address_takes_ones_password(admin: ApiClient, client_for: ClientFor, root: User) -> None:
    answer = admin.call("PATCH", f"/admin/users/{root.pk}", {"email": "elsewhere@halyard.example"})
    page = client_for(root).post(
        f"/administration/users/{root.pk}/",
        {"name": root.name, "username": root.username, "email": "elsewhere@halyard.example", "role": "admin"},
    )

    assert (answer.status_code, page.status_code) == (422, 422)
    assert all("in your settings" in each.content.decode() for each in (answer, page))
    assert User.objects.get(pk=root.pk).email == root.email
    assert admin.call("PATCH", f"/admin/users/{root.pk}", {"email": root.email, "name": "Ruth"}).status_code == 200


def test_another_address_is_unconfirmed_and_former_links_are_dead(
    admin: ApiClient, client: Client, bob: User, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_email_address(bob, verified=True)
    User.objects.filter(pk=bob.pk).update(email_verified_at="2026-01-01T00:00Z")
    client.post("/accounts/password/reset/", {"email": bob.email})
    [link] = re.findall(r"http://testserver(/\S+)", mail.outbox.pop().body)

    with django_capture_on_commit_callbacks(execute=True):
        answer = admin.call("PATCH", f"/admin/users/{bob.pk}", {"email": "bob@moved.example"})

    assert (answer.json()["email"], answer.json()["email_verified"]) == ("bob@moved.example", False)
    assert [(row.email, row.verified) for row in EmailAddress.objects.filter(user=bob)] == [
        ("bob@moved.example", False)
    ]
    assert sorted(letter.to[0] for letter in mail.outbox) == ["bob@halyard.example", "bob@moved.example"]
    assert "used or has expired" in client.get(link, follow=True).content.decode()


def test_a_taken_address_or_username_is_a_conflict(admin: ApiClient, alice: User, bob: User) -> None:
    for change in ({"email": alice.email}, {"username": alice.username}):
        answer = admin.call("PATCH", f"/admin/users/{bob.pk}", change)
        assert (answer.status_code, answer.json()["code"]) == (409, "taken")


def test_the_last_administrator_keeps_the_role(admin: ApiClient, root: User) -> None:
    answer = admin.call("PATCH", f"/admin/users/{root.pk}", {"role": "user"})

    assert (answer.status_code, answer.json()["code"]) == (409, "last_administrator")
    root.refresh_from_db()
    assert root.role == "admin" and root.is_superuser


def test_an_agent_is_listed_and_not_changed(admin: ApiClient, robin: User) -> None:
    assert admin.call("GET", f"/admin/users/{robin.pk}").status_code == 200
    assert admin.call("PATCH", f"/admin/users/{robin.pk}", {"name": "Rob"}).status_code == 403


def test_somebody_is_locked_out_and_let_in_again(admin: ApiClient, bob: User, client_for: ClientFor) -> None:
    client_for(bob)

    assert admin.call("POST", f"/admin/users/{bob.pk}/deactivate").json()["is_active"] is False
    assert not Session.objects.filter(user=bob).exists()
    assert admin.call("POST", f"/admin/users/{bob.pk}/activate").json()["is_active"] is True


def test_somebody_is_signed_out_everywhere(admin: ApiClient, bob: User, client_for: ClientFor) -> None:
    client_for(bob)
    issue_tokens(user=bob)

    assert admin.call("POST", f"/admin/users/{bob.pk}/sign-out").status_code == 204
    assert not Session.objects.filter(user=bob).exists()
    assert not TokenFamily.objects.live().filter(user=bob).exists()


def test_a_lost_second_factor_is_taken_away(admin: ApiClient, bob: User) -> None:
    path = f"/admin/users/{bob.pk}/two-factor"

    assert admin.call("DELETE", path).status_code == 409
    enrol(bob)
    assert admin.call("DELETE", path).status_code == 204
    bob.refresh_from_db()
    assert bob.second_factor_at is None


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""),
        ("PATCH", ""),
        ("POST", "/deactivate"),
        ("POST", "/activate"),
        ("POST", "/sign-out"),
        ("DELETE", "/two-factor"),
    ],
)
def test_to_all_others_nobody_is_there(
    api_for: ApiFor,
    admin: ApiClient,
    alice: User,
    bob: User,
    halyard: Organisation,
    method: str,
    path: str,
) -> None:
    body = {"name": "Bobby"} if method == "PATCH" else None

    hidden = api_for(alice).call(method, f"/admin/users/{bob.pk}{path}", body)
    missing = admin.call(method, f"/admin/users/{uuid4()}{path}", body)

    assert hidden.status_code == missing.status_code == 404 and hidden.json() == missing.json()
    assert api_for(None).call(method, f"/admin/users/{bob.pk}{path}", body).status_code == 401
    assert admin.call(method, f"/admin/users/nonsense{path}", body).status_code == 422
