"""Kill processes that store and delete files at random points.

`python -m tests.assets.killing store FOLDER` stores and deletes without end; `… kills 100` kills a hundred of them.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests import prepared

# What a process does in this time, once it has begun: some tens of files.
MAX_SECONDS = 0.25


@dataclass(frozen=True, slots=True)
class Found:
    """Rows and files after the kills and the clean-up."""

    assets: int
    orphans: int
    missing: int
    used: int
    stored: int


class Storing:
    """Processes that store files in Halyard, each until it is killed. `environment` leads to the database."""

    def __init__(self, folder: Path, environment: dict[str, str]) -> None:
        self.folder = folder
        self.environment = os.environ | environment | {"DATA_DIR": str(folder), "DEBUG": "on"}

    def kill_one(self) -> None:
        """Start one; kill it at a random moment after its first file."""
        mark = self.folder / "begun"
        mark.unlink(missing_ok=True)
        command = [sys.executable, "-m", "tests.assets.killing", "store", str(self.folder)]
        with subprocess.Popen(command, cwd=prepared.ROOT, env=self.environment) as process:  # noqa: S603  our own
            deadline = time.monotonic() + 60
            while not mark.exists():
                assert time.monotonic() < deadline and process.poll() is None, "It has not begun."
                time.sleep(0.005)
            time.sleep(random.uniform(0, MAX_SECONDS))
            process.kill()


def store_without_end(folder: Path) -> None:
    """Store a file, or one that is there already, and delete one, again and again."""
    from datetime import timedelta

    from accounts.models import Organisation, User
    from assets.cleanup.services import delete_deleted_assets
    from assets.models import Asset
    from assets.storing.services import delete_asset, store_file

    organisation = Organisation.objects.get(slug="halyard")
    bob = User.objects.get(username="bob")
    for number in range(1_000_000):
        path = folder / f"form-{os.getpid()}"
        path.write_bytes(b"x" * random.choice((10, 10_000, 10_001, random.randrange(100_000))))
        store_file(actor=bob, organisation_id=organisation.pk, path=path, name=f"{number}.bin")
        (folder / "begun").touch()
        if number % 2:
            delete_asset(actor=bob, asset_id=random.choice(Asset.objects.not_deleted()).pk)
            delete_deleted_assets(after=timedelta(0))


def look_around(storage: Path) -> Found:
    """Sweep, and count what is there then."""
    from datetime import timedelta

    from assets.cleanup.services import delete_deleted_assets, delete_orphaned_files
    from assets.models import Asset, Blob, StorageUse

    delete_deleted_assets(after=timedelta(0))
    swept = delete_orphaned_files(grace=timedelta(0))
    named = {storage / path for path in Blob.objects.values_list("path", flat=True)}
    stored = {path for path in (storage / "blobs").rglob("*") if path.is_file()}
    used = StorageUse.objects.get().used
    size = sum(path.stat().st_size for path in stored)
    print(f"{swept.files} files had no row, {swept.missing} rows no file")
    return Found(Asset.objects.count(), len(stored - named), len(named - stored), used, size)


def _kill_alone(kills: int) -> None:
    folder = Path(tempfile.mkdtemp(prefix="atrium-assets-"))
    if prepared.on_postgres():
        database = prepared.create_postgres_database("atrium_assets_alone")
    else:
        database = f"sqlite:///{folder / 'alone.sqlite3'}"
    environment = {"DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ |= environment | {"DATA_DIR": str(folder), "DEBUG": "on"}
    import django

    django.setup()
    from django.core.management import call_command

    from tests.factories import make_organisation, make_user

    call_command("migrate", verbosity=0)
    make_organisation("Halyard", owner=make_user("Bob"))
    storing = Storing(folder, environment)
    for _ in range(kills):
        storing.kill_one()
    print(look_around(folder / "files"))


if __name__ == "__main__":
    if sys.argv[1] == "store":
        import django

        django.setup()
        store_without_end(Path(sys.argv[2]))
    else:
        _kill_alone(int(sys.argv[2]))
