"""`manage.py` commands besides seed and serve."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import httpx
import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from pytest_django import Settings

from accounts.models import Session, TokenFamily, User
from accounts.tokens.services.issue import issue_tokens
from chat.messages.services.post import post_message
from chat.models import Message, Room
from tests import prepared
from tests.accounts.steps import enrol
from tests.conftest import ClientFor
from tests.live import LiveServer


def test_refresh_refuses_outside_development(room: Room, settings: Settings) -> None:
    settings.DEBUG = False

    with pytest.raises(CommandError, match="--yes"):
        call_command("refresh")

    assert Room.objects.exists()


@pytest.fixture
def manage(tmp_path: Path) -> Callable[..., str]:
    """What `manage.py` prints in a folder where nothing is yet."""
    environment = os.environ | {
        "DEBUG": "on",
        "DATA_DIR": str(tmp_path),
        "DATABASE_URL": f"sqlite:///{tmp_path / 'atrium.sqlite3'}",
        "REDIS_URL": "",
    }

    def run(*arguments: str) -> str:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=settings.BASE_DIR,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    return run


def test_seed_is_enough_on_an_empty_folder(manage: Callable[..., str]) -> None:
    assert "Added" in manage("seed")
    assert "Nothing added" in manage("seed")


def test_refresh_leaves_nothing_but_the_sample(manage: Callable[..., str], tmp_path: Path) -> None:
    shutil.copy(prepared.sqlite_file(), tmp_path)
    manage("shell", "--no-imports", "--command",
           "from tests.factories import make_user; make_user('Dora')")  # fmt: skip

    manage("refresh", "--messages", "0")

    people = json.loads(manage("stats", "--json"))["people"]
    assert people["organisations"] == 2
    assert people["humans"] == 13


def test_stats_counts(alice: User, room: Room) -> None:
    post_message(actor=alice, room_id=room.pk, content="One")
    out = StringIO()

    call_command("stats", "--json", stdout=out)

    numbers = json.loads(out.getvalue())
    assert numbers["messages"]["all"] == Message.objects.count() == 1
    assert numbers["rooms"]["groups"] == 1
    assert numbers["people"] | {"humans": 2, "agents": 1} == numbers["people"]
    assert numbers["database"]["migrations_pending"] == 0


def test_stats_are_readable(alice: User, room: Room) -> None:
    out = StringIO()

    call_command("stats", stdout=out, no_color=True)

    assert "Messages\n" in out.getvalue()


def test_the_openapi_schema_is_found() -> None:
    out = StringIO()

    call_command("export_openapi_schema", stdout=out)

    assert json.loads(out.getvalue())["info"]["title"] == "Atrium"


def test_rotating_keys_tells_how_many_secrets_there_were(alice: User) -> None:
    enrol(alice)
    out = StringIO()

    call_command("rotate_keys", stdout=out)

    assert out.getvalue() == "Encrypted anew: 1\n"


def test_reseal_still_rotates_and_names_its_successor(alice: User) -> None:
    enrol(alice)
    out, notice = StringIO(), StringIO()

    call_command("reseal", stdout=out, stderr=notice)

    assert out.getvalue() == "Encrypted anew: 1\n"
    assert "rotate_keys" in notice.getvalue()


def test_a_new_password_by_command_signs_out_everywhere(
    alice: User, client_for: ClientFor, monkeypatch: pytest.MonkeyPatch
) -> None:
    client_for(alice)
    issue_tokens(user=alice)
    monkeypatch.setattr("getpass.getpass", lambda prompt: "a-quiet-harbour-7")
    out = StringIO()

    call_command("changepassword", "Alice@Halyard.example", stdout=out)

    alice.refresh_from_db()
    assert alice.check_password("a-quiet-harbour-7")
    assert not Session.objects.filter(user=alice).exists() and not TokenFamily.objects.live().exists()
    assert "signed out everywhere" in out.getvalue()


def test_nobody_gets_a_password_by_a_slip(alice: User) -> None:
    with pytest.raises(CommandError, match="does not exist"):
        call_command("changepassword", "nobody@halyard.example")
    with pytest.raises(CommandError):
        call_command("changepassword")


def test_serve_prepares_an_empty_folder(tmp_path: Path) -> None:
    database = {"DATABASE_URL": f"sqlite:///{tmp_path / 'new.sqlite3'}", "DATA_DIR": str(tmp_path / "new")}
    with LiveServer(tmp_path, **database) as server:
        assert server.sign_up("Ann").id
        page = httpx.get(f"{server.url}/accounts/login/").text
        [styles, *_] = re.findall(r'href="(/static/[^"]+\.css)"', page)
        assert httpx.get(f"{server.url}{styles}").status_code == 200
