"""Files in messages."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from accounts.models import User
from assets.models import Asset
from assets.storing.services import store_file
from chat.messages.services.post import post_message
from chat.models import Message, Room
from tests.assets.steps import store_picture

StoreFile = Callable[..., Asset]
PostFiles = Callable[..., Message]


@pytest.fixture(autouse=True)
def storage(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.UPLOAD_ROOT = tmp_path / "files", tmp_path / "uploads"


@pytest.fixture
def store(alice: User, room: Room, tmp_path: Path) -> StoreFile:
    """Store a file of Alice: a text, or a picture where its name says so."""

    def call(name: str = "tides.txt", content: bytes = b"Low tide at six.\n", owner: User | None = None) -> Asset:
        if name.endswith(".png"):
            return store_picture(owner or alice, room.organisation, name=name)
        path = tmp_path / "arrived"
        path.write_bytes(content)
        return store_file(actor=owner or alice, organisation_id=room.organisation_id, path=path, name=name)

    return call


@pytest.fixture
def post_files(alice: User, room: Room) -> PostFiles:
    """Post files of Alice to the room."""

    def call(*assets: Asset, content: str = "", **options: Any) -> Message:
        ids = [asset.pk for asset in assets]
        return post_message(actor=alice, room_id=room.pk, content=content, asset_ids=ids, **options).message

    return call
