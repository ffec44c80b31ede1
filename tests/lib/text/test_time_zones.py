"""Time zones as browsers name them, also where the machine has none, or not the old names."""

from __future__ import annotations

import os
import subprocess
import sys

# What ICU 78 answers in Chrome and Node. Debian 13 and Ubuntu 24.04 have these names only in the package tzdata-legacy.
ICU_NAMES = (
    *("Asia/Calcutta", "Asia/Saigon", "Asia/Katmandu", "Asia/Rangoon", "Europe/Kiev", "America/Buenos_Aires"),
    *("America/Godthab", "America/Indianapolis", "Atlantic/Faeroe", "Africa/Asmera", "Pacific/Truk", "Pacific/Ponape"),
)
SCRIPT = """
import sys
from lib.text.time_zones import find_zone, list_valid_zones
print([name for name in sys.argv[1:] if not find_zone(name) or name not in list_valid_zones()])
"""


def test_the_names_of_browsers_are_known_on_a_machine_without_time_zones() -> None:
    answer = subprocess.run(
        [sys.executable, "-c", SCRIPT, *ICU_NAMES],
        env={"PATH": os.environ["PATH"], "PYTHONTZPATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )

    assert answer.stdout.strip() == "[]"
