"""Where one is signed in."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.conf import settings
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import AuditEntry, Session, TokenFamily, User
from accounts.sessions.services import identify_session
from accounts.tokens.services.families import end_families, end_family, issue_tokens
from accounts.tokens.services.personal import create_token
from lib.realtime.hub import Event
from tests.conftest import ApiFor, ClientFor
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db


def test_browsers_and_clients_are_listed_with_where_they_are(
    api_for: ApiFor, client_for: ClientFor, alice: User
) -> None:
    browser = client_for(alice)
    browser.get("/api/v1/me", headers={"User-Agent": "Firefox"})
    issue_tokens(user=alice, ip_address="192.0.2.7", user_agent="curl/8")

    items = browser.get("/api/v1/me/sessions").json()["items"]

    assert [(item["kind"], item["ip_address"], item["user_agent"], item["current"]) for item in items] == [
        ("token", "192.0.2.7", "curl/8", False),
        ("browser", "127.0.0.1", "Firefox", True),
    ]
    assert browser.session.session_key not in str(items)


def test_the_current_one_is_marked_for_tokens_too(api_for: ApiFor, alice: User) -> None:
    here = api_for(alice)
    issue_tokens(user=alice)

    assert [item["current"] for item in here.call("GET", "/me/sessions").json()["items"]] == [False, True]


def test_the_list_comes_in_pages(api_for: ApiFor, client_for: ClientFor, alice: User) -> None:
    for _ in range(3):
        issue_tokens(user=alice)
        client_for(alice)
    api = api_for(alice)

    seen, cursor = [], ""
    while cursor is not None:
        page = api.call("GET", f"/me/sessions?limit=2{cursor and '&cursor=' + cursor}").json()
        seen += [item["id"] for item in page["items"]]
        cursor = page["next_cursor"]

    assert len(seen) == len(set(seen)) == 7


def test_the_list_costs_the_same_for_many(
    api_for: ApiFor,
    client_for: ClientFor,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    api = api_for(alice)
    for _ in range(5):
        issue_tokens(user=alice)
        client_for(alice)

    with django_assert_num_queries(3):
        assert len(api.call("GET", "/me/sessions").json()["items"]) == 11


def test_ending_a_session_signs_that_browser_out(api_for: ApiFor, client_for: ClientFor, alice: User) -> None:
    browser = client_for(alice)

    response = api_for(alice).call("DELETE", f"/me/sessions/{browser.session.public_id}")

    assert response.status_code == 204
    assert browser.get("/api/v1/me").status_code == 401


def test_ending_a_token_session_kills_its_tokens(api_for: ApiFor, alice: User) -> None:
    here, there = api_for(alice), api_for(alice)
    there_id = next(item["id"] for item in there.call("GET", "/me/sessions").json()["items"] if item["current"])

    assert here.call("DELETE", f"/me/sessions/{there_id}").status_code == 204
    assert there.call("GET", "/me").status_code == 401


def test_signing_out_everywhere_else_keeps_this_session_and_personal_tokens(
    api_for: ApiFor,
    client_for: ClientFor,
    alice: User,
    bob: User,
    published: list[Event],
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    here, there, script, stranger = client_for(alice), client_for(alice), api_for(alice), client_for(bob)
    personal = create_token(actor=alice, name="Script", scopes=["account:read"]).token
    ended = {f"session:{there.session.public_id}", *(f"token:{family.pk}" for family in sign_in_families(alice))}
    published.clear()

    with django_capture_on_commit_callbacks(execute=True):
        assert here.post("/settings/sessions/elsewhere/end/").status_code == 302

    statuses = [each.get("/api/v1/me").status_code for each in (here, there, script, stranger)]
    assert statuses == [200, 401, 401, 200]
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {personal}"}).status_code == 200
    assert {event.topic for event in published if event.action == "close"} == ended


def test_a_new_password_ends_the_other_sessions_and_no_personal_token(
    api_for: ApiFor, client_for: ClientFor, alice: User
) -> None:
    alice.set_password(PASSWORD)
    alice.save()
    here, there, script = client_for(alice), client_for(alice), api_for(alice)
    personal = create_token(actor=alice, name="Script", scopes=["account:read"]).token
    body = {"current_password": PASSWORD, "new_password": "four slow grey gulls"}

    assert here.post("/api/v1/me/password", body, "application/json").status_code in (200, 204)

    assert [each.get("/api/v1/me").status_code for each in (there, script)] == [401, 401]
    assert Client().get("/api/v1/me", headers={"Authorization": f"Bearer {personal}"}).status_code == 200
    assert not TokenFamily.objects.live().filter(kind=TokenFamily.Kind.SIGN_IN).exists()


def test_a_session_ends_once(
    alice: User, published: list[Event], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    issue_tokens(user=alice)
    family = TokenFamily.objects.get(user=alice)

    with django_capture_on_commit_callbacks(execute=True):
        ended = [end_family(actor=alice, family=family) for _ in range(2)]
        first = TokenFamily.objects.get(pk=family.pk).revoked_at
        ended.append(bool(end_families(family_ids=[family.pk])))

    assert ended == [True, False, False]
    assert TokenFamily.objects.get(pk=family.pk).revoked_at == first
    assert AuditEntry.objects.filter(record_id=family.pk, action="update").count() == 1
    assert [event.action for event in published] == ["close"]


def sign_in_families(user: User) -> QuerySet[TokenFamily]:
    return TokenFamily.objects.filter(user=user, kind=TokenFamily.Kind.SIGN_IN)


def test_others_sessions_are_out_of_reach(api_for: ApiFor, client_for: ClientFor, alice: User, bob: User) -> None:
    browser = client_for(alice)
    theirs = browser.session.public_id

    assert api_for(bob).call("DELETE", f"/me/sessions/{theirs}").status_code == 404
    assert api_for(bob).call("DELETE", f"/me/sessions/{uuid4()}").status_code == 404
    assert api_for(bob).call("DELETE", "/me/sessions/nonsense").status_code == 422
    assert api_for(None).call("DELETE", f"/me/sessions/{theirs}").status_code == 401
    assert browser.get("/api/v1/me").status_code == 200


def test_the_socket_knows_a_session_in_one_query(
    client_for: ClientFor, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    session = client_for(alice).session

    with django_assert_num_queries(1):
        identity = identify_session(session.session_key)

    assert (identity.user, identity.public_id) == (alice, session.public_id)


def test_a_session_ends_with_expiry_deactivation_and_a_new_password(client_for: ClientFor, alice: User) -> None:
    key = client_for(alice).session.session_key

    alice.set_password("another-password-9")
    alice.save()
    assert identify_session(key) is None

    key = client_for(alice).session.session_key
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert identify_session(key) is None

    key = client_for(alice).session.session_key
    alice.is_active = False
    alice.save()
    assert identify_session(key) is None
    assert identify_session("nonsense") is None


def test_an_anonymous_session_is_nobody(client: Client, db: None) -> None:
    session = client.session
    session["note"] = 1
    session.save()

    assert identify_session(session.session_key) is None


def test_signing_in_gives_the_session_another_secret(client: Client, alice: User) -> None:
    anonymous = client.session
    anonymous["note"] = 1
    anonymous.save()

    client.force_login(alice, backend="accounts.backends.AuthenticationBackend")

    assert client.session.session_key != anonymous.session_key
    assert client.session["note"] == 1
    assert Session.objects.get().user == alice


def test_saving_keeps_what_a_request_noted(client_for: ClientFor, alice: User) -> None:
    browser = client_for(alice)
    browser.get("/api/v1/me", headers={"User-Agent": "Firefox"})
    before = Session.objects.values("public_id", "user_agent", "created_at").get()

    session = browser.session
    session["more"] = True
    session.save()

    assert Session.objects.values("public_id", "user_agent", "created_at").get() == before


def test_an_answer_to_a_former_key_leaves_the_new_cookie_alone(alice: User, client_for: ClientFor) -> None:
    """Else its late answer would sign out a user who signs in meanwhile."""
    browser = client_for(alice)
    browser.cookies[settings.SESSION_COOKIE_NAME] = "a" * 32

    answers = [browser.get(path) for path in ("/api/v1/health", "/accounts/login/")]

    assert not any(settings.SESSION_COOKIE_NAME in answer.cookies for answer in answers)


def test_signing_out_deletes_the_cookie(alice: User, client_for: ClientFor) -> None:
    assert client_for(alice).post("/accounts/logout/").cookies[settings.SESSION_COOKIE_NAME].value == ""
