"""An organisation's own emoji: who adds them, under which names, and what is stored of the picture."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, ValidationError
from django.core.files.storage import default_storage
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from accounts.audit.descriptions import describe_entry
from accounts.models import AuditEntry, Membership, Organisation, User
from accounts.organisations.services.organisations import create_organisation, set_message_rules
from chat.emoji import services
from chat.emoji.services import add_emoji, delete_emoji, open_emoji_image, set_emoji_aliases
from chat.models import CustomEmoji, EmojiName
from lib.images import shrink_emoji
from tests.accounts.pictures import bomb, halves, upload
from tests.conftest import ApiClient, ApiFor
from tests.factories import make_membership, make_user


@pytest.fixture
def add(alice: User, halyard: Organisation) -> Callable[..., CustomEmoji]:
    """Add an emoji to Halyard, as Alice unless another user is given."""

    def build(
        name: str = "party_boat", *aliases: str, actor: User = alice, content: bytes | None = None
    ) -> CustomEmoji:
        file = upload(content or halves())
        return add_emoji(actor=actor, slug=halyard.slug, file=file, name=name, aliases=aliases)

    return build


def draw_animation(frames: int = 3, kind: str = "GIF", side: int = 300) -> bytes:
    """A square that changes its colour."""
    pictures = [Image.new("RGBA", (side, side), (60 * n % 256, 0, 0, 255)) for n in range(frames)]
    written = BytesIO()
    pictures[0].save(written, kind, save_all=True, append_images=pictures[1:], duration=80, loop=0)
    return written.getvalue()


def send_emoji(client: ApiClient, slug: str, **fields: Any) -> Any:
    data = encode_multipart(BOUNDARY, fields)
    return client.generic("POST", f"/api/v1/orgs/{slug}/emoji", data=data, content_type=MULTIPART_CONTENT)


@pytest.mark.parametrize(
    ("typed", "name"), [(":Party_Boat:", "party_boat"), ("größe", "größe"), ("+2", "+2"), (" b-52 ", "b-52")]
)
def test_a_name_is_stored_in_lower_case_without_colons(add: Any, typed: str, name: str) -> None:
    assert add(typed).name == name


@pytest.mark.parametrize(
    "name", ["", "a", "two words", "a:b", "x" * 33, "<b>", "tada", "TADA", ":+1:", "a\u202eb", "'onerror="]
)
def test_a_name_that_means_something_else_or_nothing_is_refused(add: Any, name: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        add(name)

    assert list(refusal.value.message_dict) == ["name"]
    assert not CustomEmoji.objects.exists()


@pytest.mark.parametrize("name", ["party_boat", "PARTY_BOAT", "ship_it", "Schiff_größe", "schiff_grosse"])
def test_a_name_is_given_once_without_regard_to_case_and_accents(add: Any, name: str) -> None:
    add("party_boat", "ship_it", "schiff_größe")

    with pytest.raises(ValidationError, match="Another emoji"):
        add(name)


def test_names_of_another_organisation_are_free(add: Any, charlie: User) -> None:
    add()
    create_organisation(actor=charlie, name="Faraway", slug="faraway")

    add_emoji(actor=charlie, slug="faraway", file=upload(halves()), name="party_boat")

    assert CustomEmoji.objects.count() == 2


def test_further_names_are_replaced_by_who_added_it_or_an_admin(add: Any, alice: User, bob: User) -> None:
    emoji = add("party_boat", "ship_it", "boat_dance", actor=bob)

    set_emoji_aliases(actor=bob, emoji_id=emoji.pk, aliases=["ship_it", "party_boat", "vessel"])
    assert set_emoji_aliases(actor=alice, emoji_id=emoji.pk, aliases=["vessel"]).aliases == ["vessel"]
    assert set(EmojiName.objects.values_list("name", flat=True)) == {"party_boat", "vessel"}
    with pytest.raises(ValidationError, match="At most 9"):
        set_emoji_aliases(actor=bob, emoji_id=emoji.pk, aliases=[f"name_{n}" for n in range(10)])


def test_only_who_added_it_and_admins_delete_it(add: Any, alice: User, bob: User, halyard: Organisation) -> None:
    carol = make_user("Carol")
    make_membership(halyard, carol)
    emoji, other = add("party_boat", actor=bob), add("anchor_dance", actor=bob)

    for change in (
        lambda: delete_emoji(actor=carol, emoji_id=emoji.pk),
        lambda: set_emoji_aliases(actor=carol, emoji_id=emoji.pk, aliases=["mine"]),
    ):
        with pytest.raises(PermissionDenied):
            change()
    delete_emoji(actor=bob, emoji_id=emoji.pk)
    delete_emoji(actor=alice, emoji_id=other.pk)

    assert not CustomEmoji.objects.exists() and not EmojiName.objects.exists()


def test_guests_add_none_and_members_none_where_admins_keep_it(
    add: Any, alice: User, bob: User, halyard: Organisation
) -> None:
    set_message_rules(actor=alice, slug=halyard.slug, emoji_by_admins=True)
    with pytest.raises(PermissionDenied):
        add(actor=bob)
    add(actor=alice)
    set_message_rules(actor=alice, slug=halyard.slug, emoji_by_admins=False)
    Membership.objects.filter(user=bob).update(role="guest")

    with pytest.raises(PermissionDenied):
        add("anchor_dance", actor=bob)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_an_animation_stays_one_and_becomes_small(add: Any, alice: User, kind: str) -> None:
    emoji = add(content=draw_animation(kind=kind))

    stored = Image.open(BytesIO(open_emoji_image(actor=alice, emoji_id=emoji.pk)))
    assert (stored.format, stored.size, getattr(stored, "n_frames", 1)) == ("WEBP", (128, 128), 3)
    assert emoji.is_animated


def test_a_long_animation_is_cut_off(add: Any, alice: User) -> None:
    emoji = add(content=draw_animation(frames=130, side=20))

    stored = Image.open(BytesIO(open_emoji_image(actor=alice, emoji_id=emoji.pk)))
    assert stored.n_frames <= 100


def test_what_is_transparent_stays_so_and_small_pictures_stay_small(add: Any, alice: User) -> None:
    emoji = add(content=halves(20, 10, mode="RGBA"))

    assert Image.open(BytesIO(open_emoji_image(actor=alice, emoji_id=emoji.pk))).size == (20, 10)
    assert not emoji.is_animated


@pytest.mark.parametrize(
    ("content", "status"),
    [(b"<svg/>", 415), (bomb(), 413), (halves()[:200], 422), (b"x" * (1024 * 1024 + 1), 413), (b"GIF89a", 422)],
)
def test_a_bad_picture_is_refused(ann: ApiClient, halyard: Organisation, content: bytes, status: int) -> None:
    answer = send_emoji(ann, halyard.slug, file=upload(content), name="party_boat")

    assert answer.status_code == status, answer.content
    assert not CustomEmoji.objects.exists()


def test_emoji_over_rest(ann: ApiClient, api_for: ApiFor, bob: User, charlie: User, halyard: Organisation) -> None:
    made = send_emoji(ann, halyard.slug, file=upload(halves()), name="party_boat", aliases="ship_it, vessel")
    body = made.json()

    assert (made.status_code, body["name"], body["aliases"]) == (201, "party_boat", ["ship_it", "vessel"])
    assert send_emoji(ann, halyard.slug, file=upload(halves()), name="ship_it").status_code == 409
    assert ann.call("POST", f"/orgs/{halyard.slug}/emoji", {"name": "x"}).status_code == 415
    assert api_for(bob).call("GET", f"/orgs/{halyard.slug}/emoji").json()["items"] == [body]
    path = body["image_url"].removeprefix("/api/v1")
    picture = api_for(bob).call("GET", path)
    assert (picture.status_code, picture["Content-Type"]) == (200, "image/webp")
    assert picture["Cache-Control"].startswith("private")
    assert api_for(charlie).call("GET", path).status_code == 404
    assert api_for(None).call("GET", path).status_code == 401
    assert ann.call("PATCH", f"/emoji/{body['id']}", {"aliases": ["boat_dance"]}).json()["aliases"] == ["boat_dance"]
    assert ann.call("DELETE", f"/emoji/{body['id']}").status_code == 204
    assert api_for(bob).call("GET", path).status_code == 404


def test_strangers_see_none(add: Any, charlie: User) -> None:
    emoji = add()

    for ask in (open_emoji_image, delete_emoji):
        with pytest.raises(ObjectDoesNotExist):
            ask(actor=charlie, emoji_id=emoji.pk)


def test_what_is_done_is_written_down(add: Any, alice: User) -> None:
    emoji = add()
    set_emoji_aliases(actor=alice, emoji_id=emoji.pk, aliases=["ship_it"])
    delete_emoji(actor=alice, emoji_id=emoji.pk)

    assert [describe_entry(entry) for entry in AuditEntry.objects.order_by("pk")] == [
        "added the emoji :party_boat:",
        "gave the emoji :party_boat: the further names ship_it",
        "deleted the emoji :party_boat:",
    ]


def test_a_list_of_many_costs_what_a_list_of_one_does(
    add: Any, ann: ApiClient, halyard: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for n in range(5):
        add(f"boat_{n}", f"ship_{n}")

    with django_assert_num_queries(4):  # token, membership, emoji, names
        assert len(ann.call("GET", f"/orgs/{halyard.slug}/emoji").json()["items"]) == 5


def test_the_last_place_is_taken_once(
    add: Any, alice: User, halyard: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    delete_emoji(actor=alice, emoji_id=add("first").pk)
    monkeypatch.setattr(services, "MAX_EMOJI_PER_ORGANISATION", 1)

    def shrink_while_another_is_added(file: Any) -> tuple[bytes, bool]:
        CustomEmoji.objects.create(organisation=halyard, name="other", image="emoji/other.webp", created_by=alice)
        return shrink_emoji(file)

    monkeypatch.setattr(services, "shrink_emoji", shrink_while_another_is_added)

    stored = set(default_storage.listdir("emoji")[1])
    with pytest.raises(ValidationError, match="are enough"):
        add()
    assert [emoji.name for emoji in CustomEmoji.objects.all()] == ["other"]
    assert set(default_storage.listdir("emoji")[1]) == stored
