"""Several workers on PostgreSQL: one dies, stands still or leaves, and another takes over. The contract with dbos' private
recovery is here: run it on every new version."""

import signal

import pytest

from studio.jobs.job_rows import JobState
from studio.jobs.leases import FENCED
from tests.studio.jobs.conftest import House

pytestmark = pytest.mark.slow


def test_the_other_worker_takes_over(postgres_house: House) -> None:
    shop = postgres_house.open_shop()
    for _ in range(2):
        postgres_house.worker()
    assert len(set(postgres_house.ids)) == 2  # dbos' own default is the same for all, and starting one then robs another
    job = postgres_house.submit("hold-delivery", shots=3)
    postgres_house.wait(lambda: len(shop.orders()) == 3)
    victim = postgres_house.at_work(job, "plan")
    postgres_house.kill(victim)
    postgres_house.release(job, "hold-delivery")
    postgres_house.wait_for(job, JobState.COMPLETED)
    assert postgres_house.at_work(job, "compose") != victim
    assert len(shop.orders()) == 3
    assert postgres_house.calls(job).count("plan") == 1


def test_a_worker_taken_for_dead_ends_itself(postgres_house: House) -> None:
    shop = postgres_house.open_shop()
    sleeper = postgres_house.worker()
    job = postgres_house.submit("hold-delivery", shots=2)
    postgres_house.wait(lambda: len(shop.orders()) == 2)
    sleeper.send_signal(signal.SIGSTOP)
    other = postgres_house.worker()
    postgres_house.release(job, "hold-delivery")
    postgres_house.wait_for(job, JobState.COMPLETED)
    assert postgres_house.at_work(job, "compose") == other.pid
    sleeper.send_signal(signal.SIGCONT)
    assert postgres_house.wait_for_end_of(sleeper) == FENCED
    assert len(shop.orders()) == 2
    assert postgres_house.calls(job).count("compose") == 1


def test_a_worker_that_leaves_is_relieved_at_once(postgres_house: House) -> None:
    leaver = postgres_house.worker()
    job = postgres_house.submit("hold-s0", shots=1)
    postgres_house.wait_for_call(job, "at s0")
    other = postgres_house.worker()
    leaver.send_signal(signal.SIGTERM)
    assert postgres_house.wait_for_end_of(leaver) == 0, postgres_house.logs()
    postgres_house.wait(lambda: postgres_house.at_work(job, "at s0") == other.pid)
    postgres_house.release(job, "hold-s0")
    postgres_house.wait_for(job, JobState.COMPLETED)


def test_each_worker_takes_only_from_its_queues(postgres_house: House) -> None:
    cutter = postgres_house.worker("generations", "compose")
    job = postgres_house.submit(shots=1)
    postgres_house.wait_for_call(job, "plan")
    camera = postgres_house.worker("clips", "sound")
    postgres_house.wait_for(job, JobState.COMPLETED)
    assert postgres_house.at_work(job, "done s0") == camera.pid
    assert postgres_house.at_work(job, "compose") == cutter.pid
