"""Networks through their real classes at tiny sizes with random weights: loading, hashing, names, and DINO's own rule for positions."""

import hashlib
from pathlib import Path

import pytest
import torch
from torch.nn.functional import interpolate, layer_norm, linear

from eval.adapters import load_networks
from eval.adapters.dino import stretched
from eval.film import ArrayFilm
from eval.scoring import score
from models.errors import ModelUnavailable
from tests.eval.footage import pan


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection, ViTConfig, ViTModel

    folder = tmp_path_factory.mktemp("weights")
    torch.manual_seed(0)
    vit = ViTConfig(hidden_size=32, num_hidden_layers=2, num_attention_heads=4, intermediate_size=64, patch_size=16, image_size=224)
    model = ViTModel(vit, add_pooling_layer=False)
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    model.save_pretrained(folder / "dino")
    for name, width in (("clip_b32", 16), ("clip_l14", 768)):
        clip = CLIPVisionConfig(
            hidden_size=32,
            num_hidden_layers=2,
            num_attention_heads=4,
            intermediate_size=64,
            patch_size=32,
            image_size=224,
            projection_dim=width,
        )
        CLIPVisionModelWithProjection(clip).save_pretrained(folder / name)
    (folder / "aesthetic").mkdir()
    torch.save(torch.nn.Linear(768, 1).state_dict(), folder / "aesthetic" / "sa_0_4_vit_l_14_linear.pth")
    return folder


def test_networks_are_loaded_and_named_after_what_they_are(weights: Path) -> None:
    found = load_networks(weights)
    assert found.dino is not None
    assert found.clip_b32 is not None
    assert (found.flow, found.musiq, found.interpolator, found.video_text) == (None, None, None, None)
    assert found.dino.model == "vit-32x2-patch16"  # not dino_vitb16: too small
    assert found.clip_b32.model == "clip-32x2-patch32-quick_gelu"
    assert found.dino.sha256 == hashlib.sha256((weights / "dino" / "model.safetensors").read_bytes()).hexdigest()
    scores = score(ArrayFilm(pan(4, 2, 160, 90)), networks=found)
    assert scores["subject_consistency"].name == f"proxy.subject_consistency@vit-32x2-patch16:{found.dino.sha256[:8]}"
    assert scores["aesthetic_quality"].value is not None
    assert scores["aesthetic_quality"].model.endswith("+ laion_sa_0_4_vit_l_14_linear")
    assert scores["dynamic_degree"].kind == "unavailable"


def test_dino_meets_the_original_written_out_plainly(weights: Path) -> None:
    """A transformer in twenty lines, from the saved tensors, on frames of any shape."""
    from safetensors.torch import load_file

    saved = load_file(weights / "dino" / "model.safetensors")
    network = load_networks(weights).dino
    assert network is not None

    def tensors(part: str) -> tuple[torch.Tensor, torch.Tensor]:
        return saved[f"{part}.weight"], saved[f"{part}.bias"]

    def heads(x: torch.Tensor) -> torch.Tensor:
        return x.reshape(len(x), -1, 4, 8).transpose(1, 2)

    def plain(images: torch.Tensor) -> torch.Tensor:
        batch, _, height, width = images.shape
        kernel, bias = tensors("embeddings.patch_embeddings.projection")
        patches = torch.nn.functional.conv2d(images, kernel, bias, stride=16)
        rows, columns = patches.shape[-2:]
        positions = saved["embeddings.position_embeddings"]
        if (rows * columns, height) != (196, width):  # facebookresearch/dino, vision_transformer.py: interpolate_pos_encoding
            grid = positions[:, 1:].reshape(1, 14, 14, 32).permute(0, 3, 1, 2)
            grid = interpolate(grid, scale_factor=((height // 16 + 0.1) / 14, (width // 16 + 0.1) / 14), mode="bicubic")
            positions = torch.cat([positions[:, :1], grid.permute(0, 2, 3, 1).reshape(1, -1, 32)], 1)
        x = torch.cat([saved["embeddings.cls_token"].expand(batch, -1, -1), patches.flatten(2).transpose(1, 2)], 1) + positions
        for i in range(2):
            at = f"encoder.layer.{i}"
            y = layer_norm(x, (32,), *tensors(f"{at}.layernorm_before"), 1e-6)
            q, k, v = (heads(linear(y, *tensors(f"{at}.attention.attention.{name}"))) for name in ("query", "key", "value"))
            seen = (q @ k.transpose(-2, -1) / 8**0.5).softmax(-1) @ v
            x = x + linear(seen.transpose(1, 2).reshape(batch, -1, 32), *tensors(f"{at}.attention.output.dense"))
            y = layer_norm(x, (32,), *tensors(f"{at}.layernorm_after"), 1e-6)
            y = torch.nn.functional.gelu(linear(y, *tensors(f"{at}.intermediate.dense")))
            x = x + linear(y, *tensors(f"{at}.output.dense"))
        return layer_norm(x, (32,), *tensors("layernorm"), 1e-6)[:, 0]

    for height, width in ((224, 224), (224, 398), (398, 224), (224, 229), (224, 300)):
        images = torch.randn(2, 3, height, width)
        with torch.inference_mode():
            wanted = plain(images)
            assert network.call(images) == pytest.approx(wanted, abs=1e-5 * float(wanted.abs().max())), (height, width)


def test_positions_of_a_square_stay_and_others_are_stretched() -> None:
    positions = torch.randn(1, 197, 8)
    assert stretched(positions, 14, 14, True) is positions
    assert stretched(positions, 14, 24, False).shape == (1, 1 + 14 * 24, 8)
    assert not torch.equal(stretched(positions, 14, 14, False), positions)  # 224 x 229: DINO stretches by 14.1 / 14 here


def test_what_is_in_the_folder_and_cannot_be_used_is_said(tmp_path: Path, weights: Path) -> None:
    assert load_networks(tmp_path).dino is None
    (tmp_path / "aesthetic").mkdir()
    with pytest.raises(ModelUnavailable, match="aesthetic should hold one file"):
        load_networks(tmp_path)
    torch.save({"weight": torch.zeros(1, 3)}, tmp_path / "aesthetic" / "head.pth")
    with pytest.raises(ModelUnavailable, match="cannot be loaded"):
        load_networks(tmp_path)
    with pytest.raises(ModelUnavailable, match="There is no folder"):
        load_networks(tmp_path / "none")


@pytest.mark.extras
def test_raft_is_asked_as_vbench_asks_it() -> None:
    """torchvision's class, random weights; left out where torchvision cannot be imported beside this torch."""
    try:
        from torchvision.models.optical_flow import raft_large
    except (ImportError, RuntimeError) as error:
        pytest.skip(f"torchvision: {error}")
    from eval.adapters.raft import flow_of

    model = raft_large(weights=None).eval()
    before, after = torch.rand(2, 1, 3, 128, 136) * 255
    with torch.inference_mode():
        wanted = model(before / 127.5 - 1, after / 127.5 - 1, num_flow_updates=20)[-1]
        assert flow_of(model, "cpu")(before, after) == pytest.approx(wanted, abs=1e-3)
