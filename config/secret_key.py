"""Find the secret that signs sessions and links."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_secret_key(*, data_dir: Path, debug: bool, command: str) -> str:
    """Return SECRET_KEY, else the key in the data folder, else a fixed one in development.

    `serve` creates the key in the data folder where there is none. Raise ImproperlyConfigured for other commands.
    """
    if key := os.environ.get("SECRET_KEY"):
        return key
    file = data_dir / "secret_key"
    if not file.is_file():
        if debug:
            return "development-only"
        if command != "serve":
            raise ImproperlyConfigured(
                "There is no secret key. Set SECRET_KEY (at least 50 random characters), or run `manage.py serve`, "
                f"which creates {file}. Only DEBUG=on works without one."
            )
        _create_key(file)
    return file.read_text().strip()


def _create_key(file: Path) -> None:
    """Create the file with a new key, for its owner alone; of two at once, the first one's is kept."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix="secret_key.")
    try:
        with os.fdopen(descriptor, "w") as draft:
            draft.write(secrets.token_urlsafe(64) + "\n")
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()
