"""Find the secret that signs sessions and links."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def read_secret_key(*, data_dir: Path, debug: bool) -> str:
    """Return SECRET_KEY, else the key that `make run` keeps in the data folder, else a fixed one in development.

    Raise ImproperlyConfigured where there is none.
    """
    if key := os.environ.get("SECRET_KEY"):
        return key
    file = data_dir / "secret_key"
    if file.is_file():
        return file.read_text().strip()
    if debug:
        return "development-only"
    raise ImproperlyConfigured("Set SECRET_KEY (at least 50 random characters). Only DEBUG=on works without one.")
