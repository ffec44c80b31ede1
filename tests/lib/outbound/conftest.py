from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.webserver import WebServer


@pytest.fixture
def server() -> Iterator[WebServer]:
    with WebServer() as server:
        yield server
