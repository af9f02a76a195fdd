"""The limits that keep untrusted text harmless (design, section 2)."""

from __future__ import annotations

from typing import Final

MAX_CHARACTERS: Final = 10_000
"""Characters of an expression."""
MAX_NESTING: Final = 100
"""Levels of a syntax tree, parentheses included."""
MAX_DIGITS: Final = 100
"""Digits of a numeral."""
MAX_EXPONENT: Final = 100
"""The exponent of a numeral, either way."""
MAX_DECIMALS: Final = 18
"""Decimal places that a fact may declare: with so many, numbers of one digit before the point fit into 64 bits."""
MAX_YEARS: Final = 50
"""How many years a rule may look back."""
