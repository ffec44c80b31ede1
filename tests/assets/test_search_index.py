"""What files are found by follows their texts."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import Q

from accounts.models import Organisation, User
from assets.models import Blob, BlobSearchEntry
from assets.search_index import fill_search_index, save_text, select_blobs
from lib.jobs import run_due_jobs
from tests.assets.conftest import StoreFile
from tests.factories import make_organisation


def find(piece: str, organisation: Organisation) -> list[object]:
    return list(select_blobs(piece, Q(organisation=organisation)).values_list("blob", flat=True))


def test_a_text_is_found_by_pieces_in_its_organisation(store: StoreFile, halyard: Organisation, charlie: User) -> None:
    annex = make_organisation("Annex", owner=charlie)
    asset = store("Niedrigwasser um sechs in Łódź".encode())
    run_due_jobs(queue="media")

    assert find("wasser um", halyard) == find(" lodz", halyard) == [asset.blob_id]
    assert find("hochwasser", halyard) == find("wasser um", annex) == []


def test_a_text_that_is_made_again_replaces_the_earlier_one(store: StoreFile, halyard: Organisation) -> None:
    asset = store()
    save_text(asset.blob, "ebb")
    save_text(asset.blob, "flood")

    assert (find("ebb", halyard), find("flood", halyard)) == ([], [asset.blob_id])
    save_text(asset.blob, "")
    assert not BlobSearchEntry.objects.exists()


def test_a_deleted_blob_leaves_the_index(store: StoreFile, halyard: Organisation) -> None:
    asset = store()
    save_text(asset.blob, "ebb")

    asset.delete()
    Blob.objects.all().delete()

    assert find("ebb", halyard) == []
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM assets_blobsearchentry_fts_docsize")
            assert cursor.fetchone() == (0,)


def test_texts_without_an_entry_are_filled(
    store: StoreFile, halyard: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    asset = store()
    save_text(asset.blob, "ebb")
    BlobSearchEntry.objects.all().delete()

    fill_search_index(apps.get_app_config("assets"), "default")

    assert find("ebb", halyard) == [asset.blob_id]
    assert "1 of 1" in capsys.readouterr().out
