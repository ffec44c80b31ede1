"""What a run of the suite prepares once, and every worker and live server copies: a migrated database, static files."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, LiteralString

import orjson
import psycopg

ROOT = Path(__file__).resolve().parent.parent
FOLDER = "PREPARED_FOR_TESTS"


def run_folder() -> Path:
    """Return the folder that all processes of this run share. The process that makes it removes it at its end."""
    if FOLDER not in os.environ:
        folder = Path(tempfile.mkdtemp(prefix="atrium-tests-"))
        os.environ[FOLDER] = str(folder)
        atexit.register(_remove_folder, folder)
    return Path(os.environ[FOLDER])


@cache
def sqlite_file() -> Path:
    """Return a SQLite file as migrations leave it."""
    file = run_folder() / "atrium.sqlite3"
    _make_once("sqlite", lambda: _run_manage("migrate", DATABASE_URL=f"sqlite:///{file}"))
    return file


@cache
def static_folder() -> Path:
    """Return the collected static files."""
    _make_once("static", lambda: _run_manage("collectstatic"))
    return run_folder() / "static"


@cache
def openapi_schema() -> dict[str, Any]:
    """Return the schema of the API as clients read it: to build it takes each worker seconds."""
    file = run_folder() / "openapi.json"

    def write() -> None:
        from config.api import api

        file.write_bytes(orjson.dumps(api.get_openapi_schema(), option=orjson.OPT_NON_STR_KEYS))

    _make_once("schema", write)
    schema: dict[str, Any] = orjson.loads(file.read_bytes())
    return schema


def create_postgres_database(name: str) -> str:
    """Create a PostgreSQL database as migrations leave it, in place of one of the same name; return its address."""
    _make_once("postgres", _create_template)
    # One at a time: a template is not copied while somebody else is connected to it.
    with _locked():
        on_server(_drop(name), f'CREATE DATABASE "{name}" TEMPLATE "{_prepare_template()}"')
    return address_of(name)


def drop_postgres_database(name: str) -> None:
    on_server(_drop(name))


def on_postgres() -> bool:
    """Tell whether the suite runs on PostgreSQL."""
    return os.environ.get("DATABASE_URL", "").startswith("postgres")


def address_of(name: str) -> str:
    """Return the URL of another database of the server that the suite runs on."""
    return f"{os.environ['DATABASE_URL'].rsplit('/', 1)[0]}/{name}"


def on_server(*statements: LiteralString) -> None:
    """Run statements beside all databases of the PostgreSQL server."""
    with psycopg.connect(address_of("postgres"), autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def _create_template() -> None:
    on_server(f'CREATE DATABASE "{_prepare_template()}"')
    _run_manage("migrate", DATABASE_URL=address_of(_prepare_template()))


def _prepare_template() -> str:
    return f"template_of_{run_folder().name}"


def _drop(name: str) -> LiteralString:
    return f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'


def _run_manage(command: str, **env: str) -> None:
    arguments = [sys.executable, "manage.py", command, "--verbosity", "0", "--no-input"]
    env = os.environ | {"DATA_DIR": str(run_folder()), "DEBUG": "off", "SECRET_KEY": "only-for-tests"} | env
    subprocess.run(arguments, cwd=ROOT, env=env, check=True)  # noqa: S603  our own command


def _make_once(name: str, make: Callable[[], None]) -> None:
    """Make something, unless another process of this run has. It is waited for while it does."""
    with _locked():
        done = run_folder() / f"{name}.made"
        if not done.exists():
            make()
            done.touch()


@contextmanager
def _locked() -> Iterator[None]:
    with (run_folder() / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _remove_folder(folder: Path) -> None:
    if (folder / "postgres.made").exists():
        drop_postgres_database(_prepare_template())
    shutil.rmtree(folder, ignore_errors=True)
