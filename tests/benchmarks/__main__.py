"""`make bench`: measure everything, print the report and write it to docs/benchmarks.md.

`make bench BENCH_SIZE=10000` is a small run, to see that it works: it prints its report and writes none.
"""

import signal
import sys
import time
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tests.benchmarks import report
from tests.benchmarks.measuring import measure

SIZES = (report.SMALLEST, 100_000, report.FULL)
REPORT = Path(settings.BASE_DIR) / "docs" / "benchmarks.md"


def main(largest: int) -> None:
    began = time.monotonic()
    on = report.machine()
    call_command("postgres", "start", verbosity=0)

    def tell(step: str) -> None:
        sys.stderr.write(f"  {time.monotonic() - began:4.0f} s  {step}\n")

    sizes = sorted({size for size in SIZES if size < largest} | {largest})
    results = [measure(size, whole=size == largest, tell=tell) for size in sizes]
    text = report.written(results, on=on, took_s=time.monotonic() - began)
    sys.stdout.write(text)
    if largest >= report.FULL:
        REPORT.write_text(text)


if __name__ == "__main__":
    # Whoever stops it stops the servers that it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else report.FULL)
