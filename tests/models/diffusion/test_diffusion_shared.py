"""Precision by device, profiles by memory, stopping within a step, the step down."""

import weakref

import pytest
import torch

from models.devices import GIB, Device
from models.diffusion.ladder import is_out_of_memory, with_step_down
from models.diffusion.precision import computing, xformers_loads
from models.diffusion.profiles import ON_PROCESSOR, PROFILES, profile_for, tighter
from models.diffusion.watching import step_teller, watched
from models.errors import Cancelled, OutOfMemory

CPU = Device("cpu", "cpu", "a processor", 16 * GIB, 16 * GIB)


def card(compute: tuple[int, int] = (8, 9), gb: float = 24) -> Device:
    return Device("cuda:0", "cuda", "A card", int(gb * GIB), int(gb * GIB), compute)


@pytest.mark.parametrize(
    ("device", "numbers"),
    [
        (card((9, 0)), "bfloat16"),
        (card((8, 0)), "bfloat16"),
        (card((7, 5)), "float16"),
        (card((6, 1)), "float32"),
        (CPU, "float32"),
        (Device("mps", "mps"), "float16"),
    ],
)
def test_precision_suits_the_device(device: Device, numbers: str) -> None:
    found = computing(device)
    assert found.numbers == numbers
    assert found.dtype is getattr(torch, numbers)
    assert found.attention == "sdpa"  # xformers has no operators for this torch


def test_the_result_says_what_it_was_computed_with() -> None:
    assert computing(CPU).note(CPU) == "Computed on a processor (cpu) in full precision with PyTorch's own attention."


def test_xformers_counts_only_when_its_operators_run() -> None:
    assert not xformers_loads(CPU)


@pytest.mark.parametrize(
    ("gb", "name", "offload", "tiles"),
    [
        (141, "80 GB and more", "none", False),
        (23.6, "24 GB", "none", False),
        (15.7, "16 GB", "none", True),
        (11.6, "12 GB", "text", True),
        (7.8, "8 GB", "model", True),
        (4, "under 8 GB", "model", True),
    ],
)
def test_a_profile_for_every_card(gb: float, name: str, offload: str, tiles: bool) -> None:
    found = profile_for(card(gb=gb))
    assert (found.name, found.offload, found.tiles(1920, 1080)) == (name, offload, tiles)
    assert not PROFILES[2].tiles(1024, 1024)
    assert bool(found.note()) is (offload != "none")


def test_a_processor_needs_no_offload() -> None:
    assert profile_for(CPU) is ON_PROCESSOR
    assert ON_PROCESSOR.note() == ""


def test_every_profile_has_one_step_down() -> None:
    assert [tighter(profile, card()).offload for profile in PROFILES] == ["model", "model", "model", "model", "group", "group"]
    assert all(tighter(profile, card()).tiles(64, 64) for profile in PROFILES)
    assert (tighter(ON_PROCESSOR, CPU).offload, tighter(ON_PROCESSOR, CPU).tiles(64, 64)) == ("none", True)


class Net(torch.nn.Module):
    """Three blocks, as denoisers keep them."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks = torch.nn.ModuleList(torch.nn.Linear(4, 4) for _ in range(3))
        self.passed = 0

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        for block in self.blocks:
            x = block(x)
            self.passed += 1
        return x


def test_a_denoiser_stops_between_its_blocks_and_works_again_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("models.diffusion.watching.CHECK_EVERY_S", 0.0)
    net, x, looks = Net(), torch.ones(1, 4), 0
    before = net(x)
    net.passed = 0

    def check() -> None:
        nonlocal looks
        looks += 1
        if looks == 3:
            raise Cancelled("stop")

    with pytest.raises(Cancelled), watched([net], check):
        net(x)
    assert net.passed == 1
    assert torch.equal(net(x), before)
    assert looks == 3  # no hook is left


def test_checks_are_few_and_calls_are_counted() -> None:
    net, x, looks, calls = Net(), torch.ones(1, 4), [], []
    with watched([net], lambda: looks.append(1), calls.append):
        for _ in range(5):
            net(x)
    assert calls == [0, 1, 2, 3, 4]
    assert len(looks) <= 2


def test_every_step_is_told_and_never_more_than_there_are() -> None:
    told = []
    step = step_teller(2, lambda fraction, text: told.append((fraction, text)))
    for index in range(3):
        assert step(None, index, 0, {}) == {}
    assert told == [(0.5, "Step 1 of 2"), (1.0, "Step 2 of 2"), (1.0, "Step 2 of 2")]


@pytest.mark.parametrize(
    ("error", "out"),
    [
        (torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2 GiB"), True),
        (RuntimeError("MPS backend out of memory (MPS allocated: 8 GB)"), True),
        (RuntimeError("[enforce fail] DefaultCPUAllocator: can't allocate memory: you tried to allocate 8 bytes"), True),
        (MemoryError(), True),
        (OutOfMemory("does not fit"), True),
        (RuntimeError("shape mismatch"), False),
        (ValueError("out of memory"), False),
    ],
)
def test_running_out_of_memory_is_told_from_other_trouble(error: Exception, out: bool) -> None:
    assert is_out_of_memory(error) is out


def test_one_step_down_helps_and_is_noted() -> None:
    state, tensors = {"tries": 0, "down": False}, []

    def run() -> str:
        state["tries"] += 1
        held = torch.zeros(10)
        tensors.append(weakref.ref(held))
        if not state["down"]:
            raise torch.OutOfMemoryError("CUDA out of memory")
        assert tensors[0]() is None  # what the failed try held was let go of before the next
        return "picture"

    def down() -> str:
        state["down"] = True
        return "Decoded in tiles."

    assert with_step_down(run, down, "make it smaller", "m") == ("picture", "Decoded in tiles.")
    assert with_step_down(lambda: "at once", down, "make it smaller", "m") == ("at once", "")
    assert state["tries"] == 2


@pytest.mark.parametrize(
    ("note", "said"), [("Decoded in tiles.", "once more after this: Decoded in tiles. Now make it smaller"), ("", "make it")]
)
def test_then_it_says_what_to_change(note: str, said: str) -> None:
    tries = []

    def run() -> None:
        tries.append(1)
        raise torch.OutOfMemoryError("CUDA out of memory")

    with pytest.raises(OutOfMemory, match=said) as caught:
        with_step_down(run, lambda: note, "make it smaller", "m")
    assert (caught.value.model, len(tries)) == ("m", 2 if note else 1)


@pytest.mark.parametrize("error", [MemoryError(), MemoryError("\n")], ids=["no words", "an empty line"])
def test_running_out_without_a_word_is_told_by_its_name(error: MemoryError) -> None:
    def run() -> None:
        raise error

    with pytest.raises(OutOfMemory, match=r"ran out of memory \(MemoryError\); make it smaller"):
        with_step_down(run, lambda: "", "make it smaller", "m")


def test_other_errors_are_no_reason_to_step_down() -> None:
    def run() -> None:
        raise RuntimeError("shape mismatch")

    with pytest.raises(RuntimeError, match="shape"):
        with_step_down(run, lambda: pytest.fail("stepped down"), "", "m")
