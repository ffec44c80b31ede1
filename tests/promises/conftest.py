"""One world for the tests of a file, and who asks for what in it."""

import shutil
from copy import deepcopy
from pathlib import Path

import pytest
from django.test import override_settings
from pytest_django import Settings

from tests.promises.world import World, make_world

MADE_WITH = {
    "THROTTLE": False,
    "ACCOUNT_RATE_LIMITS": False,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}


@pytest.fixture(scope="module")
def media(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the world's files are before a test."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(scope="module")
def furnished(db_of_file: None, media: Path) -> World:
    """Made once per file: each test finds it as it was made."""
    with override_settings(MEDIA_ROOT=media, UPLOAD_ROOT=media, **MADE_WITH):
        return make_world()


@pytest.fixture
def world(furnished: World, db: None, settings: Settings, media: Path, tmp_path: Path) -> World:
    """What a test changes in it, or in its files, it alone sees."""
    for name, value in MADE_WITH.items():
        setattr(settings, name, value)
    settings.MEDIA_ROOT = settings.UPLOAD_ROOT = shutil.copytree(media, tmp_path / "media")
    return deepcopy(furnished)
