"""Maps of a picture: edges by OpenCV, depth by the real network's class, tiny and with random weights."""

from pathlib import Path

import numpy as np
import pytest

from models.asks import Control
from models.backends import BackendConfig
from models.catalog import row
from models.control_maps import DEPTH_MODEL, make_map
from models.errors import ModelUnavailable
from models.media.image_file import write_image
from models.weights import folder_of


@pytest.fixture
def config(tmp_path: Path) -> BackendConfig:
    return BackendConfig(tmp_path / "cache", weights_dir=tmp_path / "weights", device="cpu")


@pytest.fixture
def halves(tmp_path: Path) -> Path:
    """Dark on the left, light on the right."""
    picture = np.full((40, 60, 3), 20, np.uint8)
    picture[:, 30:] = 220
    return write_image(tmp_path / "halves.png", picture)


def test_edges_lie_where_the_picture_changes(config: BackendConfig, halves: Path) -> None:
    edges = make_map(Control("canny", halves), config, "cpu")
    assert edges.shape == (40, 60, 3)
    assert set(np.nonzero(edges.any((0, 2)))[0]) <= {28, 29, 30, 31}
    assert edges.max() == 255


def test_a_map_that_somebody_has_is_taken_as_it_is(config: BackendConfig, halves: Path) -> None:
    assert (make_map(Control("depth", halves, is_map=True), config, "cpu")[0, :, 0] == [20] * 30 + [220] * 30).all()


def test_depth_is_told_from_a_picture_and_spans_what_there_is(config: BackendConfig, halves: Path) -> None:
    import torch
    from transformers import DepthAnythingConfig, DepthAnythingForDepthEstimation, Dinov2Config

    with pytest.raises(ModelUnavailable, match=f"python -m models pull {DEPTH_MODEL}"):
        make_map(Control("depth", halves), config, "cpu")
    torch.manual_seed(0)
    seen = Dinov2Config(
        hidden_size=16,
        num_hidden_layers=2,
        num_attention_heads=2,
        mlp_ratio=1,
        image_size=28,
        patch_size=14,
        out_features=["stage1", "stage2"],
        reshape_hidden_states=False,
    )
    tiny = DepthAnythingConfig(
        backbone_config=seen, reassemble_hidden_size=16, reassemble_factors=[2, 1], neck_hidden_sizes=[8, 8], fusion_hidden_size=8
    )
    network = DepthAnythingForDepthEstimation(tiny)
    for weight in network.parameters():
        torch.nn.init.normal_(weight, std=0.3)  # a new one sees everything equally far
    network.save_pretrained(folder_of(row(DEPTH_MODEL), config))
    depth = make_map(Control("depth", halves), config, "cpu")
    assert depth.shape == (40, 60, 3)
    assert (depth.min(), depth.max()) == (0, 255)
    assert (depth[..., 0] == depth[..., 2]).all()
