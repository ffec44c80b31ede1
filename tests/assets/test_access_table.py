"""The access table: who gets what of a file, by which request and door, through the real server."""

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.accounts.pictures import halves
from tests.assets.uploads.conftest import Tus
from tests.live import ANSWER_SECONDS, PASSWORD, LiveServer, Person

WAIT_SECONDS = 60
# Addresses of a file on our pages and over REST, and what else is asked for with them.
REQUESTS: dict[str, tuple[str, str, dict[str, str]]] = {
    "content": ("GET", "/content", {}),
    "head": ("HEAD", "/content", {}),
    "part": ("GET", "/content", {"Range": "bytes=0-1"}),
    "known": ("GET", "/content", {"If-None-Match": "{etag}"}),
    "known part": ("GET", "/content", {"Range": "bytes=0-1", "If-Range": "{etag}"}),
    "small": ("GET", "/thumbnail?size=small", {}),
    "large": ("GET", "/thumbnail?size=large", {}),
    "known small": ("GET", "/thumbnail?size=small", {"If-None-Match": "{small_etag}"}),
    "part of large": ("GET", "/thumbnail?size=large", {"Range": "bytes=0-1"}),
}
GOOD = {"part": 206, "known": 304, "known part": 206, "known small": 304, "part of large": 206}
SEEN = {name: GOOD.get(name, 200) for name in (*REQUESTS, "download", "page")} | {"list": "listed"}


def answer_all(status: int, listed: object = None) -> dict[str, object]:
    """The same answer to each request, and to that for the list."""
    return dict.fromkeys(SEEN, status) | {"list": status if listed is None else listed}


HIDDEN, OUTSIDE = answer_all(404, "unlisted"), answer_all(404)
# Of each actor: what our pages answer their session, what REST answers it, and what REST answers their token.
EXPECTED: dict[str, tuple[object, object, object]] = {
    "owner": (SEEN, SEEN, SEEN),
    "member in the room": (SEEN, SEEN, SEEN),
    "guest in the room": (SEEN, SEEN, SEEN),
    "member elsewhere": (HIDDEN, HIDDEN, HIDDEN),
    "owner of the organisation": (HIDDEN, HIDDEN, HIDDEN),
    "guest elsewhere": (HIDDEN, HIDDEN, HIDDEN),
    "member who left the room": (HIDDEN, HIDDEN, HIDDEN),
    "removed member": (OUTSIDE, OUTSIDE, OUTSIDE),
    "stranger": (OUTSIDE, OUTSIDE, OUTSIDE),
    "nobody": (answer_all(302), answer_all(401), answer_all(401)),
    "deactivated member": (answer_all(302), answer_all(401), answer_all(401)),
    "member without the scope": (SEEN, SEEN, answer_all(403)),
}
DOORS = ("page", "REST by session", "REST by token")


class Actor:
    """A user with a browser that is signed in, and a token."""

    def __init__(self, server: LiveServer, person: Person | None) -> None:
        self.person = person
        self.browser = httpx.Client(base_url=server.url, timeout=ANSWER_SECONDS)
        self.script = httpx.Client(base_url=server.url, timeout=ANSWER_SECONDS)
        page = self.browser.get("/accounts/password/reset/").text
        if person is not None:
            self.script.headers["Authorization"] = f"Bearer {person.token}"
            token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
            form = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": token and token[1]}
            assert self.browser.post("/accounts/login/", data=form).status_code == 302

    def ask(self, door: str, asset_id: str, **etags: str) -> dict[str, object]:
        """What a door answers to all requests for a file."""
        client = self.script if door == "REST by token" else self.browser
        api = "" if door == "page" else "/api/v1"
        answers: dict[str, object] = {}
        for name, (method, path, headers) in REQUESTS.items():
            given = {header: value.format(**etags) for header, value in headers.items()}
            answer = client.request(method, f"{api}/assets/{asset_id}{path}", headers=given)
            answers[name] = answer.status_code
            assert answer.status_code in (200, 206, 304) or "ETag" not in answer.headers
        download = "/content?download=true" if api else "/download"
        answers["download"] = client.get(f"{api}/assets/{asset_id}{download}").status_code
        page = f"/assets/{asset_id}" if api else f"/o/halyard/files/{asset_id}/"
        answers["page"] = client.get(f"{api}{page}").status_code
        listed = client.get("/api/v1/assets?org=halyard" if api else "/o/halyard/files/")
        found = "listed" if asset_id in listed.text else "unlisted"
        answers["list"] = found if listed.status_code == 200 else listed.status_code
        return answers


