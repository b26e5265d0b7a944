"""`python -m benchmarks [name …] [--only NAME] [--quick]`: run benches and print one table each."""

from __future__ import annotations

import argparse
import importlib
import platform
from pathlib import Path

BENCHES = tuple(sorted(path.stem.removeprefix("bench_") for path in Path(__file__).parent.glob("bench_*.py")))


def main() -> None:
    """Run the benches asked for (all without `--only`), one table after the other."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", action="append", choices=BENCHES, help="run this bench (may be repeated)")
    parser.add_argument("--quick", action="store_true", help="small sizes, to see that everything runs")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}")
    for name in options.only or BENCHES:
        bench = importlib.import_module(f"benchmarks.bench_{name}")
        for table in bench.tables(quick=options.quick):
            print(f"\n{table.markdown()}", flush=True)


if __name__ == "__main__":
    main()
