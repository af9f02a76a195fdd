"""How long a sheet takes to become a grid of cells, as a multiple of what calamine alone needs for its values."""

from __future__ import annotations

import argparse
import gc
import io
import random
from functools import partial

import xlsxwriter
from measuring import interleaved, machine, print_times
from python_calamine import CalamineWorkbook

from ncriteria.facts.formats.workbook import read_workbook

ROWS = 11_000
COLUMNS = 42
ROUNDS = 5
BASELINE = "calamine alone"
READ = "read_workbook, .xlsx"
FORMULAS = "read_workbook, .xlsx with formulas"
TARGETS = {READ: "5 times"}


def made(rows: int, *, has_formulas: bool) -> bytes:
    """A workbook with a row for each commune: names, a year, counts, shares, and a total in the last column."""
    drawn = random.Random(1)
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet, percent = book.add_worksheet("Số liệu"), book.add_format({"num_format": "0%"})
        sheet.write_row(0, 0, [f"Chỉ tiêu {column}" for column in range(COLUMNS)])
        for row in range(1, rows):
            sheet.write_row(row, 0, [f"{row:05}", f"Xã Tân Hưng {row}", 2024, drawn.randrange(3_000, 25_000)])
            for column in range(4, COLUMNS - 1):
                if column % 10 == 0:
                    sheet.write_number(row, column, drawn.randrange(1_000) / 1_000, percent)
                else:
                    sheet.write_number(row, column, drawn.randrange(60))
            if has_formulas:
                sheet.write_formula(row, COLUMNS - 1, f"=SUM(E{row + 1}:AO{row + 1})", None, drawn.randrange(1, 2_000))
            else:
                sheet.write_number(row, COLUMNS - 1, drawn.randrange(2_000))
    return target.getvalue()


def read_alone(content: bytes) -> None:
    """The values alone, as calamine gives them."""
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        book.get_sheet_by_index(0).to_python()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    asked = parser.parse_args()
    plain, calculated = (made(asked.rows, has_formulas=has_formulas) for has_formulas in (False, True))
    tasks = {
        BASELINE: partial(read_alone, plain),
        READ: partial(read_workbook, plain, "xlsx", None),
        FORMULAS: partial(read_workbook, calculated, "xlsx", None),
    }
    # Tables are read without the search for garbage, as `nc.read_facts` reads them.
    gc.disable()
    medians = interleaved(tasks, asked.rounds)
    told = f"{asked.rows:,} rows of {COLUMNS} columns"
    print(f"A workbook of {told}: medians of {asked.rounds} interleaved runs ({machine()})")
    print_times(medians, BASELINE, TARGETS)


if __name__ == "__main__":
    main()
