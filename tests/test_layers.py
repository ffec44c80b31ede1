"""Imports point downwards."""

import shutil
import subprocess
import sys
from pathlib import Path

from django.conf import settings


def test_imports_point_downwards() -> None:
    command = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or "lint-imports"

    run = subprocess.run([command, "--no-cache"], cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)

    assert run.returncode == 0, run.stdout + run.stderr
