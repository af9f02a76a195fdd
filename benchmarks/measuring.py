"""Interleaved runs and what to say of them: medians, ratios, and the machine that they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from statistics import median
from time import perf_counter

from attrs import frozen


@frozen
class Taken:
    """How long something took, in seconds: on the clock, and of the processor's time."""

    elapsed: float
    processor: float


def interleaved(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, Taken]:
    """The median times of each task.

    Each round runs every task once, so that what else the machine does meets all of them alike. One round before the
    first warms the file caches, and Python's caches of compiled modules, and is not counted.
    """
    times: dict[str, list[Taken]] = {name: [] for name in tasks}
    for counted in (False, *[True] * rounds):
        for name, task in tasks.items():
            clock, spent = perf_counter(), processor_time()
            task()
            if counted:
                times[name].append(Taken(perf_counter() - clock, processor_time() - spent))
    return {name: _median(taken) for name, taken in times.items()}


def _median(taken: Sequence[Taken]) -> Taken:
    return Taken(median(one.elapsed for one in taken), median(one.processor for one in taken))


def print_times(medians: Mapping[str, Taken], baseline: str, targets: Mapping[str, str]) -> None:
    """Print each task's median times, and their ratios to those of the task `baseline`."""
    base = medians[baseline]
    rows = [
        [
            name,
            f"{1000 * taken.elapsed:.0f} ms",
            f"{taken.elapsed / base.elapsed:.1f}",
            f"{1000 * taken.processor:.0f} ms",
            f"{taken.processor / base.processor:.1f}",
            targets.get(name, ""),
        ]
        for name, taken in medians.items()
    ]
    print_table(["task", "elapsed", "ratio", "processor", "ratio", "at most"], rows)


def processor_time() -> float:
    """The processor time, in seconds, of this program and of those that it started and that have ended."""
    spent = (getrusage(who) for who in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in spent)


def machine() -> str:
    """The kind of machine: system, processor kind and number, Python."""
    cores = os.cpu_count() or 1
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return f"{platform.system()} {platform.machine()}, {cores} {'core' if cores == 1 else 'cores'}, {python}"


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print `rows` under `headings`, the first column to the left and numbers to the right."""
    widths = [max(len(row[index]) for row in (headings, *rows)) for index in range(len(headings))]
    for row in (headings, *rows):
        first, *rest = [
            cell.ljust(width) if index == 0 else cell.rjust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  ".join([first, *rest]).rstrip())
