"""Whose turn it is: ten ads at once, and nobody waits for another person's whole pile."""

import pytest

from studio.jobs.job_rows import JobState
from studio.jobs.references import NotAStep
from studio.jobs.values import NotStorable
from tests.studio.jobs.conftest import House
from tests.studio.jobs.fake_pipeline import Wish, fake_ad


def test_ten_run_the_rest_take_fair_turns(open_house: House) -> None:
    running = [open_house.submit("hold-plan", shots=0, owner=f"p{i}") for i in range(10)]
    for job in running:
        open_house.wait_for_call(job, "at plan")
    ann = [open_house.submit("hold-plan", shots=0, owner="ann") for _ in range(3)]
    bob = open_house.submit("hold-plan", shots=0, owner="bob")
    expected = [ann[0], bob, ann[1], ann[2]]
    assert [open_house.desk.look(job).queue_position for job in expected] == [1, 2, 3, 4]
    assert [open_house.desk.look(job).row.state for job in running] == [JobState.PROCESSING] * 10

    for done, begun in zip(running[:4], expected, strict=True):  # one place becomes free at a time
        open_house.release(done, "hold-plan")
        open_house.wait_for(done, JobState.COMPLETED)
        open_house.wait_for_call(begun, "at plan")
    for job in (*running[4:], *expected):
        open_house.release(job, "hold-plan")
        open_house.wait_for(job, JobState.COMPLETED)


def test_a_pile_of_one_person_delays_anothers_first_by_one_ad(open_house: House) -> None:
    """Nine of Ann's ads are under way, and one of them composes; Bob's is ordered last and composed next."""
    ann = [open_house.submit("hold-compose", shots=0, owner="Ann of the pile")]
    open_house.wait_for_call(ann[0], "at compose")
    ann += [open_house.submit(shots=0, owner="Ann of the pile") for _ in range(8)]
    waiting = {f"{job}:compose" for job in ann[1:]}
    open_house.wait(lambda: set(open_house.engine.statuses(sorted(waiting)).values()) == {"ENQUEUED"})
    bob = open_house.submit(shots=0, owner="Bob of the pile")
    assert open_house.desk.look(bob).row.priority == open_house.desk.look(ann[0]).row.priority
    open_house.wait(lambda: open_house.engine.statuses([f"{bob}:compose"]) == {f"{bob}:compose": "ENQUEUED"})
    open_house.release(ann[0], "hold-compose")
    for job in (*ann, bob):
        open_house.wait_for(job, JobState.COMPLETED)
    order = sorted((*ann, bob), key=lambda job: open_house.called_at(job, "compose"))
    assert order[:2] == [ann[0], bob]

    again = open_house.submit(shots=0, owner="Bob of the pile")  # nobody joins a round twice
    assert open_house.desk.look(again).row.priority > open_house.desk.look(bob).row.priority
    open_house.wait_for(again, JobState.COMPLETED)


def test_compose_runs_one_at_a_time_in_a_worker(open_house: House) -> None:
    first = open_house.submit("hold-compose", shots=0)
    open_house.wait_for_call(first, "at compose")
    second = open_house.submit(shots=0)
    open_house.wait(lambda: open_house.engine.statuses([f"{second}:compose"]) == {f"{second}:compose": "ENQUEUED"})
    assert "compose" not in open_house.calls(second)
    open_house.release(first, "hold-compose")
    open_house.wait_for(second, JobState.COMPLETED)


def test_a_rolled_back_submit_leaves_nothing(open_house: House) -> None:
    class Refused(Exception):
        pass

    def hand_in_and_change_ones_mind() -> None:
        with open_house.database.writing() as session:
            open_house.desk.submit(session, "undone", owner="ann", kind="short", fn=fake_ad, args=(Wish(control=open_house.folder),))
            raise Refused

    with pytest.raises(Refused):
        hand_in_and_change_ones_mind()
    assert open_house.engine.statuses(["undone"]) == {}


def test_what_cannot_be_stored_is_refused_before_anything_is_written(open_house: House) -> None:
    with open_house.database.writing() as session, pytest.raises(NotStorable):
        open_house.desk.submit(session, "odd", owner="ann", kind="short", fn=fake_ad, args=(object(),))
    with open_house.database.writing() as session, pytest.raises(NotAStep):
        open_house.desk.submit(session, "odd", owner="ann", kind="short", fn=lambda run: None)
    assert open_house.engine.statuses(["odd"]) == {}
