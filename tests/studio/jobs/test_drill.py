"""The drill, small: real web and worker processes on PostgreSQL that are killed and stopped while they make a few ads."""

import pytest

from benchmarks.drill import drill

pytestmark = pytest.mark.slow


def test_nothing_is_lost_made_twice_or_paid_twice() -> None:
    report = drill(ads=6, webs=2, workers=2, seed=3)
    assert report.holds, report
    assert report.blows, "nothing was struck, so nothing was shown"
