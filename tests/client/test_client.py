"""The Python client: made of the present schema, and its command line against a live server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

import pytest

from config.api import api
from config.client_code import write_client
from tests.live import ROOT, LiveServer, Person, free_port

CLIENT = ROOT / "client"
Run = Callable[..., subprocess.CompletedProcess[str]]


def run_client(*arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "atrium_client", *arguments]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ATRIUM_")}
    return subprocess.run(command, cwd=CLIENT, env=kept | env, capture_output=True, text=True, timeout=120, check=False)


@pytest.fixture(scope="module")
def alice(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Person]:
    with LiveServer(tmp_path_factory.mktemp("client")) as server:
        alice, bob = server.sign_up("Alice"), server.sign_up("Bob")
        alice.found("Halyard")
        alice.invite("halyard", bob)
        body = {"name": "Harbour Light", "key": "HL", "member_ids": [bob.id]}
        alice.ask("POST", "/orgs/halyard/projects", body)
        yield alice


@pytest.fixture
def run(alice: Person) -> Run:
    env = {"ATRIUM_URL": str(alice.base_url).partition("/api/")[0], "ATRIUM_TOKEN": alice.token}
    return lambda *arguments, **more: run_client(*arguments, **env | more)


def test_its_operations_are_those_of_the_present_schema() -> None:
    written = (CLIENT / "atrium_client/operations.py").read_text()

    assert written == write_client(api.get_openapi_schema()), "manage.py build_client writes it anew"
    compile(written, "operations.py", "exec")


def test_tasks_are_created_shown_changed_completed_and_listed(run: Run) -> None:
    made = run(
        *("tasks", "create", "Mend the light", "--project", "hl", "--priority", "high", "--due", "2026-03-02"),
        *("--assignee", "bob", "--description", "It *blinks*"),
    )
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout == "HL-1\tpending\thigh\t2026-03-02\tBob\tMend the light\n"
    assert "It *blinks*" in run("tasks", "show", "HL-1").stdout

    changed = run(
        "--json", "tasks", "update", "hl-1", "--title", "Mend the lamp", "--status", "in_progress", "--due", ""
    )
    task = json.loads(changed.stdout)
    assert (task["title"], task["status"], task["due_date"]) == ("Mend the lamp", "in_progress", None)
    run("tasks", "create", "Paint", "--project", "HL")
    assert run("tasks", "complete", "HL-1", task["id"]).returncode == 0

    listed = run("tasks", "list", "--project", "HL", "--status", "pending").stdout
    assert listed == "HL-2\tpending\tnone\t\t\tPaint\n"
    assert len(run("tasks", "list", "--project", "HL").stdout.splitlines()) == 2
    assert len(run("tasks", "list", "--project", "HL", "--limit", "1").stdout.splitlines()) == 1
    assert run("tasks", "list").stdout == ""
    assert run("tasks", "reopen", "HL-1").stdout.startswith("HL-1\tin_progress\t")


def test_what_goes_wrong_is_said_in_a_line(run: Run, alice: Person) -> None:
    for arguments, said in (
        (("tasks", "show", "HL-99"), "There is no task HL-99 that you can see."),
        (("tasks", "create", "a", "--project", "NO"), "There is no project NO that you can see."),
        (("tasks", "create", "a", "--project", "HL", "--due", "soon"), "due_date"),
        (("tasks", "create", "a", "--project", "HL", "--assignee", "zoe"), "zoe is not in the project."),
        (("tasks", "update", "HL-1"), "Say what is to change"),
        (("--org", "elsewhere", "tasks", "show", "HL-1"), "Not found"),
    ):
        done = run(*arguments)
        assert done.returncode == 1 and said in done.stderr and "Traceback" not in done.stderr, done
    assert run("tasks", "list", ATRIUM_TOKEN="wrong").returncode == 1
    nowhere = run("tasks", "list", ATRIUM_URL=f"http://127.0.0.1:{free_port()}")
    assert nowhere.returncode == 1 and "can't be reached" in nowhere.stderr
    assert run("tasks", "list", ATRIUM_URL="file:///etc/passwd").returncode == 1
    assert run_client("tasks", "list").returncode == 2


def test_the_token_follows_no_redirect(run: Run) -> None:
    heard: list[str] = []

    class Elsewhere(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            heard.append(self.path)
            self.send_response(302)
            self.send_header("Location", f"http://localhost:{self.server.server_address[1]}/stolen")
            self.end_headers()

    with HTTPServer(("127.0.0.1", 0), Elsewhere) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        done = run("tasks", "list", ATRIUM_URL=f"http://127.0.0.1:{server.server_address[1]}")
        server.shutdown()

    assert done.returncode == 1 and len(heard) == 1 and "302" in done.stderr
