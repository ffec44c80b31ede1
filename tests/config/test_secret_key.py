"""The secret key: given, kept in the data folder, or created there by `serve`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.secret_key import read_secret_key


@pytest.fixture(autouse=True)
def _no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SECRET_KEY", raising=False)


def test_serve_creates_a_key_for_its_owner_alone_and_keeps_it(tmp_path: Path) -> None:
    folder = tmp_path / "new" / "data"

    keys = {read_secret_key(data_dir=folder, debug=False, command=command) for command in ("serve", "serve", "migrate")}

    assert len(keys) == 1 and len(keys.pop()) >= 50
    assert (folder / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [file.name for file in folder.iterdir()] == ["secret_key"]


def test_of_several_at_once_all_have_the_same(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(lambda _: read_secret_key(data_dir=tmp_path, debug=False, command="serve"), range(16)))

    assert len(keys) == 1


@pytest.mark.parametrize("command", ["migrate", "seed", "", "createsuperuser"])
def test_other_commands_say_what_is_missing(tmp_path: Path, command: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="There is no secret key"):
        read_secret_key(data_dir=tmp_path, debug=False, command=command)
    assert not list(tmp_path.iterdir())


def test_a_given_key_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")

    assert read_secret_key(data_dir=tmp_path, debug=False, command="serve") == "given"
    assert not list(tmp_path.iterdir())
