"""`manage.py build_emoji`: make the emoji data of the product from the npm package `emojibase-data`."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from config.emoji_data import VERSION, build_catalog, build_names, read_package_version


class Command(BaseCommand):
    """Writes `static/emoji/*.json` for browsers and `lib/text/emoji_names.json` for the server."""

    help = f"Builds the emoji data from an unpacked emojibase-data@{VERSION} (docs/emoji.md)."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add the folder of the package."""
        parser.add_argument("package", type=Path, help="The folder that `npm pack` and `tar` have made.")

    def handle(self, *, package: Path, **options: Any) -> None:
        """Write the files anew; raise CommandError for another version of the package."""
        if (version := read_package_version(package)) != VERSION:
            raise CommandError(f"This is emojibase-data {version}; {VERSION} is needed.")
        folder = settings.BASE_DIR / "static/emoji"
        folder.mkdir(exist_ok=True)
        for language in ("en", "de"):
            (folder / f"{language}.json").write_bytes(build_catalog(package, language))
        (settings.BASE_DIR / "lib/text/emoji_names.json").write_bytes(build_names(package))
