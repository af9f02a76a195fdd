"""How long the command line takes to start, as a multiple of Python's own start."""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

from measuring import interleaved, machine, print_times

ROUNDS = 21
FACTS = Path(__file__).parents[1] / "examples" / "tan_hung" / "facts.csv"
PROGRAM = [sys.executable, "-c", "from ncriteria.cli import main; main()"]
BASELINE = "python -c pass"
HELP = "ncriteria --help"
EVALUATE = "ncriteria evaluate (Tân Hưng)"
COMMANDS = {
    BASELINE: [sys.executable, "-c", "pass"],
    HELP: [*PROGRAM, "--help"],
    EVALUATE: [*PROGRAM, "evaluate", str(FACTS), "--standard", "ntm-19.2"],
}
TARGETS = {HELP: "5 times", EVALUATE: "15 times"}


def main() -> None:
    # Compiled modules are kept between runs, as they are for whoever has installed the program.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    run = partial(subprocess.run, check=True, stdout=subprocess.DEVNULL, env=environment)
    tasks = {name: partial(run, command) for name, command in COMMANDS.items()}
    medians = interleaved(tasks, ROUNDS)
    print(f"Starting up: medians of {ROUNDS} interleaved runs ({machine()})")
    print_times(medians, BASELINE, TARGETS)


if __name__ == "__main__":
    main()
