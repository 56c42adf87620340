"""What only an environment with torchvision can show: `make test-gpu-extras` builds one and runs this. Random weights, no downloads."""

import importlib.util

import pytest

pytestmark = [
    pytest.mark.extras,
    pytest.mark.skipif(not importlib.util.find_spec("torchvision"), reason="torchvision is not installed: make test-gpu-extras"),
]


def test_torchvision_is_built_for_this_torch() -> None:
    """Its own operators must be there: a torchvision of another build imports, and breaks every pipeline later."""
    import torch
    from torchvision.ops import nms

    boxes = torch.tensor([[0.0, 0, 10, 10], [1, 1, 10, 10], [20, 20, 30, 30]])
    assert nms(boxes, torch.tensor([0.9, 0.8, 0.7]), 0.5).tolist() == [0, 2]


def test_the_pipelines_import_and_their_processors_agree_with_and_without_torchvision() -> None:
    import numpy as np
    from diffusers import StableDiffusionXLPipeline
    from transformers import CLIPImageProcessor, CLIPImageProcessorPil

    assert StableDiffusionXLPipeline.__name__
    picture = np.random.default_rng(0).integers(0, 256, (240, 320, 3), dtype=np.uint8)
    with_it = np.asarray(CLIPImageProcessor()(picture, return_tensors="np").pixel_values)
    without = np.asarray(CLIPImageProcessorPil()(picture, return_tensors="np").pixel_values)
    assert with_it.shape == without.shape == (1, 3, 224, 224)
    assert np.abs(with_it - without).mean() < 0.05  # two resamplers, one picture


def test_controlnet_aux_finds_edges() -> None:
    import numpy as np
    from controlnet_aux import CannyDetector
    from PIL import Image

    picture = Image.new("RGB", (64, 64))
    picture.paste("white", (16, 16, 48, 48))
    edges = np.asarray(CannyDetector()(picture, detect_resolution=64, image_resolution=64))
    assert edges[14:18, 30].max() == 255
    assert edges[32, 32].max() == 0


def test_open_clip_makes_embeddings() -> None:
    import open_clip
    import torch

    model = open_clip.create_model("ViT-B-32", pretrained=None)
    with torch.no_grad():
        made = model.encode_image(torch.zeros(1, 3, 224, 224))
    assert made.shape == (1, 512)
