"""Store static files under names that change with their content, so that browsers may cache them for ever."""

from __future__ import annotations

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Storage with hashed names and compressed files.

    Modules import each other by names that the import map resolves, so no file is rewritten.
    A file that was never collected keeps its plain name: its absence shows as a 404, never as a broken page.
    """

    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """Return the hashed name of a collected file, else the plain name."""
        if self.hash_key(self.clean_name(name)) in self.hashed_files:
            return super().stored_name(name)
        return name
