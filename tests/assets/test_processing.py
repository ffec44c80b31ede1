"""Previews are made in a job, once the file is stored."""

import zlib
from pathlib import Path

import pytest
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from accounts.models import User
from assets import hooks
from assets.models import Asset, Blob, BlobText, Thumbnail
from assets.processing.jobs import process_blob
from assets.processing.pdf_scripts import has_script
from lib.jobs import run_due_jobs
from tests.accounts.pictures import halves, knowing
from tests.assets.attacks import PDF, PLAIN_PDF
from tests.assets.conftest import StoreFile, list_stored
from tests.conftest import ApiFor


def test_a_picture_gets_two_thumbnails_by_a_job(store: StoreFile, storage: Path, api_for: ApiFor, bob: User) -> None:
    asset = store(halves(2000, 1000), "harbour.png")
    shown = api_for(bob).call("GET", f"/assets/{asset.pk}").json()
    assert (shown["state"], shown["width"], shown["height"], shown["thumbnail_url"]) == ("pending", 2000, 1000, None)

    run_due_jobs(queue="media")

    shown = api_for(bob).call("GET", f"/assets/{asset.pk}").json()
    assert (shown["state"], shown["placeholder"][0]) == ("ready", "#")
    for url, sides in ((shown["thumbnail_url"], (360, 180)), (shown["preview_url"], (1600, 800))):
        answer = api_for(bob).get(url)
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/webp")
        assert answer.getvalue()[8:12] == b"WEBP"
        assert Thumbnail.objects.filter(width=sides[0], height=sides[1]).exists()
    assert len(list_stored(storage)) == 3
    assert list_stored(storage.parent / "uploads") == []


def test_a_turned_photo_is_described_upright(store: StoreFile) -> None:
    asset = store(knowing(6), "photo.jpg")

    assert (asset.metadata["width"], asset.metadata["height"]) == (200, 400)


def test_a_text_is_kept_for_the_search(store: StoreFile) -> None:
    asset = store(b"Low tide at six.\nHigh tide at noon.\n", "tides.txt")
    run_due_jobs(queue="media")

    asset.blob.refresh_from_db()
    assert (asset.kind, asset.blob.state) == ("text", "ready")
    assert asset.blob.metadata["first_lines"].startswith("Low tide")
    assert "High tide" in BlobText.objects.get(blob=asset.blob).text
    assert "text" not in asset.blob.metadata


def test_of_a_broken_picture_nothing_is_made(store: StoreFile) -> None:
    asset = store(halves(400, 400)[:300], "broken.png")
    run_due_jobs(queue="media")

    asset.blob.refresh_from_db()
    assert asset.blob.state == (Blob.State.FAILED if asset.kind == "image" else Blob.State.READY)
    assert not Thumbnail.objects.exists()


