"""The page of files, a file, and what is stored."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import Organisation, User
from assets.models import Asset, StorageUse
from tests.accounts.pictures import halves
from tests.assets.conftest import Shelf, StoreFile
from tests.conftest import ClientFor
from tests.factories import make_membership, make_organisation, make_user

FILES = "/o/halyard/files/"
# Session, user, membership, files, thumbnails, people, rooms, and those of the sidebar.
COST = 11
STORAGE = f"{FILES}storage/"


def list_names(client: Client, query: str = "", **headers: str) -> list[str]:
    answer = client.get(f"{FILES}?{query}", headers=headers)
    assert answer.status_code == 200
    return [file.asset.name for file in answer.context["rows"].rows]


def address_of(asset: Asset) -> str:
    return reverse("chat:file", args=["halyard", asset.pk])


def test_files_are_found_by_group_person_time_and_name(
    client_for: ClientFor, alice: User, bob: User, store: StoreFile, shelf: Shelf
) -> None:
    picture = store(halves(), "Möwe.png", actor=alice)
    store(b"mine", "notes.txt")
    shelf.asset_ids, shelf.readers = {picture.pk}, {bob.pk}
    Asset.objects.filter(pk=picture.pk).update(created_at=timezone.now() - timedelta(days=400))
    client = client_for(bob)

    assert list_names(client) == ["notes.txt", "Möwe.png"]
    assert list_names(client, "sort=name") == ["Möwe.png", "notes.txt"]
    assert list_names(client, "kind=images") == ["Möwe.png"]
    assert list_names(client, "kind=documents") == ["notes.txt"]
    assert list_names(client, "kind=media") == []
    assert list_names(client, "owner=me") == ["notes.txt"]
    assert list_names(client, f"owner={alice.pk}&kind=images") == ["Möwe.png"]
    assert list_names(client, "during=year") == ["notes.txt"]
    assert list_names(client, "q=MOWE") == ["Möwe.png"]
    assert list_names(client, "owner=nonsense&kind=nonsense&sort=nonsense") == ["notes.txt", "Möwe.png"]


def test_others_see_nothing_of_it(
    client_for: ClientFor, alice: User, bob: User, charlie: User, store: StoreFile
) -> None:
    asset = store()

    assert list_names(client_for(alice)) == []
    assert client_for(alice).get(address_of(asset)).status_code == 404
    assert client_for(alice).post(address_of(asset), {"name": "x"}).status_code == 404
    assert client_for(alice).post(f"{address_of(asset)}deletion/").status_code == 404
    assert client_for(charlie).get(FILES).status_code == 404
    assert Client().get(FILES).status_code == 302
    assert client_for(bob).get(address_of(asset)).status_code == 200


def test_a_file_has_no_page_in_another_organisation(client_for: ClientFor, bob: User, store: StoreFile) -> None:
    asset, elsewhere = store(), make_organisation("Elsewhere", owner=bob)

    assert client_for(bob).get(reverse("chat:file", args=[elsewhere.slug, asset.pk])).status_code == 404
    assert client_for(bob).post(reverse("chat:file-deletion", args=[elsewhere.slug, asset.pk])).status_code == 404
    assert Asset.objects.not_deleted().count() == 1


def test_the_view_that_was_chosen_last_stays(client_for: ClientFor, bob: User, store: StoreFile) -> None:
    store()
    client = client_for(bob)

    assert client.get(FILES).context["view"] == "grid"
    client.get(f"{FILES}?view=list")
    assert client.get(FILES).context["view"] == "list"
    assert client.get(f"{FILES}?view=nonsense").context["view"] == "grid"
    assert client.get(FILES).context["view"] == "list"


def test_further_files_come_as_rows(
    client_for: ClientFor, bob: User, store: StoreFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chat.library.views.ROWS", 2)
    for n in range(3):
        store(f"{n}".encode(), f"{n}.txt")
    client = client_for(bob)
    first = client.get(f"{FILES}?sort=name")

    assert "X-Fragment" not in first.headers
    more = client.get(first.context["rows"].next_url, headers={"X-Fragment": "rows"})
    assert "2.txt" in more.text
    assert "<html" not in more.text
    assert more.context["rows"].next_url is None


def test_an_owner_names_and_deletes_a_file(client_for: ClientFor, alice: User, bob: User, store: StoreFile) -> None:
    asset = store()
    client = client_for(bob)

    assert client.post(address_of(asset), {"name": "", "alt_text": ""}).status_code == 422
    assert client.post(address_of(asset), {"name": "low tide.txt", "alt_text": "Tides"}).status_code == 302
    asset.refresh_from_db()
    assert (asset.name, asset.alt_text) == ("low tide.txt", "Tides")
    assert client.post(f"{address_of(asset)}deletion/").status_code == 302
    assert client.get(address_of(asset)).status_code == 404
    assert list_names(client) == []


def test_readers_change_nothing(client_for: ClientFor, alice: User, bob: User, store: StoreFile, shelf: Shelf) -> None:
    asset = store(actor=alice)
    shelf.asset_ids, shelf.readers = {asset.pk}, {bob.pk}
    client = client_for(bob)
    shown = client.get(address_of(asset)).text

    assert "delete-file" not in shown
    assert 'name="alt_text"' not in shown
    assert client.post(address_of(asset), {"name": "x"}).status_code == 403
    assert client.post(f"{address_of(asset)}deletion/").status_code == 403


def test_administrators_see_what_is_stored(
    client_for: ClientFor, alice: User, bob: User, charlie: User, halyard: Organisation, store: StoreFile
) -> None:
    assert client_for(alice).get(STORAGE).status_code == 200
    store(b"x" * 3000)
    StorageUse.objects.update(quota=6000)
    shown = client_for(alice).get(STORAGE).text

    assert 'max="6000" value="3000"' in shown
    assert "1 file" in shown
    assert client_for(bob).get(STORAGE).status_code == 403
    assert client_for(charlie).get(STORAGE).status_code == 404
    assert STORAGE not in client_for(bob).get(FILES).text
    assert STORAGE in client_for(alice).get(FILES).text


@pytest.mark.parametrize("address", [FILES, f"{FILES}?view=list&sort=name&q=t&during=year"])
def test_a_page_of_files_costs_the_same_however_many_there_are(
    client_for: ClientFor,
    bob: User,
    halyard: Organisation,
    store: StoreFile,
    django_assert_num_queries: DjangoAssertNumQueries,
    address: str,
) -> None:
    store()
    client = client_for(bob)
    client.get(address)
    with django_assert_num_queries(COST):
        client.get(address)
    for n in range(12):
        make_membership(halyard, make_user(f"member{n}"))
        store(f"{n}".encode(), f"tides {n}.txt")
    with django_assert_num_queries(COST):
        client.get(address)
