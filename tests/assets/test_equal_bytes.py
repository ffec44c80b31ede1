"""Equal bytes are stored once, of which those who upload them learn nothing."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from accounts.models import User
from assets.models import Asset, Blob
from chat.attachments.snapshots import build_snapshot
from lib.jobs import run_due_jobs
from tests.accounts.pictures import halves
from tests.assets.conftest import StoreFile
from tests.conftest import ApiFor

SECONDS = timedelta(seconds=5)


@pytest.fixture
def known(store: StoreFile, bob: User) -> Asset:
    """A picture of Bob, whose previews were made an hour ago, within five seconds."""
    asset = store(halves(800, 400), "harbour.png")
    run_due_jobs(queue="media")
    long_ago = timezone.now() - timedelta(hours=1)
    Blob.objects.update(created_at=long_ago - SECONDS, updated_at=long_ago)
    Asset.objects.update(created_at=long_ago - SECONDS)
    return asset


def test_the_file_of_another_user_begins_as_a_new_one_does(
    api_for: ApiFor, store: StoreFile, known: Asset, alice: User, bob: User
) -> None:
    new = store(halves(800, 402), "other.png", actor=alice)
    equal = store(halves(800, 400), "harbour.png", actor=alice)
    assert equal.blob_id == known.blob_id
    api = api_for(alice)

    shown, other = (api.call("GET", f"/assets/{asset.pk}").json() for asset in (equal, new))
    own = api_for(bob).call("GET", f"/assets/{known.pk}").json()

    for field in ("state", "thumbnail_url", "preview_url", "placeholder", "kind"):
        assert shown[field] == other[field]
    assert shown["state"] == "pending" and shown["metadata"].keys() == other["metadata"].keys()
    assert (own["state"], bool(own["placeholder"])) == ("ready", True)
    for field in ("path", "file_name"):
        assert len({each[field] for each in (shown, other, own)}) == 3
    assert [api.get(f"/api/v1/assets/{asset.pk}/thumbnail").status_code for asset in (equal, new)] == [404, 404]
    equal.refresh_from_db()
    snapshot = build_snapshot(equal)
    assert (snapshot["state"], snapshot["thumbnails"], "placeholder" in snapshot) == ("pending", {}, False)


def test_its_previews_are_shown_after_as_long_as_they_took(
    api_for: ApiFor, store: StoreFile, known: Asset, alice: User
) -> None:
    equal = store(halves(800, 400), "harbour.png", actor=alice)
    [job] = DBTaskResult.objects.filter(task_path="assets.processing.jobs.show_previews")
    assert equal.created_at + SECONDS == job.run_after == equal.settles_at

    Asset.objects.filter(pk=equal.pk).update(created_at=timezone.now() - SECONDS)

    shown = api_for(alice).call("GET", f"/assets/{equal.pk}").json()
    assert shown["state"] == "ready" and shown["thumbnail_url"] and shown["placeholder"]
    assert api_for(alice).get(shown["thumbnail_url"]).status_code == 200


def test_what_waits_with_its_bytes_is_shown_with_them(store: StoreFile, alice: User, api_for: ApiFor) -> None:
    assets = [store(halves(800, 400)), store(halves(800, 400), actor=alice)]

    run_due_jobs(queue="media")

    assert not DBTaskResult.objects.filter(task_path="assets.processing.jobs.show_previews").exists()
    for asset in assets:
        asset.refresh_from_db()
        assert (asset.state, asset.is_settled) == ("ready", True)
