"""Profiles of the generated tests: by default quick and the same every time; `make soak` draws many more, anew."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "default", max_examples=20, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("soak", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
# Spark runs for a few seconds only: what Java would gain by compiling its code well, it never earns back.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))


def pytest_collection_finish(session: pytest.Session) -> None:
    """What was collected stays: the garbage collector, which would look at it over and over, leaves it out."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
