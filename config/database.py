"""Read where the database is, and how its connections are kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote

from environ import Env

SQLITE = "django.db.backends.sqlite3"
SQLITE_PREFIX = "sqlite:///"


def read_database(url: str, *, data_dir: Path) -> dict[str, Any]:
    """Return Django's settings of the database: that of DATABASE_URL, else SQLite in the data folder.

    The path of a `sqlite:///` URL is taken as it is but for `%20` and the like: `+`, `#` and `?` are part of it.
    """
    if not url:
        return {"ENGINE": SQLITE, "NAME": str(data_dir / "atrium.sqlite3")}
    if url.startswith(SQLITE_PREFIX) and (path := url.removeprefix(SQLITE_PREFIX)):
        return {"ENGINE": SQLITE, "NAME": unquote(path)}
    config: dict[str, Any] = Env.db_url_config(url)
    return config


def configure_database(config: dict[str, Any], env: Env) -> dict[str, Any]:
    """Return the settings with those of connections; make the folder of a SQLite file."""
    if config["ENGINE"] == SQLITE:
        # SQLite makes its file but not the folder, and `migrate` may be the first command of all. `:memory:` counts as
        # a file of the present folder, which exists.
        Path(config["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        return config | {"CONN_MAX_AGE": None, "OPTIONS": {"transaction_mode": "IMMEDIATE", "timeout": 5}}
    pool = {
        "min_size": env.int("DATABASE_POOL_MIN", default=1),
        # One for each thread: of requests, of hashing, of uploads, of jobs in five queues, the writer, the one that
        # hands out jobs, and one to spare.
        "max_size": env.int("DATABASE_POOL_MAX", default=11 + 5 * env.int("JOBS", default=2)),
        "timeout": 5,
    }
    # The engine checks each connection that it takes out of the pool, so Django's own check is off.
    options = {"connect_timeout": 5, "pool": pool}
    return config | {"ENGINE": "lib.db.postgresql", "CONN_MAX_AGE": 0, "OPTIONS": options}
