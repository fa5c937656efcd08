"""Measure the whole run at several sizes, with one worker and with two, into docs/performance/scale.csv and stages.csv.

Each point stands by itself: what is in the files already is not measured again unless --again is given, and a point can be
asked for alone. The points come one after the other; nothing else should run on the machine.

    python -m tests.bench.scale --documents 1000 10000 --workers 1 2
"""

from __future__ import annotations

import argparse
import shutil
import sys
from pathlib import Path

from tests.bench import figures, whole
from tests.bench.corpus import corpus

SCRATCH = Path(__file__).parents[2] / "data" / "bench"


def measure(documents: int, workers: int, scratch: Path) -> whole.Taken:
    """The whole run over so many documents, saved."""
    inbox, home = corpus(scratch, documents), scratch / "home"
    taken = whole.run(inbox, home, workers)
    about = {"documents": documents, "workers": workers}
    measured = {"wall": taken.wall, "cpu": taken.cpu, "peak": taken.peak}
    figures.save("scale", [about | measured | {"read": _megabytes(inbox), "kept": _megabytes(home)}])
    parts: list[figures.Row] = [
        about | {"part": part.name, "wall": part.wall, "cpu": part.cpu} for part in taken.parts
    ]
    figures.save("stages", parts)
    return taken


def _megabytes(folder: Path) -> float:
    """Size of all files below a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def main() -> None:
    """Measure every point that is asked for and missing."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--again", action="store_true", help="measure points that are in the file, too")
    parser.add_argument("--scratch", type=Path, default=SCRATCH, help="folder for the news and the home")
    chosen = parser.parse_args()
    chosen.scratch.mkdir(parents=True, exist_ok=True)
    known = {(int(row["documents"]), int(row["workers"])) for row in figures.read("scale")}
    for documents in chosen.documents:
        for workers in chosen.workers:
            if (documents, workers) in known and not chosen.again:
                sys.stderr.write(f"{documents} documents, {workers} workers: known already\n")
                continue
            taken = measure(documents, workers, chosen.scratch)
            sys.stderr.write(
                f"{documents} documents, {workers} workers: {taken.wall:.0f} s, "
                f"{taken.cpu:.0f} s of CPU, {taken.peak:.0f} MB\n"
            )
            shutil.rmtree(chosen.scratch / "home")


if __name__ == "__main__":
    main()
