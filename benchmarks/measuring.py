"""Interleaved runs and what to say of them: medians, ratios, and the machine that they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from statistics import median
from time import perf_counter


def interleaved(tasks: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """The median time of each task in seconds.

    Each round runs every task once, so that what else the machine does meets all of them alike. One round before the
    first warms the file caches, and Python's caches of compiled modules, and is not counted.
    """
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for counted in (False, *[True] * rounds):
        for name, task in tasks.items():
            begin = perf_counter()
            task()
            if counted:
                times[name].append(perf_counter() - begin)
    return {name: median(taken) for name, taken in times.items()}


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
