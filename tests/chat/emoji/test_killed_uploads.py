"""What is left of an emoji whose upload ends half-way: nothing, at once or once the sweep has come by."""

from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Never

import pytest
from django.core.files.base import ContentFile
from pytest_django import Settings

from accounts.models import AuditEntry, Organisation, User
from chat.emoji import services
from chat.emoji.jobs import delete_orphaned_emoji_images
from chat.models import CustomEmoji, EmojiName
from lib import stored_pictures
from tests.accounts.pictures import halves, upload

pytestmark = pytest.mark.django_db


class HalfFile(ContentFile[bytes]):
    """A file whose writer is stopped half-way."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield self.read(self.size // 2)
        raise SystemExit


def stop(*_: Any, **__: Any) -> Never:
    raise SystemExit


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path / "emoji"


@pytest.fixture(params=[("ContentFile", HalfFile), ("record_created", stop)], ids=["writing", "storing"])
def stopped(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, *request.param)


def add(actor: User, organisation: Organisation) -> None:
    with pytest.raises(SystemExit):
        services.add_emoji(actor=actor, slug=organisation.slug, file=upload(halves()), name="party_boat")


@pytest.mark.usefixtures("stopped")
def test_a_stopped_upload_leaves_nothing(alice: User, halyard: Organisation, media: Path) -> None:
    add(alice, halyard)

    assert not list(media.iterdir())
    assert not any(rows.objects.exists() for rows in (CustomEmoji, EmojiName, AuditEntry))


@pytest.mark.usefixtures("stopped")
def test_what_a_killed_process_could_not_delete_is_swept_out(
    alice: User, halyard: Organisation, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "folder", SimpleNamespace(delete=lambda _path: None))
    add(alice, halyard)
    assert len(list(media.iterdir())) == 1

    delete_orphaned_emoji_images.call()
    assert len(list(media.iterdir())) == 1  # it might be going on

    monkeypatch.setattr(stored_pictures, "GRACE_PERIOD", -stored_pictures.GRACE_PERIOD)
    delete_orphaned_emoji_images.call()
    assert not list(media.iterdir())
    assert not CustomEmoji.objects.exists()
