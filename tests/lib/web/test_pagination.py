"""A cursor is one we gave out, on every list."""

import base64
from uuid import uuid4

import pytest

from accounts.models import Organisation, User
from chat.groups.services import create_group
from chat.messages.services.post import post_message
from chat.models import Room
from tasks.projects.services.projects import create_project
from tasks.work.services.creating import create_task
from tests.conftest import ApiFor

pytestmark = pytest.mark.django_db

STRANGE = {
    "nothing": "",
    "NUL": "%00",
    "NUL within": "AZXzonweflKbCj9sHS%00",
    "words": "next",
    "too short": "AAAA",
    "too long": base64.urlsafe_b64encode(b"x" * 17).decode().rstrip("="),
    "far too long": "A" * 101,
    "padded": base64.urlsafe_b64encode(uuid4().bytes).decode(),
    "spelt otherwise": "A" * 21 + "B",
    "not ASCII": "%C3%A4%C3%A4",
    "not UTF-8": "%FF",
    "a surrogate": "%ED%A0%80",
    "a number": "10000000000000000000000",
    "SQL": "';--",
}


@pytest.fixture
def lists(api_for: ApiFor, alice: User, room: Room) -> list[str]:
    """The paths of all lists in pages, as the schema names them."""
    message = post_message(actor=alice, room_id=room.pk, content="hi").message
    group = create_group(actor=alice, slug="halyard", name="Crew", handle="crew")
    project = create_project(actor=alice, slug="halyard", name="Harbour Light")
    task = create_task(actor=alice, project_id=project.pk, title="Mend the light")
    ids = {"slug": "halyard", "room_id": room.pk, "message_id": message.pk, "group_id": group.pk}
    ids |= {"project_id": project.pk, "task_id": task.pk}
    paths = api_for(None).call("GET", "/openapi.json").json()["paths"]
    found = [
        path.removeprefix("/api/v1").format(**ids)
        for path, operations in paths.items()
        if any(parameter["name"] == "cursor" for parameter in operations.get("get", {}).get("parameters", ()))
    ]
    assert len(found) >= 7
    return found


@pytest.mark.parametrize("cursor", STRANGE.values(), ids=STRANGE)
def test_strange_cursors_are_invalid_on_every_list(api_for: ApiFor, alice: User, lists: list[str], cursor: str) -> None:
    api = api_for(alice)

    for path in lists:
        answer = api.call("GET", f"{path}?cursor={cursor}")
        assert (path, answer.status_code) == (path, 422)
        assert answer["Content-Type"] == "application/problem+json"
        # Some want more than a cursor, such as what to search for.
        assert ["query", "cursor"] in [error["loc"] for error in answer.json()["errors"]]


def test_any_parameter_with_nul_is_named(api_for: ApiFor, alice: User) -> None:
    answer = api_for(alice).call("GET", "/orgs?limit=5%00&cursor=a%00")

    assert answer.status_code == 422
    assert [fault["loc"] for fault in answer.json()["errors"]] == [["query", "limit"], ["query", "cursor"]]


def test_what_was_given_out_is_taken_back(api_for: ApiFor, alice: User, halyard: Organisation) -> None:
    api = api_for(alice)
    first = api.call("GET", "/orgs/halyard/members?limit=2").json()

    rest = api.call("GET", f"/orgs/halyard/members?limit=2&cursor={first['next_cursor']}").json()

    names = [member["user"]["name"] for page in (first, rest) for member in page["items"]]
    assert names == ["Alice", "Bob", "Robin"]
