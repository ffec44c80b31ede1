"""Of all that REST offers, a user who is due to turn on a second factor may do that and leave."""

import uuid

import pytest
from pytest_django import Settings

from accounts.models import User
from accounts.organisations.services.organisations import require_second_factor
from accounts.tokens.services.families import issue_tokens
from chat.models import Room
from tests.accounts.steps import enrol
from tests.conftest import ApiFor
from tests.factories import make_organisation, make_room, make_user
from tests.prepared import openapi_schema

pytestmark = pytest.mark.django_db

OPEN = {
    "/auth/token/revoke",
    "/me",
    "/me/passkeys",
    "/me/passkeys/registration",
    "/me/passkeys/verification",
    "/me/passkeys/{passkey_id}",
    "/me/sessions",
    "/me/sessions/{session_id}",
    "/me/two-factor",
    "/me/two-factor/confirm",
    "/me/two-factor/recovery-codes",
    "/me/verification",
}
# Those that ask who is there at all.
OPERATIONS = [
    (method, path.removeprefix("/api/v1"))
    for path, methods in openapi_schema()["paths"].items()
    # Those of uploads are beside Django, like the heads of forms with files: both ask `authenticate_head`.
    if not path.startswith("/api/v1/uploads")
    for method, operation in methods.items()
    if operation.get("security")
]


@pytest.fixture(scope="module")
def room(db_of_file: None) -> Room:
    """A room of Alice, whose organisation asks for a second factor, and of Bob, who has none."""
    alice, bob = make_user("Alice"), make_user("Bob")
    halyard = make_organisation("Halyard", owner=alice, members=[bob])
    enrol(alice)
    require_second_factor(actor=alice, slug=halyard.slug, required=True)
    return make_room(halyard, admin=alice, members=[bob])


@pytest.fixture(scope="module")
def token(room: Room) -> str:
    """Bob's."""
    return issue_tokens(user=User.objects.get(username="bob")).access_token


class Places(dict):
    def __missing__(self, name: str) -> str:
        return str(uuid.uuid4())


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_rest_refuses_all_but_enrolling_and_leaving(
    method: str, path: str, token: str, room: Room, api_for: ApiFor, settings: Settings
) -> None:
    # All ask with one token, from one address.
    settings.THROTTLE = False
    address = path.format_map(Places(slug="halyard", room_id=room.pk))
    body = {} if method != "get" else None

    answer = api_for(None).call(method.upper(), address, body, Authorization=f"Bearer {token}")

    refused = answer.status_code == 403 and answer.json()["code"] == "second_factor_due"
    assert refused is (path not in OPEN)
