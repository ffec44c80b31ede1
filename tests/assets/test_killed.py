"""No row is without its bytes, and no bytes stay without a row, whenever a process is killed."""

from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from accounts.models import Organisation
from tests import prepared
from tests.assets.killing import Storing, look_around


@pytest.mark.django_db(transaction=True)
def test_killed_processes_leave_rows_with_bytes_and_bytes_with_rows(halyard: Organisation, tmp_path: Path) -> None:
    """`python -m tests.assets.killing kills 100` kills more."""
    settings.MEDIA_ROOT = tmp_path / "files"
    storing = Storing(tmp_path, {"DATABASE_URL": _name_database(), "DJANGO_SETTINGS_MODULE": "config.settings"})

    for _ in range(4):
        storing.kill_one()

    found = look_around(tmp_path / "files")
    assert (found.orphans, found.missing) == (0, 0)
    assert found.used == found.stored
    assert found.assets > 0


def _name_database() -> str:
    if prepared.on_postgres():
        return prepared.address_of(connection.settings_dict["NAME"])
    return f"sqlite:///{connection.settings_dict['NAME']}"
