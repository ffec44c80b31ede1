"""Where pictures of tests are stored."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings


@pytest.fixture
def files(tmp_path: Path, settings: Settings) -> Callable[..., Any]:
    settings.MEDIA_ROOT = tmp_path
    return lambda: sorted(each.name for each in tmp_path.rglob("*") if each.is_file())
