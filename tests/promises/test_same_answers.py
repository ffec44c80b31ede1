"""Case, accents and Unicode forms make no difference in searches and unique names, on any database."""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.audit.services import record_created
from accounts.models import Organisation, User
from chat.messages.services.post import post_message
from chat.models import Room
from chat.rooms.queries.directory import directory_for
from chat.rooms.services.rooms import open_direct_room
from chat.sidebar.queries import list_my_rooms
from tests.accounts.steps import enrol
from tests.conftest import ApiFor, ClientFor
from tests.factories import make_membership, make_organisation, make_room, make_user

# What is kept, what is asked, whether it is found.
SEARCHES = [
    ("Кирилл", "кирилл", True),
    ("кирилл", "КИРИЛЛ", True),
    ("Семён", "семен", True),
    ("Андрей", "андреи", False),
    ("Ärzte", "ärzte", True),
    ("Ärzte", "ARZTE", True),
    ("Arzte", "ärz", True),
    ("Café Noir", "cafe\u0301 n", True),
    ("Cafe\u0301 Noir", "café", True),
    ("Straße", "STRASSE", True),
    ("İstanbul", "istanbul", True),
    ("Ilgın", "ILGIN", True),
    ("Łódź", "lodz", True),
    ("Søren", "soren", True),
    ("Σίσυφος", "ΣΙΣΥΦΟΣ", True),
    ("Ｗｉｄｅ", "wide", True),
    ("ﬁne", "fine", True),
    ("が", "か", False),
    ("ガ", "ｶﾞ", True),
    ("नि", "न", True),
    ("नि", "नी", False),
    ("Nguyễn Đức", "nguyen duc", True),
    ("100%", "00%", True),
    ("1000", "00%", False),
    ("a_b", "a_b", True),
    ("axb", "a_b", False),
    ("back\\slash", "k\\s", True),
    ("Anna", "\u0301", False),
    ("O'Brien", "o'b", True),
]
NAMESAKES = [
    ("Ärzte", "ärzte"),
    ("Café", "Cafe\u0301"),
    ("кирилл", "КИРИЛЛ"),
    ("Équipe", "équipe"),
    ("straße", "STRASSE"),
    ("Ｗｉｄｅ", "wide"),
    ("İzmir", "izmir"),
]


@pytest.fixture
def hall(alice: User, bob: User, root: User) -> Organisation:
    return make_organisation("Hall", owner=alice, members=[bob])


@pytest.mark.parametrize(("kept", "asked", "is_found"), SEARCHES)
def test_every_search_finds_it(
    hall: Organisation,
    alice: User,
    bob: User,
    root: User,
    api_for: ApiFor,
    client_for: ClientFor,
    kept: str,
    asked: str,
    is_found: bool,
) -> None:
    person = make_user(kept, username="somebody-else", email="somebody-else@halyard.example")
    make_membership(hall, person)
    room = make_room(hall, kept, admin=bob, kind="channel")
    enrol(root)
    record_created(root, person)
    by_alice, by_root = api_for(alice), api_for(root)

    def search(client: Any, path: str) -> str:
        answer = client.get(path, {"q": asked})
        assert answer.status_code == 200, answer.content
        return answer.content.decode()

    shown = {
        "members": search(by_alice, "/api/v1/orgs/hall/members"),
        "users": search(by_root, "/api/v1/admin/users"),
        "audit": search(by_root, "/api/v1/admin/audit"),
        "people": search(client_for(alice), reverse("chat:people", args=["hall"])),
        "users page": search(client_for(root), reverse("accounts:users")),
        "django admin": search(client_for(root), reverse("admin:accounts_user_changelist")),
    }
    rooms = {
        "directory": search(client_for(alice), reverse("chat:directory", args=["hall"])),
        "django admin": search(client_for(root), reverse("admin:chat_room_changelist")),
    }

    assert {place: str(person.pk) in page or person.username in page for place, page in shown.items()} == dict.fromkeys(
        shown, is_found
    )
    assert {place: str(room.pk) in page for place, page in rooms.items()} == dict.fromkeys(rooms, is_found)


@pytest.mark.parametrize(("first", "second"), NAMESAKES)
def test_channels_that_differ_by_case_or_form_cannot_both_exist(
    hall: Organisation, alice: User, api_for: ApiFor, first: str, second: str
) -> None:
    client = api_for(alice)
    create = "/orgs/hall/rooms"
    assert client.call("POST", create, {"kind": "channel", "name": first}).status_code == 201
    other = client.call("POST", create, {"kind": "channel", "name": "other"}).json()["id"]

    assert client.call("POST", create, {"kind": "channel", "name": second}).status_code == 409
    assert client.call("PATCH", f"/rooms/{other}", {"name": second}).status_code == 409
    assert client.call("POST", create, {"kind": "group", "name": second}).status_code == 201


