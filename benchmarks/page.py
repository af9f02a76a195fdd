"""How large the page of 11,000 communes is, and how long a browser takes to show and to filter it."""

from __future__ import annotations

import argparse
import tempfile
from functools import partial
from pathlib import Path
from statistics import median
from time import process_time
from typing import TYPE_CHECKING

import polars as pl
from generate import YEARS, Wanted, frame
from measuring import machine, print_table

import ncriteria as nc
from ncriteria.report.page import page_html

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CRITERIA = Path(__file__).with_name("twelve.yaml")
CHROMIUM = "/usr/bin/chromium"
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
YEAR = 2024
EMPTY = "an empty page"
SHOWN = "the page, until its rows are shown"
TARGETS = {SHOWN: "1,000 ms"}
FILTERS = {
    "to the last row": "(page) => { page.grid.scrollTop = 1e9; page.grid.dispatchEvent(new Event('scroll')); }",
    "a letter of the search": "(page) => { page.text.value = page.text.value === 'a' ? '1' : 'a';"
    " page.text.dispatchEvent(new Event('input')); }",
    "the verdict of a criterion": "(page) => { page.verdict.value = page.verdict.value === '1' ? '0' : '1';"
    " page.verdict.dispatchEvent(new Event('change')); }",
    "a missing figure": "(page) => { page.figure.value = page.figure.value === 'any' ? '' : 'any';"
    " page.figure.dispatchEvent(new Event('change')); }",
}
MEASURE = """
async () => {
  const page = { grid: document.getElementById('grid') };
  for (const name of ['text', 'verdict', 'figure']) page[name] = document.getElementById(`filter-${name}`);
  const begun = performance.now();
  (%s)(page);
  page.grid.getBoundingClientRect();
  const done = performance.now();
  await new Promise(requestAnimationFrame);
  return done - begun;
}
"""
WHEN_SHOWN = """
new MutationObserver((_, observer) => {
  if (document.querySelector('.rows .row')) { window.shown = performance.now(); observer.disconnect(); }
}).observe(document, { childList: true, subtree: true });
"""


def main() -> None:
    """Measure the page of some communes in one year."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=11_000)
    parser.add_argument("--rounds", type=int, default=7)
    given = parser.parse_args()
    judged, spent_judging = timed(partial(judgements, given.units))
    page, spent_writing = timed(partial(page_html, judged))
    print(f"The page of {len(judged):,} communes under 12 clauses: medians of {given.rounds} runs ({machine()})")
    print(f"verdicts {spent_judging:.1f} s, page {spent_writing:.1f} s of the processor's time")
    print(f"size {len(page.encode('utf-8')) / 1e6:.2f} MB (at most 5 MB)")
    with tempfile.TemporaryDirectory() as folder:
        browse(Path(folder), page, given.rounds)


def judgements(units: int) -> list[nc.Judgement]:
    """The verdicts on generated communes in one year, with the facts of two years before."""
    criteria = nc.load(CRITERIA)
    facts = frame(Wanted(units * YEARS * 11 // 10)).filter(pl.col("year").is_between(YEAR - 2, YEAR))
    chosen = facts.filter(pl.col("year") == YEAR)["unit"].head(units)
    table = nc.FactTable.from_frame(facts.filter(pl.col("unit").is_in(chosen.implode())), criteria.facts)
    return list(nc.evaluate_rows(table, criteria, wanted=lambda row: row.year == YEAR))


def timed(task):
    """What a task gives, and the seconds of the processor that it took."""
    begun = process_time()
    return task(), process_time() - begun


def browse(folder: Path, page: str, rounds: int) -> None:
    """Open the page in turns with an empty one, then filter it."""
    from playwright.sync_api import sync_playwright

    files = {EMPTY: "<!DOCTYPE html><div class=rows><div class=row>x</div></div>", SHOWN: page}
    for number, text in enumerate(files.values()):
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        taken = {name: list[float]() for name in (*files, *FILTERS)}
        for counted in (False, *[True] * rounds):
            for number, name in enumerate(files):
                found = opened(browser, folder / f"{number}.html", FILTERS if name == SHOWN else {})
                for what, milliseconds in {name: found.pop("shown"), **found}.items():
                    if counted:
                        taken[what].append(milliseconds)
        browser.close()
    base = median(taken[EMPTY])
    rows = [
        [name, f"{median(times):.1f} ms", f"{median(times) / base:.2f}", TARGETS.get(name, "50 ms" * (name in FILTERS))]
        for name, times in taken.items()
    ]
    print_table(["what", "elapsed", "to an empty page", "at most"], rows)


def opened(browser: Browser, path: Path, filters: dict[str, str]) -> dict[str, float]:
    """How long it takes to open a page, and then to filter it, in milliseconds."""
    page = browser.new_page(viewport={"width": 1440, "height": 860})
    page.add_init_script(WHEN_SHOWN)
    page.goto(path.as_uri())
    page.wait_for_function("window.shown")
    found = {"shown": page.evaluate("window.shown")}
    for name, act in filters.items():
        found[name] = page.evaluate(MEASURE % act)
    page.close()
    return found


if __name__ == "__main__":
    main()