@dataclass
class Table:
    """The actors, their room, and a file that the owner has posted there."""

    actors: dict[str, Actor]
    room: dict[str, Any]
    message: dict[str, Any]
    asset_id: str
    etags: dict[str, str]

    @property
    def owner(self) -> Person:
        person = self.actors["owner"].person
        assert person is not None
        return person

    def post_file(self, room_id: str, width: int) -> tuple[str, dict[str, Any]]:
        """Post a picture; return its id and the message once its previews are made."""
        return post_file(self.owner, room_id, width)


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Table]:
    # Its own: what administers it deactivates a member.
    with LiveServer(tmp_path_factory.mktemp("table")) as server:
        yield build_table(server)


def build_table(server: LiveServer) -> Table:
    root = Person.arriving(server, "Root", 1)
    server.names["Root"] += 1
    people = {name: server.sign_up(f"P{number}") for number, name in enumerate(EXPECTED) if name != "nobody"}
    people["owner of the organisation"].found("Halyard")
    guests = [people["guest in the room"], people["guest elsewhere"]]
    invite(people["owner of the organisation"], "guest", guests)
    outside = (None, people["owner of the organisation"], people["stranger"], *guests)
    invite(people["owner of the organisation"], "member", [each for each in people.values() if each not in outside])
    people["stranger"].found("Elsewhere")
    absent = ("owner", "member elsewhere", "owner of the organisation", "guest elsewhere", "stranger")
    ids = [person.id for name, person in people.items() if name not in absent]
    owner = people["owner"]
    room = owner.ask("POST", "/orgs/halyard/rooms", {"name": "Design", "kind": "group", "member_ids": ids})
    asset_id, message = post_file(owner, room["id"], 2000)
    actors = {name: Actor(server, people.get(name)) for name in EXPECTED}
    small = owner.get(f"/assets/{asset_id}/thumbnail?size=small").headers["ETag"]
    etags = {"etag": owner.get(f"/assets/{asset_id}/content").headers["ETag"], "small_etag": small}
    # Each of them has seen it before.
    for name in ("member who left the room", "removed member", "deactivated member"):
        assert actors[name].ask("page", asset_id, **etags) == SEEN
    unscoped = people["member without the scope"]
    token = unscoped.ask("POST", "/me/tokens", {"name": "Script", "scopes": ["messages:read"]})["token"]
    actors["member without the scope"].script.headers["Authorization"] = f"Bearer {token}"
    owner.ask("DELETE", f"/rooms/{room['id']}/members/{people['member who left the room'].id}")
    head = people["owner of the organisation"]
    head.ask("DELETE", f"/orgs/halyard/members/{people['removed member'].id}")
    root.ask("POST", f"/admin/users/{people['deactivated member'].id}/deactivate")
    return Table(actors, room, message, asset_id, etags)


def invite(owner: Person, role: str, people: list[Person]) -> None:
    token = owner.ask("POST", "/orgs/halyard/invitations", {"role": role})["token"]
    for person in people:
        person.ask("POST", f"/invitations/{token}/accept")


def post_file(owner: Person, room_id: str, width: int) -> tuple[str, dict[str, Any]]:
    answer = owner.post("/assets", data={"org": "halyard"}, files={"file": ("harbour.png", halves(width, 1000))})
    asset_id: str = answer.json()["id"]
    message = owner.ask("POST", f"/rooms/{room_id}/messages", {"content": "", "asset_ids": [asset_id]})
    deadline = time.monotonic() + WAIT_SECONDS
    while owner.ask("GET", f"/assets/{asset_id}")["preview_url"] is None:
        assert time.monotonic() < deadline, "No preview was made."
        time.sleep(0.1)
    return asset_id, message


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("name", EXPECTED)
def test_each_actor_gets_what_they_may(table: Table, name: str, door: str) -> None:
    expected = EXPECTED[name][DOORS.index(door)]

    assert table.actors[name].ask(door, table.asset_id, **table.etags) == expected