def test_a_channel_is_renamed_to_another_case_of_its_name(hall: Organisation, alice: User, api_for: ApiFor) -> None:
    room = make_room(hall, "ärzte", admin=alice, kind="channel")

    assert api_for(alice).call("PATCH", f"/rooms/{room.pk}", {"name": "Ärzte"}).json()["name"] == "Ärzte"
    assert api_for(alice).call("PATCH", f"/rooms/{room.pk}", {"name": "Lotsen"}).status_code == 200
    assert list(Room.objects.filter(folded_name__contains_folded="LOTS")) == [room]


def test_names_are_kept_in_one_form(hall: Organisation, alice: User, api_for: ApiFor) -> None:
    client, sent = api_for(alice), unicodedata.normalize("NFD", "Café Ñandú")

    room = client.call("POST", "/orgs/hall/rooms", {"kind": "channel", "name": sent, "topic": sent}).json()
    me = client.call("PATCH", "/me", {"name": sent, "status": {"text": sent}}).json()
    posted = client.call("POST", f"/rooms/{room['id']}/messages", {"content": sent}).json()

    kept = (room["name"], room["topic"], me["name"], me["status"]["text"], posted["content"])
    assert kept == ("Café Ñandú",) * 5


def test_an_address_is_one_in_every_case_and_form(db: None, api_for: ApiFor) -> None:
    body = {"name": "Bü", "password": "harbour-light-2026"}
    addresses = ["dora@bücher.example", "DORA@BÜCHER.example", unicodedata.normalize("NFD", "Dora@Bücher.example")]
    for address in addresses:
        api_for(None).call("POST", "/auth/signup", body | {"email": address})

    assert list(User.objects.filter(email__contains="dora").values_list("email", flat=True)) == [addresses[0]]
    credentials = [{"email": address, "password": body["password"]} for address in addresses]
    assert [api_for(None).call("POST", "/auth/token", given).status_code for given in credentials] == [200] * 3


def test_usernames_and_slugs_are_unique_in_any_case(hall: Organisation, alice: User, api_for: ApiFor) -> None:
    client = api_for(alice)

    assert client.call("PATCH", "/me", {"username": "BOB"}).status_code in (409, 422)
    assert client.call("PATCH", "/me", {"username": "bob"}).status_code == 409
    assert client.call("POST", "/orgs", {"name": "Hall", "slug": "HALL"}).status_code == 422
    assert client.call("POST", "/orgs", {"name": "Hall", "slug": "hall"}).status_code == 409


@pytest.mark.parametrize(("kept", "asked", "is_found"), SEARCHES)
def test_the_lists_of_ones_own_rooms_find_it(
    hall: Organisation, alice: User, bob: User, kept: str, asked: str, is_found: bool
) -> None:
    bob.name = kept
    bob.save()
    room = make_room(hall, kept, admin=alice)
    direct = open_direct_room(actor=alice, slug="hall", user_ids=[bob.pk])[0]
    post_message(actor=alice, room_id=direct.pk, content="Hello")

    found = [
        [row[0] for row in list_my_rooms(user=alice, organisation=hall, directs=directs, q=asked)]
        for directs in (False, True)
    ]

    assert found == ([[room.pk], [direct.pk]] if is_found else [[], []])


def test_names_are_sorted_alike_whatever_the_database(hall: Organisation, alice: User, bob: User) -> None:
    names = ["Zoo", "ärzte", "Bär", "Архив", "arzt", "Éclair"]
    for name in names:
        make_room(hall, name, admin=alice, kind="channel")

    rows = list_my_rooms(user=alice, organisation=hall, directs=False)
    listed = [entry.name for entry in directory_for(user=alice, organisation=hall)]

    assert [row[2] for row in rows] == listed == ["arzt", "ärzte", "Bär", "Éclair", "Zoo", "Архив"]


def test_no_search_is_left_to_the_database() -> None:
    """Its own folding knows ASCII alone (SQLite), or what its locale says (PostgreSQL)."""
    root = Path(settings.BASE_DIR)
    sources = {path: path.read_text() for app in ("accounts", "chat", "config") for path in (root / app).rglob("*.py")}

    found = {
        str(path.relative_to(root)): lookups
        for path, text in sources.items()
        if (lookups := re.findall(r"__(?:icontains|istartswith|iendswith|iregex|search)\b", text))
    }

    assert found == {}
