from __future__ import annotations

from collections.abc import Iterator
from ipaddress import ip_network
from typing import Any

import pytest

from chat.messages.services import previews
from tests.webserver import WebServer


@pytest.fixture
def site(settings: Any, tmp_path: Any) -> Iterator[WebServer]:
    """A site whose pages messages link to. It may be asked, and is no host of this server."""
    settings.OUTBOUND_NETWORKS = (ip_network("127.0.0.0/8"),)
    settings.MEDIA_ROOT = tmp_path
    settings.ALLOWED_HOSTS = ["testserver"]
    with WebServer() as server:
        yield server


@pytest.fixture(autouse=True)
def unhurried() -> None:
    """Let no test wait for the turn that an earlier one has taken."""
    previews._requested_at.clear()
