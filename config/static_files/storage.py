"""Store static files under names that change with their content, so that browsers may cache them for ever."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any, cast

import brotli
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage, staticfiles_storage
from django.core.files.base import ContentFile
from whitenoise.compress import Compressor
from whitenoise.storage import CompressedManifestStaticFilesStorage

from config.static_files.scripts import find_joined_files, find_later_files, join_scripts
from config.static_files.styles import JOINED, join_stylesheets

# Larger ones belong to the admin and to the API's documentation: at the best quality they took 12 of 13 s.
MAX_BEST_QUALITY_BYTES = 100_000


def are_static_files_current() -> bool:
    """Tell whether static files were collected after the last change of their sources."""
    manifest = Path(settings.STATIC_ROOT) / JoinedStorage.manifest_name
    if not manifest.exists():
        return False
    collected = manifest.stat().st_mtime
    return all(file.stat().st_mtime <= collected for folder in settings.STATICFILES_DIRS for file in folder.rglob("*"))


class SeparateStorage(StaticFilesStorage):
    """Storage of development: each style sheet and each module is a file of its own, as in the sources."""

    # Modules find each other by an import map.
    is_joined = False

    def list_scripts(self, entry: str, language: str) -> list[str]:
        """Return the names of the module scripts that run an entry point."""
        return [f"js/{entry}.js"]


class JoinedStorage(CompressedManifestStaticFilesStorage):
    """Storage with hashed names and compressed files, in which style sheets and modules are joined.

    A file that was never collected keeps its plain name: its absence shows as a 404, never as a broken page.
    """

    manifest_strict = False
    is_joined = True

    def list_scripts(self, entry: str, language: str) -> list[str]:
        """Return the names of the module scripts that run an entry point: joined files, or itself if it has none."""
        return find_joined_files(self.hashed_files, entry, language) or [f"js/{entry}.js"]

    def list_later_scripts(self, language: str) -> dict[str, str]:
        """Return the names of the files of modules that are imported later, by the names of these modules."""
        return find_later_files(self.hashed_files, language)

    def stored_name(self, name: str) -> str:
        """Return the hashed name of a collected file, else the plain name."""
        if self.hash_key(self.clean_name(name)) in self.hashed_files:
            return super().stored_name(name)
        return name

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Join style sheets and modules, then hash and compress all files."""
        joined = {} if dry_run else dict(self._store_joined_files(paths))
        yield from super().post_process(paths | joined, dry_run=dry_run, **options)

    def compress_files(self, paths: set[str]) -> Iterator[tuple[str, str]]:
        """Compress the files that pages link to, which are those with a hash in their name."""
        yield from super().compress_files(paths & set(self.hashed_files.values()))

    def create_compressor(self, **options: Any) -> Compressor:
        """Return what compresses by gzip and by Brotli."""
        return _Compressor(**options)

    def _store_joined_files(self, paths: Mapping[str, Any]) -> Iterator[tuple[str, tuple[Any, str]]]:
        scripts = {_name_module(name): _read_source(paths[name]) for name in paths if name.startswith("js/")}
        sheets = {name: _read_source(paths[name]) for name in paths if name.startswith("css/")}
        for name, text in [(JOINED, join_stylesheets(sheets)), *join_scripts(scripts)]:
            if self.exists(name):
                self.delete(name)
            self._save(name, ContentFile(text.encode()))
            yield name, (self, name)


class _Compressor(Compressor):
    @staticmethod
    def compress_brotli(data: bytes) -> bytes:
        return brotli.compress(data, quality=11 if len(data) <= MAX_BEST_QUALITY_BYTES else 5)


def get_storage() -> SeparateStorage | JoinedStorage:
    """Return the storage of static files that is configured."""
    return cast("SeparateStorage | JoinedStorage", staticfiles_storage)


def _name_module(name: str) -> str:
    """Return the name by which modules import a file: its path in `js`, without the ending."""
    return str(PurePosixPath(name).relative_to("js").with_suffix(""))


def _read_source(place: tuple[Any, str]) -> str:
    storage, name = place
    with storage.open(name) as file:
        return str(file.read().decode())
