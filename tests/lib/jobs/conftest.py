from collections.abc import Iterator
from typing import Any

import pytest

from tests.lib.jobs import sample_jobs


@pytest.fixture(autouse=True)
def notes() -> Iterator[list[Any]]:
    """What the jobs of `sample_jobs` have noted."""
    sample_jobs.notes.clear()
    yield sample_jobs.notes
    sample_jobs.notes.clear()
