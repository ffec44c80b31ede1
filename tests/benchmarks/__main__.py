"""`python -m tests.benchmarks`: measure both products in turn and print the table."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from statistics import median

from tests.benchmarks.products import Atrium, Product, Stock
from tests.benchmarks.report import compare, show
from tests.benchmarks.server import ROOT, cores
from tests.benchmarks.workloads import WORKLOADS, Effort

PRODUCTS: dict[str, type[Product]] = {"stock": Stock, "ours": Atrium}
QUICK = Effort(seconds=2.0, warm_up=1.0)
ROUNDS = 3

Samples = dict[str, dict[str, list[float]]]


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=WORKLOADS, help="measure this alone (may be repeated)")
    parser.add_argument("--product", action="append", choices=PRODUCTS, help="measure this product alone")
    parser.add_argument("--rounds", type=int, default=None, help=f"take the median of this many ({ROUNDS})")
    parser.add_argument("--quick", action="store_true", help="one short round")
    parser.add_argument("--json", type=Path, help="write the figures of every round to a file too")
    return parser.parse_args()


def main() -> None:
    given = arguments()
    rounds = given.rounds or (1 if given.quick else ROUNDS)
    names = given.only or list(WORKLOADS)
    if "page" in names and "history" not in names:
        names.append("history")
    data = ROOT / "data"
    data.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="benchmark-", dir=data))
    try:
        products = _set_up(folder, given.product or list(PRODUCTS))
        os.sched_setaffinity(0, {cores()[1]})
        samples = _measure(products, names, rounds, QUICK if given.quick else Effort())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    medians = {name: {key: median(values) for key, values in kept.items()} for name, kept in samples.items()}
    lines = compare(medians.get("stock", {}), medians.get("ours", {}))
    show(lines, disturbance=_disturbance(samples))
    if given.json:
        given.json.write_text(json.dumps({"rounds": samples, "table": lines}, indent=2))


def _set_up(folder: Path, names: list[str]) -> dict[str, Product]:
    products = {}
    for name in names:
        _say(f"Filling the database of {PRODUCTS[name].name}")
        products[name] = PRODUCTS[name].set_up(folder / name)
    return products


def _measure(products: dict[str, Product], names: list[str], rounds: int, effort: Effort) -> Samples:
    """Figures by product and row, one of each round; the products take turns so that a slow minute hits both."""
    samples: Samples = defaultdict(lambda: defaultdict(list))
    for number in range(1, rounds + 1):
        for workload in names:
            for name, product in products.items():
                figures = WORKLOADS[workload](product, effort)
                for key, figure in figures.items():
                    samples[name][key].append(figure)
                shown = ", ".join(f"{key} {figure:,.2f}" for key, figure in figures.items())
                _say(f"round {number}: {product.name}: {shown}")
    return samples


def _disturbance(samples: Samples) -> float:
    """The largest share of the server's core that went elsewhere in any measurement."""
    shares = [max(values) for kept in samples.values() for key, values in kept.items() if key.endswith(" others")]
    return max(shares, default=0.0)


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
