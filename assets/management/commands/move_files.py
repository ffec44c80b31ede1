"""`manage.py move_files`: copy all stored files to another store."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import IO, Any, cast

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assets.moving.journal import Journal
from assets.moving.services import DamagedCopy, copy_files, list_missing_files
from assets.storage import open_store
from lib.outages import is_outage
from lib.s3.address import BadStorageUrl, parse_storage_url

LOCAL = "local"


class Command(BaseCommand):
    """Copy of all files, which goes on where it was interrupted."""

    help = "Copies all stored files to another store, compares them, and says which setting to change then."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Add where to."""
        parser.add_argument("--to", required=True, help="s3://KEY:SECRET@bucket?endpoint=…, or local: DATA_DIR/files.")

    def handle(self, *, to: str, **options: Any) -> None:
        """Copy what is missing there."""
        url = "" if to == LOCAL else to
        try:
            name = _name_store(url)
            if name == _name_store(settings.STORAGE_URL):
                raise CommandError("That is where the files are.")
            copied = self._copy_missing(url, name)
        except BadStorageUrl as error:
            raise CommandError(f"This names no storage. {error}") from error
        except DamagedCopy as error:
            raise CommandError(f"The copy of {error} has other bytes. Run it again.") from error
        except Exception as error:
            if not is_outage(error):
                raise
            raise CommandError(f"A storage does not answer: {error} Run it again to go on.") from error
        self.stdout.write(f"Copied: {copied}. All files are at {name}.")
        switch = "set STORAGE_URL to that address" if url else "remove STORAGE_URL"
        self.stdout.write("Nothing is switched, and the files here stay. Stop every process, run this once more for")
        self.stdout.write(f"what was stored meanwhile, {switch}, and start.")

    def _copy_missing(self, url: str, name: str) -> int:
        from rich.console import Console
        from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

        source, target, journal = open_store(settings.STORAGE_URL), open_store(url), Journal(name)
        files = list_missing_files(source, target, journal)
        console = Console(file=cast(IO[str], self.stdout))
        columns = TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn()
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            bar = progress.add_task("Files", total=sum(file.size for file in files))
            return copy_files(source, target, files, journal, tell=lambda size: progress.advance(bar, size))


def _name_store(url: str) -> str:
    """Return which store a URL names, without secrets."""
    if not url:
        return str(settings.MEDIA_ROOT)
    address = parse_storage_url(url)
    return "/".join(part for part in (address.endpoint or "s3:/", address.bucket, address.prefix) if part)
