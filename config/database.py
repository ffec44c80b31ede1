"""Read where the database is."""

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