def test_repeating_it_replaces_what_was_made(
    store: StoreFile, storage: Path, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    asset = store(halves(), "harbour.png")
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            process_blob.call(blob_id=str(asset.blob_id))

    assert Thumbnail.objects.count() == 2
    assert len(list_stored(storage)) == 3


def test_what_is_deleted_meanwhile_is_left_out(store: StoreFile) -> None:
    asset = store()
    blob_id = str(asset.blob_id)
    Asset.objects.all().delete()
    Blob.objects.all().delete()

    process_blob.call(blob_id=blob_id)


def test_who_shows_it_is_told(store: StoreFile, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[dict[str, object]] = []

    class Listener:
        def blob_processed(self, **given: object) -> None:
            told.append(given)

    monkeypatch.setattr(hooks, "subscribers", [Listener()])
    asset = store(halves(), "harbour.png")
    run_due_jobs(queue="media")

    assert told == [{"blob_id": asset.blob_id}]


def test_processing_costs_the_same_for_any_file(
    store: StoreFile, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    asset = store(halves(), "harbour.png")

    # blob; savepoint, blob, update, old thumbnails twice, new, text, drafts and messages that show it, release
    with django_assert_num_queries(11):
        process_blob.call(blob_id=str(asset.blob_id))


def pdf_of(*objects: bytes) -> bytes:
    return b"%PDF-1.5\n" + b"\n".join(objects) + b"\n%%EOF\n"


def pack(content: bytes, dictionary: bytes = b"/Type/ObjStm/Filter/FlateDecode") -> bytes:
    return b"5 0 obj<<" + dictionary + b">>stream\n" + zlib.compress(content) + b"\nendstream endobj"


@pytest.mark.parametrize(
    ("content", "scripted"),
    [
        (pdf_of(b"1 0 obj<</Type/Catalog>>endobj"), False),
        (pdf_of(b"1 0 obj<</S/JavaScript/JS(x)>>endobj"), True),
        (pdf_of(b"1 0 obj<</S/#4aavaScript>>endobj"), True),
        (pdf_of(b"1 0 obj<</S/Launch>>endobj"), True),
        (pdf_of(b"1 0 obj<</Encrypt 2 0 R>>endobj"), True),
        (pdf_of(b"1 0 obj<</JSON 2>>endobj"), False),
        (pdf_of(b"x" * (1024 * 1024 - 15) + b"/JavaScript"), True),
        (pdf_of(pack(b"<</Type/Catalog>>")), False),
        (pdf_of(pack(b"<</S/JavaScript/JS 3 0 R>>")), True),
        (pdf_of(pack(b"<</Type/Catalog/Pages 2 0 R>>", b"/Type/#4fbjStm/Filter/FlateDecode")[:75]), True),
        (pdf_of(pack(b"x", b"/Type/ObjStm/Filter[/ASCII85Decode/FlateDecode]")), True),
        (pdf_of(pack(bytes(65 * 1024 * 1024))), True),
        # What viewers read in another way than we do is not looked into.
        (pdf_of(pack(b"x", b"/Type/ObjStm/Filter/Fl")), True),
        (pdf_of(pack(b"x", b"/Type/ObjStm/Filter 6 0 R")), True),
        (pdf_of(pack(b"x", b"/Type/ObjStm/X(obj)/Filter/FlateDecode")), True),
        (pdf_of(pack(b"x", b"/Type/ObjStm %obj\n/Filter/FlateDecode")), True),
        (pdf_of(pack(b"x", b"/X(" + b"x" * 5000 + b")/Type/ObjStm/Filter/FlateDecode")), True),
        (pdf_of(pack(b"x", b"/Type 7 0 R/Filter/FlateDecode"), b"7 0 obj/ObjStm endobj"), True),
        (pdf_of(pack(b"x", b"/Type/ObjStm/Filter/FlateDecode/Filter/FlateDecode")), True),
        (pdf_of(pack(b"x", b"/Type /ObjStm /N 3 /First 20 /Length 9 0 R /Filter [ /FlateDecode ]")), False),
        (pdf_of(pack(bytes(3 * 1024 * 1024), b"/Filter/FlateDecode")), False),
    ],
)
def test_what_a_pdf_runs_is_found(tmp_path: Path, content: bytes, scripted: bool) -> None:
    file = tmp_path / "file.pdf"
    file.write_bytes(content)

    assert has_script(file) is scripted


def test_a_pdf_is_shown_once_it_is_known_to_run_nothing(store: StoreFile, api_for: ApiFor, bob: User) -> None:
    plain, scripted = store(PLAIN_PDF, "plan.pdf"), store(PDF, "script.pdf")

    def ask() -> list[str]:
        paths = [f"/api/v1/assets/{asset.pk}/content" for asset in (plain, scripted)]
        return [api_for(bob).get(path)["Content-Disposition"].partition(";")[0] for path in paths]

    assert ask() == ["attachment", "attachment"]
    run_due_jobs(queue="media")
    assert ask() == ["inline", "attachment"]
