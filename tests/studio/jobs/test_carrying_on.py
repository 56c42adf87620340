"""Kill -9 at any point: the ad is finished all the same, and nothing that was finished is made again."""

import signal
from collections import Counter

import pytest

from pipelines.progress import Stage
from studio.jobs.failures import from_json
from studio.jobs.job_rows import JobState
from studio.jobs.values import Codec
from tests.studio.jobs.conftest import House
from tests.studio.jobs.fake_pipeline import FakeAd, fake_ad


def result_of(house: House, job: str) -> FakeAd:
    codec = Codec()
    codec.learn(fake_ad)
    return codec.decode(house.desk.look(job).row.result)


def test_a_job_runs_to_its_end(house: House) -> None:
    house.worker()
    job = house.submit()
    standing = house.wait_for(job, JobState.COMPLETED)
    ad = result_of(house, job)
    assert [m.shot_id for m in ad.media] == ["s0", "s1", "s2"]
    assert ad.path.read_text() == "s0s1s2"
    assert set(ad.stages) == {"plan", "sound", "visuals", "compose"}
    assert (standing.row.percent, standing.row.step) == (100, "done")
    assert not standing.row.resumed
