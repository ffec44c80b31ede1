"""A server that a test may kill, cut off or starve, and Ann in a room of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.live import LiveServer, Person


@pytest.fixture
def server(tmp_path: Path) -> Iterator[LiveServer]:
    with LiveServer(tmp_path) as server:
        yield server


@pytest.fixture
def ann(server: LiveServer) -> Person:
    return server.sign_up("Ann")


@pytest.fixture
def room(ann: Person) -> str:
    slug = ann.found("Halyard")["slug"]
    return ann.ask("GET", f"/orgs/{slug}/rooms")["items"][0]["id"]
