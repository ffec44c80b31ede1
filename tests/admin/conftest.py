"""Root, who has what the admin asks for."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

import config.admin_urls  # noqa: F401  finds the lists of all apps
from accounts.models import User
from tests.accounts.steps import enrol
from tests.conftest import ClientFor


@pytest.fixture
def sysadmin(root: User) -> User:
    enrol(root)
    return root


@pytest.fixture
def browser(sysadmin: User, client_for: ClientFor) -> Client:
    return client_for(sysadmin)


@pytest.fixture(autouse=True)
def _store_here(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT, settings.UPLOAD_ROOT = tmp_path / "files", tmp_path / "uploads"
