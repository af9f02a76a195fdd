"""What is proved of the scales of grades of one set: that each record has a grade, and that no two grades fit it."""

from __future__ import annotations

from ncriteria.analysis.cases import Row
from ncriteria.quick_classes import frozen


@frozen
class OverlapOfGrades:
    """Two grades of which the better one is given: a record that both fit, or that it was not decided in time."""

    better: str
    worse: str
    row: Row | None


@frozen
class ScaleProof:
    """What holds of the scale at `path` for every record that can be judged.

    `is_complete` says whether each record to which the scale applies has a grade, `ungraded` is one that has none;
    `None` where that was not decided in time. `overlaps` has the pairs of grades of which it is not proved that no
    record fits both.
    """

    path: str
    is_complete: bool | None
    ungraded: Row | None = None
    overlaps: tuple[OverlapOfGrades, ...] = ()

    @property
    def is_proved(self) -> bool:
        """Whether every record has one grade, and fits no other."""
        return self.is_complete is True and not self.overlaps