@pytest.mark.parametrize("door", ["session", "token"])
@pytest.mark.parametrize("name", EXPECTED)
def test_nobody_reaches_the_upload_of_another_user(table: Table, name: str, door: str) -> None:
    address = Tus(table.owner).begin(10)
    actor = table.actors[name]
    client = actor.script if door == "token" else actor.browser
    headers = {"Tus-Resumable": "1.0.0", "X-CSRFToken": actor.browser.cookies.get("csrftoken", "")}
    part = {"Upload-Offset": "5", "Content-Type": "application/offset+octet-stream"}

    statuses = [
        client.head(address, headers=headers).status_code,
        client.patch(address, content=b"67890", headers=headers | part).status_code,
        client.delete(address, headers=headers).status_code,
    ]

    unknown = name in ("nobody", "deactivated member")
    refused = 401 if unknown else 403 if "scope" in name and door == "token" else 404
    assert statuses == ([200, 409, 204] if name == "owner" else [refused] * 3)
    assert Tus(table.owner).ask("HEAD", address).status_code == (404 if name == "owner" else 200)


def ask_everywhere(table: Table, name: str, asset_id: str) -> list[dict[str, object]]:
    return [table.actors[name].ask(door, asset_id, **table.etags) for door in DOORS]


@pytest.fixture
def posted(table: Table) -> tuple[str, dict[str, Any]]:
    """A file of the same bytes in a room of its own, whose addresses a member knows."""
    ids = [person.id for name in ("member in the room", "guest in the room") if (person := table.actors[name].person)]
    body = {"name": f"Room {time.monotonic_ns()}", "kind": "group", "member_ids": ids}
    room = table.owner.ask("POST", "/orgs/halyard/rooms", body)
    asset_id, message = table.post_file(room["id"], 2000)
    assert ask_everywhere(table, "member in the room", asset_id) == [SEEN] * 3
    return asset_id, message


def test_old_addresses_after_the_message_was_deleted(table: Table, posted: tuple[str, dict[str, Any]]) -> None:
    asset_id, message = posted
    table.owner.ask("DELETE", f"/messages/{message['id']}")

    assert ask_everywhere(table, "member in the room", asset_id) == [HIDDEN] * 3
    assert ask_everywhere(table, "guest in the room", asset_id) == [HIDDEN] * 3
    assert ask_everywhere(table, "owner", asset_id) == [SEEN] * 3


def test_old_addresses_after_the_file_was_deleted(table: Table, posted: tuple[str, dict[str, Any]]) -> None:
    asset_id, _message = posted
    table.owner.ask("DELETE", f"/assets/{asset_id}")

    for name in ("owner", "member in the room", "guest in the room"):
        assert ask_everywhere(table, name, asset_id) == [HIDDEN] * 3


def test_old_addresses_after_the_room_was_archived(table: Table, posted: tuple[str, dict[str, Any]]) -> None:
    """It is read as before, by its members alone."""
    asset_id, message = posted
    table.owner.ask("POST", f"/rooms/{message['room_id']}/archive")

    assert ask_everywhere(table, "member in the room", asset_id) == [SEEN] * 3
    assert ask_everywhere(table, "member elsewhere", asset_id) == [HIDDEN] * 3


def test_old_addresses_after_the_room_was_deleted(table: Table, posted: tuple[str, dict[str, Any]]) -> None:
    asset_id, message = posted
    table.owner.ask("DELETE", f"/rooms/{message['room_id']}")

    assert ask_everywhere(table, "member in the room", asset_id) == [HIDDEN] * 3
    assert ask_everywhere(table, "owner", asset_id) == [SEEN] * 3
