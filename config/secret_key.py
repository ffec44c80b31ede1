"""Find the secret that signs sessions and links."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from lib.secret_files import create_secret_file


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
        create_secret_file(file, secrets.token_urlsafe(64) + "\n")
    return file.read_text().strip()
