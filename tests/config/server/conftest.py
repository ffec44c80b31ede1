"""Hashes that wait."""

import threading
from collections.abc import Iterator

import pytest


@pytest.fixture
def held() -> Iterator[threading.Event]:
    """What a hash waits for in these tests."""
    event = threading.Event()
    yield event
    event.set()
