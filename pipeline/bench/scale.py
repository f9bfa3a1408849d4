"""Cost against size: the same pages many times over, all different, each size built in a process of its own.

`python -m pipeline.bench.scale seeds --times 1 10 100 1000 --markdown docs/scale.md` prints the curve, and puts the
table between the marks of that file.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from unittest.mock import patch

from pipeline.bench.corpus import copies
from pipeline.bench.timing import peak_mb

BEGIN, END = "<!-- scale: begin -->", "<!-- scale: end -->"
HEAD = (
    "| pages | MB in | processor s | MB/s | ms a page | peak MB | files | MB out | bytes out a page | panel s | panel rows | nothing changed s "
    "| a page changed s |"
)


@dataclass(frozen=True)
class Cost:
    """What a build of so many pages took, and the next one where nothing, or one page, had changed."""

    pages: int
    bytes_in: int
    seconds: float
    peak_mb: float
    files: int
    bytes_out: int
    panel_seconds: float
    panel_rows: int
    again_seconds: float
    changed_seconds: float

    def row(self) -> str:
        """A line of the table."""
        cells = (
            f"{self.pages}",
            f"{self.bytes_in / 1e6:.2f}",
            f"{self.seconds:.1f}",
            f"{self.bytes_in / 1e6 / self.seconds:.2f}",
            f"{self.seconds / self.pages * 1e3:.1f}",
            f"{self.peak_mb:.0f}",
            f"{self.files}",
            f"{self.bytes_out / 1e6:.2f}",
            f"{self.bytes_out / self.pages:.0f}",
            f"{self.panel_seconds:.2f}",
            f"{self.panel_rows}",
            f"{self.again_seconds:.2f}",
            f"{self.changed_seconds:.2f}",
        )
        return f"| {' | '.join(cells)} |"


def measure_apart(seeds: Path, times: int) -> Cost:
    """The cost of `times` copies of the pages, measured in a new process."""
    done = subprocess.run([sys.executable, "-m", "pipeline.bench.scale", str(seeds), "--one", str(times)], capture_output=True, text=True, check=True)
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def measure_here(seeds: Path, times: int) -> Cost:
    """Write the pages, build them with one process, and build them again."""
    from pipeline.runner import driver, merging

    panel_seconds: list[float] = []

    def timed(*args: object) -> int:
        began = time.process_time()
        rows = merging.merge_corpus(*args)  # type: ignore[arg-type]
        panel_seconds.append(time.process_time() - began)
        return rows

    with tempfile.TemporaryDirectory() as folder, patch.object(driver, "merge_corpus", timed):
        pages, out = Path(folder) / "pages", Path(folder) / "outputs"
        name = ""
        for name, text in copies(sorted(seeds.glob("*.txt")), times):
            path = pages / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        seconds = []
        for changed in (False, False, True):
            if changed:
                (pages / name).write_text("新的一页\n\n三教镇修路12公里。", "utf-8")
            began = time.process_time()
            summary = driver.build([pages], out, jobs=1, without=("tokens",), quiet=True)
            seconds.append(time.process_time() - began)
            if len(seconds) == 1:
                first = summary
                files = [path.stat().st_size for path in out.glob("*/*.parquet")]
        return Cost(
            first.pages, first.n_bytes, seconds[0], peak_mb(), len(files), sum(files), panel_seconds[0], first.rows["panel"], seconds[1], seconds[2]
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure each size and print the table."""
    parser = argparse.ArgumentParser(prog="python -m pipeline.bench.scale", description=__doc__)
    parser.add_argument("seeds", type=Path, help="folder of .txt pages to copy")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10, 100, 1000], help="how many copies, one after the other")
    parser.add_argument("--markdown", type=Path, help="file that has the marks the table goes between")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    chosen = parser.parse_args(arguments)
    if chosen.one:
        sys.stdout.write("\n" + json.dumps(asdict(measure_here(chosen.seeds, chosen.one))) + "\n")
        return
    lines = [HEAD, "|" + "---:|" * (HEAD.count("|") - 1)]
    sys.stdout.write("\n".join(lines) + "\n")
    for times in chosen.times:
        lines.append(measure_apart(chosen.seeds, times).row())
        sys.stdout.write(lines[-1] + "\n")
        sys.stdout.flush()
    if chosen.markdown:
        before, _, rest = chosen.markdown.read_text("utf-8").partition(BEGIN)
        after = rest.partition(END)[2]
        chosen.markdown.write_text(f"{before}{BEGIN}\n" + "\n".join(lines) + f"\n{END}{after}", "utf-8")


if __name__ == "__main__":
    main()
