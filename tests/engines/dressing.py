"""One table in the many forms that frames have: other types, other spellings, other columns, and the same facts."""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Decimal

import polars as pl

from ncriteria.sets.model import FactType
from tests.engines.strategies import FACTS

_OURS = (
    "__ncriteria_year_0_0",
    "__ncriteria_v0",
    "__NCRITERIA_C0_0",
    "__ncriteria_unit",
    "__ncriteria_this_0",
    "__ncriteria_part",
)
_ODD = (
    "*",
    "^.*$",
    "a.b",
    'q"u',
    "`t",
    "c1_key",
    "UNIT_KEY",
    "stands",
    "outer",
    "roster",
    "Verdicts",
    "  ",
    "é",
    "e\u0301",
)
_SPACES = ("{}", "{} ", " {}", "{}\u00a0", "\t{}", "\u2003{}  ")


def dressed(chance, frame: pl.DataFrame, *, decomposed: bool) -> pl.DataFrame:
    """`frame` in another form; `decomposed` writes accents as marks, now and then."""
    counts = [name for name, declared in FACTS.items() if declared.type is FactType.COUNT]
    columns = [
        _identifiers(chance, frame, decomposed=decomposed),
        pl.col("year").cast(chance.choice([pl.Int16, pl.Int32, pl.Int64, pl.UInt32, pl.Float64, pl.Decimal(12, 3)])),
        *(_numbers(chance, frame, name) for name in counts),
        *(pl.col(name).cast(pl.Datetime(chance.choice(["ms", "us"]))) for name in _days() if chance.random() < 0.5),
        *(pl.col(name).cast(pl.Categorical) for name in _options() if chance.random() < 0.5),
        pl.col("balance").cast(pl.Decimal(38, chance.choice([1, 6, 18]))),
    ]
    found = frame.with_columns(columns)
    found = found.with_columns(_foreign(chance, found.height, name) for name in _OURS + _ODD if chance.random() < 0.5)
    return found.rename({name: _heading(chance, name) for name in FACTS})


def _days():
    return [name for name, declared in FACTS.items() if declared.type is FactType.DATE]


def _options():
    return [name for name, declared in FACTS.items() if declared.type is FactType.ENUMERATION]


def _heading(chance, name: str) -> str:
    return chance.choice([name, name.upper(), f"{name} ", unicodedata.normalize("NFD", name)])


def _identifiers(chance, frame: pl.DataFrame, *, decomposed: bool) -> pl.Series:
    """The units, each row in a spelling of its own."""
    forms = ("NFC", "NFD") if decomposed else ("NFC",)
    if chance.random() < 0.3:
        forms, spaces = ("NFC",), ("{}",)
    else:
        spaces = _SPACES
    written = [
        unicodedata.normalize(chance.choice(forms), chance.choice(spaces).format(unit))
        for unit in frame["unit"].to_list()
    ]
    units = pl.Series("unit", written)
    return units.cast(chance.choice([pl.String, pl.Categorical, pl.Enum(units.unique())]))


def _numbers(chance, frame: pl.DataFrame, name: str) -> pl.Expr:
    most = frame.get_column(name).max()
    if most is None or most >= 2**53:
        return pl.col(name)
    types = [pl.Int64, pl.UInt64, pl.Int32, pl.Float64, pl.Decimal(38, 0), pl.Decimal(38, 18)]
    return pl.col(name).cast(chance.choice(types))


def _foreign(chance, size: int, name: str) -> pl.Series:
    """A column that is no fact, of any type."""
    values, dtype = chance.choice(
        [
            ([1, None, 3], pl.Int8),
            ([1.5, float("nan"), None], pl.Float64),
            (["a", "", None], pl.String),
            (["b", "a", "b"], pl.Categorical),
            ([[1], [], None], pl.List(pl.Int64)),
            ([{"a": 1}, {"a": None}, None], pl.Struct({"a": pl.Int64})),
            ([datetime.timedelta(1), None, datetime.timedelta(2)], pl.Duration),
            ([datetime.time(1), None, datetime.time(2)], pl.Time),
            ([b"a", None, b""], pl.Binary),
            ([Decimal("1.25"), None, Decimal(0)], pl.Decimal(20, 2)),
            ([datetime.datetime(2021, 1, 1, 5), None, None], pl.Datetime("us", "Asia/Ho_Chi_Minh")),
        ]
    )
    return pl.Series(name, [chance.choice(values) for _ in range(size)], dtype=dtype)
