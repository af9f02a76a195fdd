"""Joins that keep every row of a frame, in its order where that is wanted: without being told, Polars keeps none."""

from __future__ import annotations

import narwhals as nw

from ncriteria.evaluation.columns.door.frames import Frame


def left_join(frame: Frame, right: Frame, on: list[str], *, ordered: bool) -> Frame:
    """`frame` beside the rows of `right` that are alike in `on`; `ordered` keeps the order of a Polars frame."""
    if ordered and frame.implementation is nw.Implementation.POLARS:
        joined: Frame = nw.from_native(
            frame.to_native().join(right.to_native(), on=on, how="left", maintain_order="left")
        )
        return joined
    return frame.join(right, on=on, how="left")
