"""Layers computed in another order: the same numbers, and the library's own way wherever something hangs on them."""

from typing import Any

import pytest
import torch
from diffusers.models.activations import GEGLU
from torch.nn.functional import group_norm

from models.diffusion import quicker
from models.diffusion.quicker import quicken, split_gate, spread_norm


@pytest.mark.parametrize("shape", [(1, 64, 40, 24), (3, 32, 7, 5), (2, 64, 9)])
@pytest.mark.parametrize("numbers", [torch.float32, torch.bfloat16])
def test_the_norm_is_torchs_own_but_for_rounding(shape: tuple[int, ...], numbers: torch.dtype) -> None:
    torch.manual_seed(1)
    given = (torch.randn(shape) * 3 + torch.randn(shape[1]).view(-1, *(1 for _ in shape[2:])) * 5).to(numbers)
    weight, bias = torch.randn(shape[1]).to(numbers), torch.randn(shape[1]).to(numbers)
    exact = group_norm(given.double(), 8, weight.double(), bias.double(), 1e-6)
    ours = spread_norm(given, 8, weight, bias, 1e-6)
    assert (ours.dtype, ours.shape) == (numbers, given.shape)
    theirs = group_norm(given, 8, weight, bias, 1e-6)
    assert (ours - exact).abs().max() <= 2 * (theirs - exact).abs().max() + 1e-6


def test_the_norm_of_what_does_not_vary_is_its_bias() -> None:
    given, bias = torch.full((1, 8, 4, 4), 300.0), torch.arange(8.0)
    assert torch.allclose(spread_norm(given, 2, torch.ones(8), bias, 1e-5), bias.view(1, 8, 1, 1).expand(1, 8, 4, 4), atol=1e-3)


@pytest.mark.parametrize("bias", [True, False])
def test_two_products_are_the_halves_of_one(bias: bool) -> None:
    torch.manual_seed(2)
    layer, given = GEGLU(12, 20, bias=bias), torch.randn(2, 5, 12)
    assert torch.allclose(split_gate(given, layer.proj.weight, layer.proj.bias), layer(given), atol=1e-6)


class Small(torch.nn.Module):
    """A norm and a gated layer."""

    def __init__(self) -> None:
        super().__init__()
        self.norm = torch.nn.GroupNorm(4, 8)
        self.gate = GEGLU(8, 8)

    def forward(self, given: torch.Tensor) -> torch.Tensor:
        return self.gate(self.norm(given).transpose(1, 2))


@pytest.fixture
def called(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Which of the two ways were taken; every norm counts as one of few long rows."""
    found: list[str] = []

    def noted(name: str) -> None:
        plain = getattr(quicker, name)

        def run(*args: Any) -> Any:
            found.append(name)
            return plain(*args)

        monkeypatch.setattr(quicker, name, run)

    noted("spread_norm")
    noted("split_gate")
    monkeypatch.setattr(quicker, "LONG_ROW", 1)
    return found


def test_a_network_is_quickened_where_nothing_hangs_on_it(called: list[str]) -> None:
    from peft import LoraConfig, inject_adapter_in_model

    torch.manual_seed(3)
    network, given = Small().eval(), torch.randn(1, 8, 6)
    with torch.no_grad():
        plain = network(given)
        quick = quicken(network)(given)
    assert torch.allclose(quick, plain, atol=1e-5)
    assert called == ["spread_norm", "split_gate"]
    called.clear()
    network(given).sum().backward()  # whoever trains needs gradients of the norm
    assert called == ["split_gate"]
    assert network.norm.weight.grad is not None
    called.clear()
    inject_adapter_in_model(LoraConfig(r=2, target_modules=["proj"], init_lora_weights=False), network)
    with torch.no_grad():
        assert (network(given) - plain).abs().max() > 1e-3
    assert called == ["spread_norm"]


def test_weights_that_come_only_when_their_layer_is_asked_do_come(called: list[str]) -> None:
    from accelerate import cpu_offload

    network = quicken(Small().eval())
    given = torch.randn(1, 8, 6)
    with torch.no_grad():
        plain = network(given)
        called.clear()
        cpu_offload(network, torch.device("cpu"))  # parameters live elsewhere, as "meta", between two calls
        assert network.gate.proj.weight.device.type == "meta"
        assert torch.allclose(network(given), plain, atol=1e-5)
    assert "split_gate" not in called


def test_many_or_short_rows_are_left_to_torch(called: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    network = quicken(Small().eval())
    with torch.no_grad():
        network(torch.randn(64, 8, 6))
        monkeypatch.setattr(quicker, "LONG_ROW", 1000)
        network(torch.randn(1, 8, 6))
    assert "spread_norm" not in called
