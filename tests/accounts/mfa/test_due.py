"""Whoever an organisation asks for a second factor turns one on before anything else, by whichever way they come."""

import asyncio
from typing import Any

import pytest
from django.urls import reverse

from accounts.early_authentication import authenticate_head
from accounts.models import Organisation, User
from accounts.organisations.services.invitations import create_invitation
from accounts.organisations.services.organisations import require_second_factor
from accounts.tokens.services.families import issue_tokens
from assets.scopes import WRITE_FILES
from chat.models import Room
from chat.socket.reconcile import Snapshot, diff_snapshot
from lib.web.errors import SecondFactorRequired
from tests.accounts.steps import code_of, enrol
from tests.conftest import ApiFor, ClientFor
from tests.lines import talk

pytestmark = pytest.mark.django_db

PAGES = ["/", "/o/halyard/", "/rooms/{room}/", "/settings/", "/settings/sessions/", "/welcome/"]


@pytest.fixture
def due(alice: User, bob: User, halyard: Organisation) -> User:
    enrol(alice)
    require_second_factor(actor=alice, slug=halyard.slug, required=True)
    bob.refresh_from_db()
    return bob


def test_uploads_are_refused_by_their_heads(due: User) -> None:
    token = issue_tokens(user=due).access_token
    head = {"type": "http", "method": "POST", "path": "/api/v1/uploads"}
    head["headers"] = [(b"host", b"localhost"), (b"authorization", f"Bearer {token}".encode())]

    with pytest.raises(SecondFactorRequired):
        authenticate_head(head, required_scope=WRITE_FILES)


def test_the_browser_cookie_is_refused_alike(due: User, client_for: ClientFor) -> None:
    browser = client_for(due)

    assert browser.get("/api/v1/orgs").json()["code"] == "second_factor_due"
    assert browser.get("/api/v1/me").status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_pages_lead_to_where_one_is_turned_on(path: str, due: User, client_for: ClientFor, room: Room) -> None:
    answer = client_for(due).get(path.format(room=room.pk))

    assert answer["Location"] == reverse("accounts:second-factor")


def test_an_invitation_waits(due: User, charlie: User, client_for: ClientFor) -> None:
    invitation = create_invitation(actor=charlie, slug="elsewhere")

    answer = client_for(due).post(invitation.url)

    assert answer["Location"] == reverse("accounts:second-factor")
    assert not due.memberships.filter(organisation=invitation.organisation).exists()


def test_parts_of_pages_are_refused(due: User, client_for: ClientFor, room: Room) -> None:
    answer = client_for(due).get(f"/rooms/{room.pk}/", headers={"X-Fragment": "1"})

    assert answer.status_code == 403


def test_the_page_that_turns_it_on_is_open_and_then_all_others(due: User, client_for: ClientFor) -> None:
    browser = client_for(due)

    assert browser.get(reverse("accounts:second-factor")).status_code == 200
    assert browser.post("/accounts/logout/").status_code == 302

    enrol(due)
    assert client_for(due).get("/o/halyard/rooms/").status_code == 200


def test_a_client_enrols_over_rest_and_goes_on(due: User, api_for: ApiFor) -> None:
    client = api_for(due)
    secret = client.call("POST", "/me/two-factor").json()["secret"]

    client.call("POST", "/me/two-factor/confirm", {"otp": code_of(secret)})

    assert client.call("GET", "/orgs").status_code == 200


def test_who_has_one_notices_nothing(
    due: User,
    alice: User,
    client_for: ClientFor,
    api_for: ApiFor,
    room: Room,
) -> None:
    assert client_for(alice).get(f"/rooms/{room.pk}/").status_code == 200
    assert api_for(alice).call("GET", "/orgs").status_code == 200


def test_a_socket_that_heard_nothing_of_it_is_cut_off(due: User, client_for: ClientFor) -> None:
    topic = f"session:{client_for(due).session.public_id}"

    [event] = diff_snapshot(Snapshot([topic], set(), set(), {}))

    assert (event.topic, event.action) == (topic, "close")
    User.objects.update(second_factor_due=False)
    assert diff_snapshot(Snapshot([topic], set(), set(), {})) == []


def test_open_sockets_close_and_new_ones_are_refused(run_server: Any) -> None:
    server = run_server("uvicorn")
    ann, ben = server.sign_up("Ann"), server.sign_up("Ben")
    slug = ann.found("Halyard")["slug"]
    ann.invite(slug, ben)
    secret = ann.ask("POST", "/me/two-factor")["secret"]
    ann.ask("POST", "/me/two-factor/confirm", {"otp": code_of(secret)})

    async def conversation(lines: Any) -> None:
        owner, line = await lines.connect(ann), await lines.connect(ben)
        await line.hear("welcome")
        await asyncio.to_thread(ann.ask, "PATCH", f"/orgs/{slug}", {"requires_second_factor": True})

        assert await line.closed(seconds=1) == 4403
        assert await (await lines.connect(ben)).closed() == 4403
        await owner.say(type="ping")
        assert await owner.hear("pong")

    talk(server, conversation)
