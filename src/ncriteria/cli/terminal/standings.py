"""Where units stand while their year runs, by signs and colours, which words stand beside."""

from __future__ import annotations

from typing import Final

from ncriteria.analysis.watching.standing import Standing

STANDING_SIGNS: Final = {Standing.LOST: "✗", Standing.AT_RISK: "!", Standing.OPEN: "○", Standing.CERTAIN: "✓"}
STANDING_COLOURS: Final = {
    Standing.LOST: "red",
    Standing.AT_RISK: "magenta",
    Standing.OPEN: "yellow",
    Standing.CERTAIN: "green",
}
