"""Run a command and watch it: wall seconds, and CPU seconds and memory of all of its processes together.

CPU is what every living process of the tree has used, its ended children included. Memory is the sum of the processes'
proportional set sizes (PSS): a page that several share counts once, which resident sizes would count for each.
Both are read by a thread, CPU twice a second and memory every other second, so that to look costs little of the two
processors; a shorter peak may be missed.
"""

from __future__ import annotations

import bisect
import resource
import subprocess
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import psutil

_EVERY = 0.5  # seconds between two looks at the CPU times
_MEMORY_EVERY = 4  # looks; asking for a PSS makes the kernel walk through the process's pages
_GONE = (psutil.NoSuchProcess, psutil.AccessDenied, psutil.ZombieProcess)


@dataclass(slots=True)
class Watched:
    """What a command took. ``looks`` are (time since the epoch, CPU seconds up to then)."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: float = 0.0  # MB
    output: str = ""
    looks: list[tuple[float, float]] = field(default_factory=list)

    def cpu_between(self, start: float, end: float) -> float:
        """CPU seconds between two times since the epoch, interpolated between the looks."""
        return self._cpu_at(end) - self._cpu_at(start)

    def _cpu_at(self, when: float) -> float:
        after = bisect.bisect(self.looks, (when, float("inf")))
        if after == 0:
            return 0.0
        if after == len(self.looks):
            return self.looks[-1][1]
        (t0, c0), (t1, c1) = self.looks[after - 1], self.looks[after]
        return c0 + (c1 - c0) * (when - t0) / (t1 - t0)


def watch(command: Sequence[str], environment: dict[str, str] | None = None) -> Watched:
    """Run a command to its end; CalledProcessError where it fails. Its standard error is shown."""
    seen, ended = Watched(), threading.Event()
    before = _children()
    start, started = time.perf_counter(), time.time()
    seen.looks.append((started, 0.0))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        looking = threading.Thread(target=_look, args=(process.pid, seen, ended), daemon=True)
        looking.start()
        seen.output = process.stdout.read() if process.stdout else ""
        code = process.wait()
        seen.wall = time.perf_counter() - start
        ended.set()
        looking.join()
    # Whoever outlives the command for a moment, as the process that workers are forked from, is nobody's child here.
    seen.cpu = max(_children() - before, seen.looks[-1][1])
    seen.looks.append((time.time(), seen.cpu))
    if code:
        raise subprocess.CalledProcessError(code, command, seen.output)
    return seen


def _children() -> float:
    """CPU seconds of this process's ended children and theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _look(pid: int, seen: Watched, ended: threading.Event) -> None:
    count = 0
    while not ended.wait(_EVERY):
        tree = list(_tree(pid))
        cpu = sum(_cpu(process) for process in tree)
        seen.looks.append(
            (time.time(), max(cpu, seen.looks[-1][1]))
        )  # one that ends between two reads is missed
        if count % _MEMORY_EVERY == 0:
            seen.peak = max(seen.peak, sum(_memory(process) for process in tree) / 2**20)
        count += 1


def _tree(pid: int) -> Iterator[psutil.Process]:
    with suppress(*_GONE):
        root = psutil.Process(pid)
        yield root
        yield from root.children(recursive=True)


def _cpu(process: psutil.Process) -> float:
    with suppress(*_GONE):
        times = process.cpu_times()
        return float(times.user + times.system + times.children_user + times.children_system)
    return 0.0


def _memory(process: psutil.Process) -> float:
    with suppress(*_GONE):
        return float(process.memory_full_info().pss)
    return 0.0
