"""Any legal path may be the data folder, and the database is where it says."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

import pytest

from config.database import read_database
from tests.config.test_settings import SECRET, manage

ODD_NAMES = [
    "a+b", "hash#1", "q?x=1", "per%20cent", "100%", "two words", " outer ", "a&b", "a;b", "a=b", "a:b", "a@b", "$HOME",
    "$x", "~", "it's", 'say "hi"', "back\\slash", "Ärzte", "A\u0308rzte", "данные", "数据", "[a]", "{a}", "*", "-dash",
    "a,b", "file:x?mode=memory", "!", "`x`", "a|b", "😀",
]  # fmt: skip


@pytest.mark.parametrize("name", ODD_NAMES)
def test_the_database_is_where_the_folder_is(tmp_path: Path, name: str) -> None:
    folder = tmp_path / name
    folder.mkdir()
    config = read_database("", data_dir=folder)

    sqlite3.connect(config["NAME"]).execute("PRAGMA user_version = 7").connection.close()

    assert [file.name for file in folder.iterdir()] == ["atrium.sqlite3"]
    assert [entry.name for entry in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_url_names_any_file(name: str) -> None:
    assert read_database(f"sqlite:///{quote(f'/srv/{name}')}", data_dir=Path("/data"))["NAME"] == f"/srv/{name}"
    if "%20" not in name:
        assert read_database(f"sqlite:////srv/{name}", data_dir=Path("/data"))["NAME"] == f"/srv/{name}"


@pytest.mark.parametrize(
    ("url", "name"),
    [("sqlite:///data/x.sqlite3", "data/x.sqlite3"), ("sqlite://:memory:", ":memory:"), ("sqlite://", ":memory:")],
)
def test_other_urls_mean_what_they_did(url: str, name: str) -> None:
    assert read_database(url, data_dir=Path("/data"))["NAME"] == name


def test_everything_is_kept_in_a_folder_with_an_odd_name(tmp_path: Path) -> None:
    folder = tmp_path / "$odd 100% +#?%20&;é"
    folder.mkdir()
    (folder / "secret_key").write_text(SECRET)

    run = manage("migrate", "contenttypes", DATA_DIR=str(folder))

    assert run.returncode == 0, run.stderr
    assert (folder / "atrium.sqlite3").stat().st_size
    assert [entry.name for entry in tmp_path.iterdir()] == [folder.name]


def test_a_secret_may_begin_with_a_dollar(tmp_path: Path) -> None:
    run = manage("check", DATA_DIR=str(tmp_path), SECRET_KEY="$HOME" + SECRET)

    assert run.returncode == 0, run.stderr


@pytest.mark.parametrize("command", ["makemessages", "compilemessages", "seed"])
def test_without_a_secret_a_command_says_so(tmp_path: Path, command: str) -> None:
    run = manage(command, DATA_DIR=str(tmp_path))

    assert run.returncode == 1
    assert run.stderr.startswith("manage.py: There is no secret key.") and "Traceback" not in run.stderr
