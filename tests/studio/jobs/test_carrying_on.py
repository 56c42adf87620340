"""Kill -9 at any point: the ad is finished all the same, and nothing that was finished is made again."""

from collections import Counter

import pytest

from studio.jobs.engine import SUCCEEDED
from studio.jobs.job_rows import JobState
from studio.jobs.values import Codec
from tests.studio.jobs.conftest import House
from tests.studio.jobs.fake_pipeline import FakeAd, fake_ad


def result_of(house: House, job: str) -> FakeAd:
    codec = Codec()
    codec.learn(fake_ad)
    ad = codec.decode(house.desk.look(job).row.result)
    assert isinstance(ad, FakeAd)
    return ad


def test_a_job_runs_to_its_end(open_house: House) -> None:
    job = open_house.submit()
    standing = open_house.wait_for(job, JobState.COMPLETED)
    ad = result_of(open_house, job)
    assert [m.shot_id for m in ad.media] == ["s0", "s1", "s2"]
    assert ad.path.read_text() == "s0s1s2"
    assert set(ad.stages) == {"plan", "sound", "visuals", "compose"}
    assert (standing.row.percent, standing.row.step) == (100, "done")
    assert not standing.row.resumed


@pytest.mark.slow
def test_killed_at_every_point(house: House) -> None:
    points = ("plan", "planned", "s1", "photographed", "compose", "composed")
    job = house.submit(*(f"hold-{point}" for point in points))
    house.worker()
    if not house.database.is_sqlite:
        house.worker()
    for point in points:
        house.wait_for_call(job, f"at {point}")
        if point == "s1":  # the others are finished, and on record
            parts = [f"{job}:sound", f"{job}:visuals:0", f"{job}:visuals:2"]
            house.wait(lambda: set(house.engine.statuses(parts).values()) == {SUCCEEDED})  # noqa: B023 - called at once
        house.kill(house.at_work(job, f"at {point}"))
        house.release(job, f"hold-{point}")
        house.worker()
    house.wait_for(job, JobState.COMPLETED)

    assert result_of(house, job).path.read_text() == "s0s1s2"
    calls = Counter(house.calls(job))
    finished_before = {"s0": 1, "s2": 1, "sound": 1, "done s0": 1, "done s1": 1, "done s2": 1, "done sound": 1}
    assert {what: calls[what] for what in finished_before} == finished_before
    assert calls["s1"] == 2  # killed inside, made again
    assert calls["plan"] == 2
    assert calls["compose"] == 2
    assert house.desk.look(job).row.resumed
