"""A project has a picture before its name."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from accounts.models import AuditEntry, User
from lib import stored_pictures
from tasks.models import Project
from tasks.projects.jobs import delete_orphaned_project_pictures
from tasks.projects.services.pictures import set_project_picture
from tests.accounts.pictures import halves, upload
from tests.conftest import ApiFor, ClientFor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "project-pictures"


def test_a_picture_is_seen_by_whoever_sees_the_project(
    api_for: ApiFor, client_for: ClientFor, alice: User, bob: User, robin: User, charlie: User, project: Project
) -> None:
    form = {"data": encode_multipart(BOUNDARY, {"file": upload(halves())}), "content_type": MULTIPART_CONTENT}

    url = api_for(alice).put(f"/api/v1/projects/{project.pk}/picture", **form).json()["picture_url"]

    answer = client_for(bob).get(url)
    assert answer.content[8:12] == b"WEBP" and answer["Cache-Control"].startswith("private")
    assert client_for(robin).get(url).status_code == client_for(charlie).get(url).status_code == 404
    assert client_for(bob).get(url[:-6] + "x.webp").status_code == 404
    assert "picture" in AuditEntry.objects.latest("pk").changes
    assert api_for(alice).call("DELETE", f"/projects/{project.pk}/picture").json()["picture_url"] is None
    assert client_for(bob).get(url).status_code == 404


def test_only_admins_set_it(bob: User, robin: User, project: Project, media: Path) -> None:
    with pytest.raises(PermissionDenied):
        set_project_picture(actor=bob, project_id=project.pk, file=upload(halves()))
    with pytest.raises(Project.DoesNotExist):
        set_project_picture(actor=robin, project_id=project.pk, file=upload(halves()))
    assert not media.exists()


def test_a_replaced_picture_is_deleted_and_so_are_orphans(
    alice: User,
    project: Project,
    media: Path,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    monkeypatch.setattr(stored_pictures, "GRACE_PERIOD", -stored_pictures.GRACE_PERIOD)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(2):
            set_project_picture(actor=alice, project_id=project.pk, file=upload(halves()))
    [kept] = media.iterdir()
    (media / "orphan.webp").write_bytes(b"")

    delete_orphaned_project_pictures.func()

    assert list(media.iterdir()) == [kept]
