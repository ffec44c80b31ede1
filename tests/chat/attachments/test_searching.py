"""Files are found by their names, kinds and words, by those who see them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts.models import Membership, Organisation, User
from assets.models import BlobSearchEntry
from assets.search_index import fill_search_index, save_text
from assets.storing.services import delete_asset, update_asset
from chat.messages.services.attachments import remove_attachment
from chat.messages.services.edit import delete_message, edit_message
from chat.models import Room
from chat.rooms.services.members import remove_member
from chat.search.queries import candidates
from chat.search.queries.messages import FoundMessage, search_messages
from lib.jobs import run_due_jobs
from lib.text.search_text import build_search_term, build_search_text
from tests.chat.attachments.conftest import PostFiles, StoreFile
from tests.chat.search.corpus import TERMS, TEXTS
from tests.chat.steps import LOOKING, say
from tests.conftest import ApiClient
from tests.factories import make_membership, make_organisation, make_room, make_user

Search = Callable[..., list[FoundMessage]]
TIDES = b"The rent of the harbour office is due in March.\n"


@pytest.fixture
def search(halyard: Organisation, alice: User) -> Search:
    """Search in Halyard, page after page, and make the texts of files before."""

    def call(q: str, *, user: User = alice, limit: int = 20) -> list[FoundMessage]:
        run_due_jobs(queue="media")
        run_due_jobs()
        page = search_messages(user=user, organisation=halyard, q=q, limit=limit, order="newest")
        found = list(page.items)
        while page.next_cursor is not None:
            page = search_messages(
                user=user, organisation=halyard, q=q, limit=limit, order="newest", cursor=page.next_cursor
            )
            found += page.items
        return found

    return call


def name_files(found: list[FoundMessage]) -> list[list[str]]:
    return [[shown["name"] for shown in each.message.attachments or ()] for each in found]


def test_messages_are_found_by_the_names_of_their_files(
    store: StoreFile, post_files: PostFiles, search: Search, alice: User, room: Room
) -> None:
    post_files(store("Möwen-Liste 2026.txt"), content="for you")
    say(alice, room, "no file")

    [found] = search("mowen liste")

    assert found.snippet == "for you <mark>Möwen</mark>-<mark>Liste</mark> 2026.txt"
    assert len(search('"liste 2026.txt"')) == 1


def test_a_renamed_file_is_found_by_its_new_name_alone(
    store: StoreFile, post_files: PostFiles, search: Search, alice: User
) -> None:
    asset = store("quay.txt")
    message = post_files(asset, content="look")

    update_asset(actor=alice, asset_id=asset.pk, name="pier.txt")
    edit_message(actor=alice, message_id=message.pk, content="see")

    assert (search("quay"), name_files(search("pier see"))) == ([], [["pier.txt"]])


def test_what_was_deleted_or_removed_is_not_found(
    store: StoreFile, post_files: PostFiles, search: Search, alice: User
) -> None:
    deleted, removed, other = store("one.txt", TIDES), store("two.txt", TIDES + b"2"), store("three.txt", TIDES + b"3")
    post_files(deleted, content="look")
    message = post_files(removed, content="see")
    gone = post_files(other, content="here")
    assert [len(search(q)) for q in ("has:file", "in-file:rent", "txt")] == [3, 3, 3]

    delete_asset(actor=alice, asset_id=deleted.pk)
    assert len(search_messages(user=alice, organisation=message.room.organisation, q="in-file:rent").items) == 2
    remove_attachment(actor=alice, message_id=message.pk, asset_id=removed.pk)
    delete_message(actor=alice, message_id=gone.pk)

    assert [search(q) for q in ("has:file", "in-file:rent", "txt")] == [[], [], []]
    assert len(search("-has:file")) == 2


def test_kinds_of_files(store: StoreFile, post_files: PostFiles, search: Search, alice: User, room: Room) -> None:
    say(alice, room, "boats")
    post_files(store("a.txt"), content="a text")
    post_files(store("b.png"), store("c.txt", b"%PDF-1.4\n%%EOF"), content="two files")

    found = {
        q: {each.message.content for each in search(q)} for q in ("has:file", "has:images", "has:pdf", "has:video")
    }

    assert found == {
        "has:file": {"a text", "two files"},
        "has:images": {"two files"},
        "has:pdf": {"two files"},
        "has:video": set(),
    }
    assert {each.message.content for each in search("-has:image")} == {"boats", "a text"}


def test_words_in_a_file_come_with_their_surroundings(
    store: StoreFile, post_files: PostFiles, search: Search, ann: ApiClient, browser: Client
) -> None:
    asset = store("dues.txt", b"calm sea. " * 900 + TIDES + b"<b>calm</b> sea. " * 900)
    post_files(store("other.txt"), asset, content="Look at this")

    [found] = search('in-file:"harbour office" in-file:"ren"')
    [item] = ann.call("GET", "/search?org=halyard&q=in-file:rent").json()["items"]
    page = browser.get("/o/halyard/search/", {"q": 'in-file:"march <b>"'}).content.decode()

    assert found.file is not None
    assert (found.file.name, found.file.kind) == ("dues.txt", "text")
    assert "<mark>ren</mark>t of the <mark>harbour office</mark> is due" in found.file.snippet
    assert found.file.snippet.startswith("… ") and found.file.snippet.endswith(" …")
    assert item["found_file"] | {"snippet": ""} == {"id": str(asset.pk), "name": "dues.txt", "snippet": ""}
    assert "<mark>rent</mark>" in item["found_file"]["snippet"]
    assert "March." not in page or "<b>calm" not in page
    assert search("-in-file:rent") == []


def test_letters_that_no_index_knows_are_left_out(
    store: StoreFile, post_files: PostFiles, search: Search, alice: User, halyard: Organisation
) -> None:
    post_files(store("dues.txt", "The db of feedbacks. 上海".encode()), content="look")

    page = search_messages(user=alice, organisation=halyard, q="look in-file:d")

    assert (page.left_out, len(page.items)) == (("in-file:d",), 1)
    assert [len(search(f"in-file:{word}")) for word in ("db", "ed", "edb", "上", "海上")] == [1, 0, 1, 1, 0]


def test_who_does_not_see_a_message_finds_nothing_in_its_files(
    store: StoreFile, post_files: PostFiles, search: Search, alice: User, bob: User, charlie: User, room: Room
) -> None:
    guest = make_user("Gus")
    make_membership(room.organisation, guest, role=Membership.Role.GUEST)
    elsewhere = make_organisation("Annex", owner=charlie)
    post_files(store("rent.txt", TIDES), content="look")

    for q in ("in-file:rent", "rent", "has:file", "in-file:rent has:file"):
        assert [len(search(q, user=user)) for user in (alice, bob, guest, charlie)] == [1, 1, 0, 0]
        assert not search_messages(user=charlie, organisation=elsewhere, q=q).items
    remove_member(actor=alice, room_id=room.pk, user_id=bob.pk)
    assert [search(q, user=bob) for q in ("in-file:rent", "rent", "has:file")] == [[], [], []]


@pytest.mark.parametrize("order", [(3_000, 16), (2, 16), (2, 0)], ids=["few rows", "by the index", "of many rooms"])
def test_searching_files_equals_reading_them(
    store: StoreFile,
    post_files: PostFiles,
    search: Search,
    alice: User,
    room: Room,
    halyard: Organisation,
    monkeypatch: pytest.MonkeyPatch,
    order: tuple[int, int],
) -> None:
    names = ("READ_AS_A_WHOLE", "WALKED", "WALKED_AT_MOST", "FEW_ROOMS")
    for name, value in zip(names, (*order[:1] * 3, order[1]), strict=True):
        monkeypatch.setattr(candidates, name, value)
    make_room(halyard, "empty", admin=alice)
    for number, text in enumerate(TEXTS):
        post_files(store(f"{number}.txt", text.encode("utf-8-sig")), content=text[:3] if number % 2 else "")
        say(alice, room, text)
    terms = [term for term in TERMS if len(build_search_term(term)) > 2]

    found = {term: read_numbers(search(f'in-file:"{term}" -tea', limit=7)) for term in terms}

    assert found == {term: scan(term) for term in terms}


def read_numbers(found: list[FoundMessage]) -> list[int]:
    return sorted(int(name.removesuffix(".txt")) for [name] in name_files(found))


def scan(term: str) -> list[int]:
    """Read every text, and keep those that hold a term, and whose message is not about tea."""
    return [
        number
        for number, text in enumerate(TEXTS)
        if build_search_term(term) in build_search_text(text) and " tea" not in build_search_text(text[:3])
    ]


def test_words_in_files_cost_the_same_for_any_number(
    store: StoreFile,
    post_files: PostFiles,
    alice: User,
    halyard: Organisation,
    search: Search,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in (1, 9):
        for n in range(number):
            post_files(store(f"{number}{n}.txt", TIDES + str(n).encode()))
        search("x")
        with django_assert_num_queries(5 + LOOKING):  # rooms, entries, messages; attachments, texts
            search_messages(user=alice, organisation=halyard, q="in-file:rent")


def test_texts_from_before_there_was_an_index_are_filled(
    store: StoreFile, post_files: PostFiles, search: Search, capsys: pytest.CaptureFixture[str]
) -> None:
    post_files(store("dues.txt", TIDES))
    assert search("in-file:rent")
    BlobSearchEntry.objects.all().delete()
    assert not search("in-file:rent")

    fill_search_index(apps.get_app_config("assets"), "default")

    assert search("in-file:rent")
    assert "1 of 1" in capsys.readouterr().out


def test_a_text_that_is_made_again_replaces_the_earlier_one(
    store: StoreFile, post_files: PostFiles, search: Search
) -> None:
    asset = store("dues.txt", TIDES)
    post_files(asset)
    assert search("in-file:rent")

    save_text(asset.blob, "calm")

    assert (len(search("in-file:rent")), len(search("in-file:calm"))) == (0, 1)
    asset.blob.assets.all().delete()
    asset.blob.delete()
    assert not BlobSearchEntry.objects.exists()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM assets_blobsearchentry_fts_docsize")
            assert cursor.fetchone() == (0,)
