"""Files that are uploaded, in a storage of their own."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Q
from pytest_django import Settings

from accounts.models import Organisation, User
from assets.models import Asset
from assets.storing.services import store_file

TEXT = b"Low tide at six.\n"
StoreFile = Callable[..., Asset]


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> Path:
    """The folder of all stored files."""
    settings.MEDIA_ROOT, settings.UPLOAD_ROOT = tmp_path / "files", tmp_path / "uploads"
    return tmp_path / "files"


@pytest.fixture
def store(halyard: Organisation, bob: User, tmp_path: Path) -> StoreFile:
    """Store a file, by default of Bob in Halyard."""

    def call(content: bytes = TEXT, name: str = "tides.txt", **given: Any) -> Asset:
        path = tmp_path / "arrived"
        path.write_bytes(content)
        return store_file(**{"actor": bob, "organisation_id": halyard.pk, "path": path, "name": name} | given)

    return call


class Shelf:
    """A place where assets stand: what is on it, and who sees it."""

    def __init__(self) -> None:
        self.asset_ids: set[UUID] = set()
        self.readers: set[UUID] = set()
        self.room_ids: set[UUID] = set()

    def filter_visible(self, user: User) -> Q:
        return Q(pk__in=self.asset_ids if user.pk in self.readers else ())

    def filter_in_room(self, user: User, room_id: UUID) -> Q:
        return self.filter_visible(user) if room_id in self.room_ids else Q(pk__in=())

    def filter_used(self) -> Q:
        return Q(pk__in=self.asset_ids)


@pytest.fixture
def shelf(monkeypatch: pytest.MonkeyPatch) -> Iterator[Shelf]:
    """The only place of assets."""
    monkeypatch.setattr("assets.access.sources", [shelf := Shelf()])
    yield shelf


def list_stored(storage: Path) -> list[Path]:
    """All files in the storage."""
    return sorted(path for path in storage.rglob("*") if path.is_file())


def upload(content: bytes = TEXT, name: str = "tides.txt", mime_type: str = "text/plain") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type=mime_type)
