"""One world for each test, and who asks for what in it."""

from pathlib import Path

import pytest
from pytest_django import Settings

from tests.promises.world import World, make_world


@pytest.fixture
def world(db: None, settings: Settings, tmp_path: Path) -> World:
    settings.MEDIA_ROOT = tmp_path
    settings.THROTTLE = settings.ACCOUNT_RATE_LIMITS = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    return make_world()
