"""What tests of scheduled messages share."""

from datetime import UTC, datetime

import pytest
from time_machine import TimeMachineFixture

# A Friday.
NOW = datetime(2026, 11, 27, 10, 30, tzinfo=UTC)
SOON = datetime(2026, 11, 27, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(time_machine: TimeMachineFixture) -> TimeMachineFixture:
    """A clock that stands, until it is moved."""
    time_machine.move_to(NOW, tick=False)
    return time_machine
