"""Know the formats that can be imported.

An app puts an object, or a module, with the functions of `Format` into `formats`, by its kind.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from chat.models import Import

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


class OpenImport(Protocol):
    """Interface of an import whose file is read."""

    def prepare(self) -> None:
        """Save the import with its report and `total`, in one transaction with what is stored for all of its parts.

        A dry run stores nothing else.
        """

    def store_part(self) -> None:
        """Store the next part and count it as `done`, in one transaction that locks the import first."""


class Format(Protocol):
    """Interface of what takes files of a kind over."""

    def open_import(self, imported: Import, path: Path) -> OpenImport:
        """Read the file of an import."""

    def describe_note(self, code: str) -> StrOrPromise:
        """Return the words for what a note in a report says."""


formats: dict[str, Format] = {}
