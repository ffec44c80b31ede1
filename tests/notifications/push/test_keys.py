"""The server's own key is made once, and a wrong setting is said at the start."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured
from pytest_django import Settings

from notifications.push import vapid
from notifications.push.checks import check_push_settings
from notifications.push.vapid import get_public_key, is_valid_subject, load_private_key


@pytest.fixture
def key_file(settings: Settings, tmp_path: Path) -> Path:
    settings.VAPID_PRIVATE_KEY = ""
    settings.DATA_DIR = tmp_path / "data"
    return tmp_path / "data" / vapid.KEY_FILE


def test_a_key_is_made_once_also_by_many_at_once(key_file: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: get_public_key(), range(16)))

    assert len(keys) == 1
    assert key_file.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in key_file.parent.iterdir()] == [vapid.KEY_FILE]


def test_a_broken_file_is_never_replaced(key_file: Path) -> None:
    key_file.parent.mkdir()
    key_file.write_text("nonsense")

    with pytest.raises(ImproperlyConfigured):
        load_private_key()

    assert key_file.read_text() == "nonsense"


@pytest.mark.parametrize("subject", ["mailto:admin@example.com", "https://example.com", "https://chat.example.co.uk"])
def test_services_accept_an_address_or_an_origin(subject: str) -> None:
    assert is_valid_subject(subject)


@pytest.mark.parametrize(
    "subject",
    [
        *("mailto:admin@localhost", "admin@example.com", "https://example.com/", "https://example.com/path"),
        *("https://example.com:8443", "http://example.com", "https://localhost", "mailto:a b@example.com", ""),
    ],
)
def test_services_accept_nothing_else(subject: str) -> None:
    assert not is_valid_subject(subject)


def test_wrong_settings_are_named(settings: Settings) -> None:
    assert check_push_settings() == []

    settings.VAPID_PRIVATE_KEY, settings.VAPID_SUBJECT = "-----BEGIN", "mailto:admin@localhost"

    assert [error.id for error in check_push_settings()] == ["notifications.E001", "notifications.E002"]
