"""Keep pictures as files of a folder, by default under names that can't be guessed and begin with the id of a row."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from secrets import token_hex
from uuid import UUID

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

GRACE_PERIOD = timedelta(hours=1)
FILE_NAME = re.compile(r"([0-9a-f]{32})[0-9a-f]{32}\.webp")


def read_owner(name: str) -> UUID | None:
    """Return the id of the row that a picture belongs to, by the name of its file; None for other names."""
    match = FILE_NAME.fullmatch(name)
    return UUID(match[1]) if match else None


@dataclass(frozen=True, slots=True)
class PictureFolder:
    """A folder of pictures."""

    path: str

    def save(self, owner: UUID, picture: bytes) -> str:
        """Store a picture; return the path of its file."""
        name = f"{self.path}/{owner.hex}{token_hex(16)}.webp"
        try:
            default_storage.save(name, ContentFile(picture))
        except BaseException:
            self.delete(name)
            raise
        return name

    def read(self, path: str | None) -> bytes:
        """Return the bytes of a file. Raise FileNotFoundError for a missing one."""
        if not path:
            raise FileNotFoundError
        with default_storage.open(path) as file:
            picture: bytes = file.read()
        return picture

    def delete(self, path: str | None) -> None:
        """Delete a file. A missing one changes nothing."""
        if path:
            default_storage.delete(path)

    def delete_orphans(self, in_use: Collection[str]) -> int:
        """Delete the files that are not `in_use`, but for those of transactions that may go on; return how many."""
        orphans = self.list_orphans(in_use)
        for path in orphans:
            default_storage.delete(path)
        return len(orphans)

    def list_orphans(self, in_use: Collection[str]) -> list[str]:
        """Return the paths of the files that are not `in_use`, but for those of transactions that may go on."""
        try:
            _, names = default_storage.listdir(self.path)
        except FileNotFoundError:
            return []
        paths = (f"{self.path}/{name}" for name in names)
        return [path for path in paths if path not in in_use and _is_past_grace_period(path)]


def _is_past_grace_period(path: str) -> bool:
    return default_storage.get_modified_time(path) < timezone.now() - GRACE_PERIOD
