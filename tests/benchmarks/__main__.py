"""Measure Atrium and what it is compared with in turn, and print the table: `python -m tests.benchmarks`."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from statistics import median

from tests.benchmarks.products import Atrium, Product, Stock, atrium_in
from tests.benchmarks.report import compare, keep_released, print_table
from tests.benchmarks.rounds import Effort
from tests.benchmarks.server import ROOT, cores
from tests.benchmarks.workloads import WORKLOADS

PRODUCTS = ("base", "ours")
QUICK = Effort(seconds=2.0, warm_up=1.0)
RELEASE = Effort(messages=1_000_000)
ROUNDS = 3

Samples = dict[str, dict[str, list[float]]]


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=WORKLOADS, help="measure this alone (may be repeated)")
    parser.add_argument("--product", action="append", choices=PRODUCTS, help="measure this product alone")
    parser.add_argument("--beside", type=Path, help="compare with Atrium in this checkout instead of stock")
    parser.add_argument("--rounds", type=int, default=None, help=f"take the median of this many ({ROUNDS})")
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument(
        "--release",
        action="store_true",
        help="keep the ratios to stock as those of a release, and search a million messages",
    )
    parser.add_argument("--json", type=Path, help="write the figures of every round to a file too")
    return parser.parse_args()


def main() -> None:
    given = parse_arguments()
    rounds = given.rounds or (1 if given.quick else ROUNDS)
    names = given.only or list(WORKLOADS)
    if "page" in names and "history" not in names:
        names.append("history")
    data = ROOT / "data"
    data.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="benchmark-", dir=data))
    try:
        base = atrium_in(given.beside.resolve()) if given.beside else Stock
        kinds = {"base": base, "ours": Atrium}
        products = _set_up(folder, {name: kinds[name] for name in given.product or kinds})
        os.sched_setaffinity(0, {cores()[1]})
        samples = _measure(products, names, rounds, _choose_effort(given))
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    medians = {name: {key: median(values) for key, values in kept.items()} for name, kept in samples.items()}
    lines = compare(medians.get("base", {}), medians.get("ours", {}), beside_own=given.beside is not None)
    print_table(lines, disturbance=_find_disturbance(samples))
    if given.release and not given.beside:
        keep_released(lines)
    if given.json:
        given.json.write_text(json.dumps({"rounds": samples, "table": lines}, indent=2))


def _choose_effort(given: argparse.Namespace) -> Effort:
    if given.quick:
        return QUICK
    return RELEASE if given.release else Effort()


def _set_up(folder: Path, kinds: Mapping[str, type[Product]]) -> dict[str, Product]:
    products = {}
    for name, kind in kinds.items():
        _print_progress(f"Filling the database of {kind.name}")
        products[name] = kind.set_up(folder / name)
    return products


def _measure(products: dict[str, Product], names: list[str], rounds: int, effort: Effort) -> Samples:
    """Return figures by product and row, one of each round. Products take turns, so that a slow minute hits both."""
    samples: Samples = defaultdict(lambda: defaultdict(list))
    for number in range(1, rounds + 1):
        for workload in names:
            for name, product in products.items():
                figures = WORKLOADS[workload](product, effort)
                for key, figure in figures.items():
                    samples[name][key].append(figure)
                shown = ", ".join(f"{key} {figure:,.2f}" for key, figure in figures.items())
                _print_progress(f"round {number}: {product.name}: {shown}")
    return samples


def _find_disturbance(samples: Samples) -> float:
    """Return the largest share of the server's core that went elsewhere in any measurement."""
    shares = [max(values) for kept in samples.values() for key, values in kept.items() if key.endswith(" others")]
    return max(shares, default=0.0)


def _print_progress(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
