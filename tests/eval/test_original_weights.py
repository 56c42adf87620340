"""Checkpoints in their authors' own form, at tiny sizes: read, hashed, and meeting the authors' arithmetic written out plainly."""

import warnings
from pathlib import Path

import pytest
import torch
from torch import nn

from eval.adapters import load_networks
from eval.adapters import sha256 as sha256_of
from eval.known_weights import KnownWeights
from models.errors import ModelUnavailable

WIDTH, PATCH, SIDE = 64, 32, 224


class Block(nn.Module):
    """One pre-norm block, named as OpenAI names it."""

    def __init__(self) -> None:
        super().__init__()
        self.attn = nn.MultiheadAttention(WIDTH, 1)
        self.ln_1, self.ln_2 = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.mlp = nn.Sequential()
        self.mlp.add_module("c_fc", nn.Linear(WIDTH, 4 * WIDTH))
        self.mlp.add_module("c_proj", nn.Linear(4 * WIDTH, WIDTH))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        seen = self.ln_1(x)
        x = x + self.attn(seen, seen, seen, need_weights=False)[0]
        hidden = self.mlp.c_fc(self.ln_2(x))
        return x + self.mlp.c_proj(hidden * torch.sigmoid(1.702 * hidden))


class Visual(nn.Module):
    """The image side of a CLIP of two blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, WIDTH, PATCH, PATCH, bias=False)
        self.class_embedding = nn.Parameter(torch.randn(WIDTH))
        self.positional_embedding = nn.Parameter(torch.randn((SIDE // PATCH) ** 2 + 1, WIDTH))
        self.ln_pre, self.ln_post = nn.LayerNorm(WIDTH), nn.LayerNorm(WIDTH)
        self.transformer = nn.Module()
        self.transformer.resblocks = nn.Sequential(Block(), Block())
        self.proj = nn.Parameter(torch.randn(WIDTH, 16))

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        patches = self.conv1(images).flatten(2).transpose(1, 2)
        x = torch.cat([self.class_embedding.expand(len(images), 1, -1), patches], 1) + self.positional_embedding
        x = self.transformer.resblocks(self.ln_pre(x).transpose(0, 1)).transpose(0, 1)
        return self.ln_post(x[:, 0]) @ self.proj


class Clip(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.visual = Visual()

    def forward(self, images: torch.Tensor) -> torch.Tensor:
        return self.visual(images)


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> tuple[Clip, Path]:
    """A network and its archive, as `clip` of OpenAI writes one: a traced program."""
    torch.manual_seed(3)
    model = Clip().eval()
    path = tmp_path_factory.mktemp("archives") / "clip_b32" / "ViT-B-32.pt"
    path.parent.mkdir()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a trace is of one shape; that is all that is needed here
        torch.jit.trace(model, torch.randn(1, 3, SIDE, SIDE)).save(str(path))
    return model, path


def test_openais_archive_is_read_when_its_hash_is_known(clip: tuple[Clip, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    model, path = clip
    row = KnownWeights("clip_vitb32_openai", path.name, sha256_of(path), "publisher", "this test", "2026-11-25")
    monkeypatch.setattr("eval.known_weights.known_weights", lambda: (row,))
    network = load_networks(path.parent.parent).clip_b32
    assert network is not None
    assert network.sha256 == row.sha256
    images = torch.randn(2, 3, SIDE, SIDE)
    with torch.inference_mode():
        assert network.call(images) == pytest.approx(model(images), abs=1e-4)


def test_an_archive_of_anybody_else_is_not_opened(clip: tuple[Clip, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(torch.jit, "load", lambda *_, **__: pytest.fail("a stranger's program was loaded"))
    with pytest.raises(ModelUnavailable, match="not the file that OpenAI publishes"):
        load_networks(clip[1].parent.parent)


def test_a_pytorch_file_of_the_hub_is_read_beside_its_configuration(tmp_path: Path) -> None:
    from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection

    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 48, "patch_size": 32}
    model = CLIPVisionModelWithProjection(CLIPVisionConfig(**sizes, projection_dim=16)).eval()
    folder = tmp_path / "clip_b32"
    folder.mkdir()
    model.config.save_pretrained(folder)
    whole = {**model.state_dict(), "text_model.something": torch.ones(1), "vision_model.embeddings.position_ids": torch.arange(50)}
    torch.save(whole, folder / "pytorch_model.bin")
    network = load_networks(tmp_path).clip_b32
    assert network is not None
    images = torch.randn(1, 3, SIDE, SIDE)
    with torch.inference_mode():
        assert network.call(images) == pytest.approx(model(pixel_values=images).image_embeds, abs=1e-6)


def test_the_checkpoint_of_dinos_authors(tmp_path: Path) -> None:
    torch.manual_seed(4)
    state = {
        "cls_token": torch.randn(1, 1, WIDTH),
        "pos_embed": torch.randn(1, 1 + 14 * 14, WIDTH),
        "patch_embed.proj.weight": torch.randn(WIDTH, 3, 16, 16) / 16,
        "patch_embed.proj.bias": torch.randn(WIDTH),
        "norm.weight": torch.rand(WIDTH) + 0.5,
        "norm.bias": torch.randn(WIDTH),
    }
    for i in range(2):
        for name, rows, columns in (("attn.qkv", 3, 1), ("attn.proj", 1, 1), ("mlp.fc1", 4, 1), ("mlp.fc2", 1, 4)):
            state[f"blocks.{i}.{name}.weight"] = torch.randn(rows * WIDTH, columns * WIDTH) / 8
            state[f"blocks.{i}.{name}.bias"] = torch.randn(rows * WIDTH)
        for name in ("norm1", "norm2"):
            state[f"blocks.{i}.{name}.weight"], state[f"blocks.{i}.{name}.bias"] = torch.rand(WIDTH) + 0.5, torch.randn(WIDTH)
    folder = tmp_path / "dino"
    folder.mkdir()
    torch.save(state, folder / "dino_vitbase16_pretrain.pth")
    network = load_networks(tmp_path).dino
    assert network is not None
    assert network.model == "vit-64x2-patch16"

    def linear(name: str, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.linear(x, state[f"{name}.weight"], state[f"{name}.bias"])

    def normed(name: str, x: torch.Tensor) -> torch.Tensor:
        return nn.functional.layer_norm(x, (WIDTH,), state[f"{name}.weight"], state[f"{name}.bias"], 1e-6)

    images = torch.randn(2, 3, SIDE, SIDE)
    patches = nn.functional.conv2d(images, state["patch_embed.proj.weight"], state["patch_embed.proj.bias"], 16)
    x = torch.cat([state["cls_token"].expand(2, -1, -1), patches.flatten(2).transpose(1, 2)], 1) + state["pos_embed"]
    for i in range(2):
        q, k, v = linear(f"blocks.{i}.attn.qkv", normed(f"blocks.{i}.norm1", x)).chunk(3, -1)
        x = x + linear(f"blocks.{i}.attn.proj", (q @ k.transpose(-2, -1) / 8).softmax(-1) @ v)
        x = x + linear(f"blocks.{i}.mlp.fc2", nn.functional.gelu(linear(f"blocks.{i}.mlp.fc1", normed(f"blocks.{i}.norm2", x))))
    with torch.inference_mode():
        assert network.call(images) == pytest.approx(normed("norm", x)[:, 0], abs=1e-4)
