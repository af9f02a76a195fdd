"""Proofs of several threads, and of one while another throws away what it has used: the solver is one for all."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.rule_sets import HEAD, one_rule

pytest.importorskip("z3")

PROGRAM = """
import sys, threading, time
import z3
import ncriteria as nc
from ncriteria.analysis.proof.solving.solver import one_at_a_time

old, new = (nc.loads(text) for text in sys.argv[1:3])

def relation():
    return nc.prove(old, new, year=2021, timeout=300).years[0].whole.relation.value

found, end = [relation()], time.monotonic() + 1

def work():
    while time.monotonic() < end:
        found.append(relation())

@one_at_a_time
def formulas():
    return [z3.Int(f"x{number}") + number > number * number for number in range(500)]

threads = [threading.Thread(target=work) for _ in range(3)]
for thread in threads:
    thread.start()
while any(thread.is_alive() for thread in threads):
    # They are thrown away while another thread asks the solver, as garbage is.
    formulas().clear()
    time.sleep(0.001)
for thread in threads:
    thread.join()
print(len(found) >= 4, {*found})
"""


def test_threads_that_prove_get_what_one_gets():
    texts = [
        HEAD + one_rule(rule) for rule in ("cases <= prev_year * 0.95", "cases <= prev_year * 0.9 and others >= 1")
    ]
    done = subprocess.run([sys.executable, "-c", PROGRAM, *texts], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "True {'stricter'}\n", "")
