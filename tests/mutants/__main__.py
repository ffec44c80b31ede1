"""`make mutants`: put faults of our own into a copy of the tree, one by one, and see whether the tests notice.

Not a part of CI. Takes some ten minutes on two cores; fails where fewer than `REQUIRED` are caught.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutants import action_faults, background_faults, browser_faults, file_faults, server_faults
from tests.mutants.fault import Fault

ROOT = Path(__file__).resolve().parents[2]
FAULTS = tuple(
    fault
    for module in (server_faults, action_faults, background_faults, file_faults, browser_faults)
    for fault in module.FAULTS
)
# Of each thirty, so many have to be caught.
REQUIRED = 28 / 30
SECONDS = 300
TESTS_FAILED, TIMED_OUT = 1, -1
VERDICTS = {TESTS_FAILED: "caught", 0: "MISSED", TIMED_OUT: "TOO LATE"}


def copy_tree(folder: Path) -> Path:
    """Copy what git knows, as it is now, with changes that are not committed."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    names = subprocess.run(listed, cwd=ROOT, capture_output=True, check=True, text=True).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


def run_tests(folder: Path, tests: Iterable[str], *, is_static: bool) -> int:
    """Return the exit code of pytest: 1 where a test failed."""
    # Two versions of a file may have the same size and second: no bytecode is kept.
    env = os.environ | {"DEBUG": "on", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    # Databases are migrated once for each copy. Static files are collected anew where they may be faulty.
    if not is_static:
        env["PREPARED_FOR_TESTS"] = str(folder.with_name(f"{folder.name}-prepared"))
    command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *tests]
    try:
        return subprocess.run(
            command, cwd=folder, env=env, capture_output=True, timeout=SECONDS, check=False
        ).returncode
    except subprocess.TimeoutExpired:  # of a machine that is busy, or of a fault that hangs: nobody knows
        return TIMED_OUT


def try_fault(fault: Fault, copies: SimpleQueue[Path]) -> bool:
    """Tell whether the tests of a fault notice it."""
    folder, began = copies.get(), time.monotonic()
    sound = fault.put_into(folder)
    try:
        code = run_tests(folder, fault.tests, is_static=fault.is_static)
    finally:
        (folder / fault.file).write_text(sound)
        copies.put(folder)
    if code not in VERDICTS:
        raise RuntimeError(f"pytest ended with {code} for: {fault.promise}")
    print(f"{VERDICTS[code]}  {time.monotonic() - began:4.0f} s  {fault.file}: {fault.promise}", flush=True)
    return code == TESTS_FAILED


def find_faulty_baseline(folder: Path, faults: Sequence[Fault]) -> list[str]:
    """Return the tests that fail without any fault: what they say of one counts for nothing."""
    chosen = dict.fromkeys((fault.tests, fault.is_static) for fault in faults)
    return [" ".join(tests) for tests, is_static in chosen if run_tests(folder, tests, is_static=is_static)]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", default="", help="a part of the file or of the promise")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--no-baseline", action="store_true", help="do not see first that the tests pass")
    options = parser.parse_args()
    faults = [fault for fault in FAULTS if options.only in f"{fault.file} {fault.promise}"]
    with tempfile.TemporaryDirectory(prefix="atrium-mutants-") as folder:
        copies: SimpleQueue[Path] = SimpleQueue()
        paths = [copy_tree(Path(folder) / str(number)) for number in range(options.jobs)]
        for path in paths:
            path.with_name(f"{path.name}-prepared").mkdir()
            copies.put(path)
        if not options.no_baseline and (failing := find_faulty_baseline(paths[0], faults)):
            print("These fail without a fault:", *failing, sep="\n  ")
            return 1
        with ThreadPoolExecutor(options.jobs) as pool:
            caught = sum(pool.map(lambda fault: try_fault(fault, copies), faults))
    print(f"{caught} of {len(faults)} faults were caught.")
    return int(caught < REQUIRED * len(faults))


if __name__ == "__main__":
    sys.exit(main())
