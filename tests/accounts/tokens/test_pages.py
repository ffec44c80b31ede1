"""Access tokens in the settings: made, shown once, revoked."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Session, TokenFamily, User
from accounts.tokens.services.personal import create_token
from tests.accounts.steps import labelled_error
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db

PAGE = "/settings/tokens/"
SCRIPT = {"name": "Deploy script", "scopes": ["rooms:read", "messages:write"], "days": "30"}


def shown_token(answer: Any) -> str | None:
    found = re.search(r'value="(atr_pat_[^"]+)"', answer.content.decode())
    return found and found.group(1)


def test_a_new_token_is_shown_this_once(alice: User, client_for: ClientFor, api_for: ApiFor) -> None:
    browser = client_for(alice)

    answer = browser.post(PAGE, SCRIPT)

    token = shown_token(answer)
    assert "no-store" in answer["Cache-Control"]
    assert api_for(None).call("GET", "/orgs", Authorization=f"Bearer {token}").json()["code"] == "scope_missing"
    again = browser.get(PAGE).content.decode()
    assert token not in again
    assert "Deploy script" in again and "Rooms: read · Messages: write" in again and "Last used" in again
    assert token not in str([row.get_decoded() for row in Session.objects.all()])


@pytest.mark.parametrize(("days", "lasts"), [("30", 30), ("90", 90), ("365", 365), ("", None)])
def test_it_lasts_as_long_as_chosen(alice: User, client_for: ClientFor, days: str, lasts: int | None) -> None:
    client_for(alice).post(PAGE, SCRIPT | {"days": days})

    ends = TokenFamily.objects.get().expires_at
    assert (ends is None) if lasts is None else abs(ends - timezone.now() - timedelta(days=lasts)) < timedelta(hours=1)


def test_what_was_chosen_stays_beside_the_error(alice: User, client_for: ClientFor) -> None:
    browser = client_for(alice)

    nameless = browser.post(PAGE, SCRIPT | {"name": "\u200b"})
    useless = browser.post(PAGE, {"name": "Deploy <b>", "days": "30"})

    assert nameless.status_code == useless.status_code == 422
    assert labelled_error(nameless, "name") == "This can&#x27;t be empty."
    assert re.search(r'value="messages:write" checked', nameless.content.decode())
    assert "Choose at least one scope." in useless.content.decode()
    assert 'value="Deploy &lt;b&gt;"' in useless.content.decode()
    assert shown_token(nameless) is shown_token(useless) is None


@pytest.mark.parametrize("more", [{"scopes": ["weather:read"]}, {"days": "1000000"}, {"days": "x"}])
def test_what_the_page_does_not_offer_is_refused(alice: User, client_for: ClientFor, more: dict[str, Any]) -> None:
    assert client_for(alice).post(PAGE, SCRIPT | more).status_code == 422
    assert not TokenFamily.objects.exists()


def test_revoking(alice: User, client_for: ClientFor) -> None:
    browser = client_for(alice)
    made = create_token(actor=alice, name="Deploy script", scopes=["rooms:read"])

    answer = browser.post(reverse("accounts:token-revocation", args=[made.family.pk]), follow=True)

    page = answer.content.decode()
    assert "That token no longer works." in page and "No tokens yet" in page


def test_nobody_revokes_the_token_of_another(alice: User, bob: User, client_for: ClientFor) -> None:
    made = create_token(actor=alice, name="Harbour watch", scopes=["rooms:read"])
    browser = client_for(bob)

    for token_id in (made.family.pk, uuid4()):
        assert browser.post(reverse("accounts:token-revocation", args=[token_id])).status_code == 404
    assert "Harbour watch" not in browser.get(PAGE).content.decode()
    assert TokenFamily.objects.live().exists()


def test_only_who_is_signed_in_gets_here(client: Client, db: None) -> None:
    assert client.get(PAGE).status_code == client.post(PAGE, SCRIPT).status_code == 302


def test_devices_are_for_sign_ins_only(alice: User, client_for: ClientFor) -> None:
    create_token(actor=alice, name="Deploy script", scopes=["rooms:read"])

    page = client_for(alice).get("/settings/sessions/").content.decode()

    assert "Deploy script" not in page and "App:" not in page


@pytest.mark.parametrize("more", [0, 8])
def test_the_page_costs_the_same_for_any_number(
    alice: User, client_for: ClientFor, django_assert_num_queries: DjangoAssertNumQueries, more: int
) -> None:
    for _ in range(1 + more):
        create_token(actor=alice, name="Deploy script", scopes=["rooms:read"])
    browser = client_for(alice)
    browser.get(PAGE)

    with django_assert_num_queries(4):
        browser.get(PAGE)
