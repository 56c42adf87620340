"""What stays loaded on a device: measured bytes, least recently used first, pins, one job at a time, a wait that can be cancelled."""

import gc
import threading
import weakref
from collections.abc import Callable

import pytest

from models.devices import Device
from models.errors import Cancelled, OutOfMemory
from models.residency import Residency, residency_of, weight_of


class Part:
    """Something that weighs `size`."""

    def __init__(self, size: int) -> None:
        self.size = size


def size_of(part: Part) -> int:
    return part.size


def loader(size: int, log: list[int] | None = None) -> Callable[[], Part]:
    def load() -> Part:
        if log is not None:
            log.append(size)
        return Part(size)

    return load


def never() -> None:
    return None


def test_a_component_is_loaded_once_and_the_least_recently_used_leaves_first() -> None:
    residency, log = Residency(100), []
    first = residency.get("a", loader(40, log), size_of)
    residency.get("b", loader(40, log), size_of)
    assert residency.get("a", loader(40, log), size_of) is first
    residency.get("c", loader(30, log), size_of)  # b is the older by use, though not by age
    assert residency.keys == ("a", "c")
    assert residency.used_bytes == 70
    assert log == [40, 40, 30]


def test_what_leaves_can_be_freed_and_is_loaded_again_when_asked_for() -> None:
    residency = Residency(50)
    gone = weakref.ref(residency.get("a", loader(40), size_of))
    residency.get("b", loader(20), size_of)
    gc.collect()
    assert gone() is None
    assert residency.get("a", loader(40), size_of).size == 40
    assert residency.keys == ("a",)


def test_pinned_components_stay_and_what_then_does_not_fit_is_refused() -> None:
    residency = Residency(100)
    residency.get("a", loader(60), size_of)
    residency.get("b", loader(30), size_of)
    with residency.pin("a", "b", "nobody"):
        with pytest.raises(OutOfMemory, match=r"c needs .* raise VRAM_GB"):
            residency.get("c", loader(20), size_of)
        assert residency.keys == ("a", "b")
    residency.get("c", loader(20), size_of)
    assert residency.keys == ("b", "c")


def test_room_is_made_before_loading_where_the_size_is_known() -> None:
    residency = Residency(100)
    residency.get("a", loader(90), size_of)
    seen = []

    def load() -> Part:
        seen.append(residency.used_bytes)
        return Part(50)

    residency.get("b", load, size_of, expected=50)
    assert seen == [0]


def test_a_failed_load_leaves_nothing_behind() -> None:
    residency = Residency(100)
    with pytest.raises(ValueError, match="broken"):
        residency.get("a", lambda: (_ for _ in ()).throw(ValueError("broken")), size_of)
    assert residency.keys == ()
    with pytest.raises(OutOfMemory):
        residency.get("huge", loader(101), size_of)
    assert residency.used_bytes == 0
    residency.get("a", loader(1), size_of)
    residency.drop("a")
    residency.drop("a")
    residency.get("b", loader(1), size_of)
    residency.clear()
    assert residency.keys == ()


def test_one_job_at_a_time_and_the_one_that_waits_can_be_cancelled() -> None:
    residency, inside, release, order = Residency(1), threading.Event(), threading.Event(), []

    def hold() -> None:
        with residency.device_lock(never):
            inside.set()
            release.wait(120)
            order.append("first")

    def cancelled() -> None:
        raise Cancelled("stop")

    holder = threading.Thread(target=hold)
    holder.start()
    inside.wait()
    with pytest.raises(Cancelled), residency.device_lock(cancelled):
        pytest.fail("the device was taken")
    threading.Timer(0.1, release.set).start()
    with residency.device_lock(never):
        order.append("second")
    holder.join()
    assert order == ["first", "second"]


def test_backends_share_the_residency_of_a_device() -> None:
    here = Device("cuda:7", "cuda", total_bytes=1000, limit_bytes=1000)
    assert residency_of(here) is residency_of(here)
    assert residency_of(here).budget_bytes == 850
    assert residency_of(Device("cuda:6", "cuda", limit_bytes=10)) is not residency_of(here)


def test_modules_are_weighed_by_their_tensors() -> None:
    import torch

    layer = torch.nn.Linear(10, 10, dtype=torch.float16)
    assert weight_of(layer) == 220
    assert weight_of(torch.nn.BatchNorm1d(4)) == 4 * 4 * 4 + 8  # weight, bias, mean, variance, and a counter
    assert weight_of(object()) == 0
