"""Names are what one sees of them: at every door nothing unseen gets in, and nothing needed is lost."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import Organisation, User
from chat.models import Room
from chat.rooms.services.rooms import create_room
from lib.text.names import clean_name
from lib.text.slugs import make_handle
from tests.accounts.steps import enrol
from tests.conftest import ApiClient, ApiFor, ClientFor
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

UNSEEN = {
    "zero width space": "\u200b",
    "joiners alone": "\u200d\u200c",
    "direction override": "\u202e\u202c",
    "isolates": "\u2066\u2069",
    "byte order mark": "\ufeff",
    "Hangul filler": "\u3164",
    "Braille blank": "\u2800",
    "variation": "\ufe0f",
    "tags": "\U000e0041\U000e007f",
    "accent on nothing": "\u0301",
    "soft hyphen": "\u00ad",
    "note without a head": "\U0001d159",
    "unassigned": "\u2065\ufff0\U000e0080\U000e0fff\u0378",
}
DISGUISED = "\u202eAl\u200bi\u200dce\u2069\ufeff \u3164Mo\u2065re\U000e0080au\ufe0f"


@pytest.mark.parametrize("name", UNSEEN.values(), ids=UNSEEN)
def test_what_nobody_sees_is_no_name(name: str) -> None:
    with pytest.raises(ValidationError):
        clean_name(name)


def test_disguises_come_off() -> None:
    assert clean_name(DISGUISED) == "Alice Moreau"


@pytest.mark.parametrize(
    "name",
    [
        "نامه\u200cها",  # Persian, with a non-joiner
        "ක්\u200dෂිතිජ",  # Sinhala, with a joiner
        "👩\u200d👩\u200d👧",  # a family
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f Halyard",
        "1\ufe0f\u20e3 First",
        "👩🏽\u200d🚀",
        "\U0001fae8 Shaking",  # newer than some Pythons
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland
        "葛\U000e0100城",
        "שרה Levi",
        "Zoë",
        "!",
    ],
)
def test_what_is_needed_stays(name: str) -> None:
    assert clean_name(name) == name


# --- Doors -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def founder(alice: User, client_for: ClientFor) -> Client:
    return client_for(alice)


@pytest.fixture
def api(alice: User, halyard: Organisation, api_for: ApiFor) -> ApiClient:
    return api_for(alice)


@pytest.fixture
def boats(alice: User, halyard: Organisation) -> Room:
    return create_room(actor=alice, slug="halyard", kind="group", name="boats")


@pytest.mark.parametrize("name", ["\u200b\u2066", "\u3164"])
def test_rest_refuses_what_nobody_sees(api: ApiClient, api_for: ApiFor, boats: Room, name: str) -> None:
    newcomer = {"email": "dana@halyard.example", "password": PASSWORD, "name": name}
    answers = [
        api_for(None).call("POST", "/auth/signup", newcomer),
        api.call("PATCH", "/me", {"name": name}),
        api.call("POST", "/orgs", {"name": name}),
        api.call("PATCH", "/orgs/halyard", {"name": name}),
        api.call("POST", "/orgs/halyard/rooms", {"name": name, "kind": "channel"}),
        api.call("PATCH", f"/rooms/{boats.pk}", {"name": name}),
    ]

    assert [(answer.status_code, answer.json()["errors"][0]["loc"]) for answer in answers] == [
        (422, ["body", "name"])
    ] * len(answers)


@pytest.mark.parametrize("name", ["\u200b\u2066", "\u3164"])
def test_forms_refuse_what_nobody_sees(
    founder: Client, client: Client, halyard: Organisation, boats: Room, name: str
) -> None:
    signed_up = client.post("/accounts/signup/", {"name": name, "email": "dana@halyard.example", "password1": PASSWORD})
    answers = [
        founder.post("/settings/", {"name": name, "username": "alice"}),
        founder.post("/organisations/new/", {"name": name}),
        founder.post("/o/halyard/settings/", {"name": name}),
        founder.post("/o/halyard/rooms/new/", {"name": name, "kind": "channel"}),
        founder.post(f"/rooms/{boats.pk}/details/", {"name": name}),
    ]

    assert [answer.status_code for answer in answers] == [422] * len(answers)
    for answer in (signed_up, *answers):
        assert 'aria-invalid="true"' in answer.content.decode()
    assert not User.objects.filter(email="dana@halyard.example").exists()


def test_disguises_come_off_at_every_door(api: ApiClient, alice: User, boats: Room, client_for: ClientFor) -> None:
    api.call("PATCH", "/me", {"name": DISGUISED})
    api.call("PATCH", "/orgs/halyard", {"name": DISGUISED})
    api.call("PATCH", f"/rooms/{boats.pk}", {"name": DISGUISED, "topic": f"  {DISGUISED}  "})

    boats.refresh_from_db()
    assert User.objects.get(pk=alice.pk).name == Organisation.objects.get(slug="halyard").name == "Alice Moreau"
    assert (boats.name, boats.topic) == ("Alice Moreau", "Alice Moreau")


def test_a_channel_is_not_doubled_in_disguise(api: ApiClient) -> None:
    names = ("boats", "bo\u200bats")

    statuses = [
        api.call("POST", "/orgs/halyard/rooms", {"name": name, "kind": "channel"}).status_code for name in names
    ]

    assert statuses == [201, 409]
    assert Room.objects.filter(kind="channel").count() == 1


def test_administrators_make_no_unseen_people(client_for: ClientFor) -> None:
    root = make_user("Root", is_staff=True, is_superuser=True, role="admin")
    enrol(root)
    form = {"email": "dana@halyard.example", "username": "dana", "password1": PASSWORD, "password2": PASSWORD}

    refused = client_for(root).post("/admin/accounts/user/add/", form | {"name": "\u200b"})
    client_for(root).post("/admin/accounts/user/add/", form | {"name": DISGUISED})

    assert refused.status_code == 200
    assert User.objects.get(username="dana").name == "Alice Moreau"


@pytest.mark.parametrize("handle", ["al\u200bice", "\u202ealice", "аlice", "al ice", "\u200b"])
def test_usernames_and_addresses_hold_none_of_it(api: ApiClient, handle: str) -> None:
    assert api.call("PATCH", "/me", {"username": handle}).status_code == 422
    assert api.call("POST", "/orgs", {"name": "Ours", "slug": handle}).status_code == 422


@pytest.mark.parametrize(
    ("name", "handle"), [("Nina Løken", "nina-loken"), ("Łukasz Groß", "lukasz-gross"), ("Åsa Öberg", "asa-oberg")]
)
def test_handles_keep_letters_that_are_no_accents(name: str, handle: str) -> None:
    assert make_handle(name, fallback="member") == handle
