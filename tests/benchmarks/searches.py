"""Searches of messages, as rows of the table."""

from __future__ import annotations

import json
import subprocess
import sys

from tests.benchmarks.products import Product, Stock
from tests.benchmarks.rounds import Effort, Figures


def measure_search(product: Product, effort: Effort) -> Figures:
    """Milliseconds of processor time of a search, from a process of its own. Stock has none."""
    if isinstance(product, Stock):
        return {}
    command = [sys.executable, "-m", "tests.benchmarks.search", "--messages", str(effort.messages), "--searches-only"]
    done = subprocess.run(command, cwd=product.root, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr[-3000:])
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures
