"""Profiles of the generated tests: by default quick and the same every time; `make soak` draws many more, anew."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "default", max_examples=30, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("long", max_examples=500, deadline=None, suppress_health_check=list(HealthCheck))
settings.register_profile("soak", max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
# Spark runs for a few seconds only: what Java would gain by compiling its code well, it never earns back.
os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))
