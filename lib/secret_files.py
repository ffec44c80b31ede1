"""Keep keys of this server in files of the data folder."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def create_secret_file(file: Path, text: str) -> None:
    """Create a file for its owner alone, with its folder; where there is one already, or at once, that is kept."""
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f"{file.name}.")
    try:
        with os.fdopen(descriptor, "w") as draft:
            draft.write(text)
        with suppress(FileExistsError):
            os.link(name, file)
    finally:
        Path(name).unlink()
