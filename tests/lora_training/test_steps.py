"""Real SDXL classes at tiny sizes: what a step learns, what it is fed with, and that the files carry exactly what was learnt."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from safetensors.torch import load_file

from lora_training import cache, checkpoint, dataset, previews, publish
from lora_training.adapters import Student, adopt, averaged
from lora_training.base import Base, identity, load
from lora_training.buckets import buckets
from lora_training.errors import CannotResume, TrainingError
from lora_training.loss import loss_of, min_snr_weights, signal_to_noise
from lora_training.machine import Machine
from lora_training.optimiser import rate_factor
from lora_training.recipe import Recipe
from lora_training.steps import Loop
from lora_training.validation import Course
from models import catalog
from models.errors import ModelError
from models.weights import what_lacks
from tests.lora_training.small_recipe import RECIPE


@pytest.fixture(scope="module")
def machine() -> Machine:
    torch.set_num_threads(1)
    return Machine("cpu", "auto")


@pytest.fixture(scope="module")
def held(tiny_base: Path, pictures: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[list[cache.Latent], dict[str, Any]]:
    """Latents of all pictures and what the encoders make of their captions."""
    base = load("tiny", tiny_base, torch.float32)
    found = dataset.read(pictures, "zrx watch", 64, 16)
    folder = tmp_path_factory.mktemp("held")
    latents = cache.latents(found.pictures, buckets(64, 16), False, base.vae, identity(tiny_base), folder)
    texts = cache.texts(["", *(p.caption for p in found.pictures)], base.words, identity(tiny_base), folder)
    return latents, texts


@pytest.fixture
def loop_of(tiny_base: Path, held: tuple[list[cache.Latent], dict[str, Any]], machine: Machine) -> Callable[..., tuple[Base, Loop]]:
    def made(latents: list[cache.Latent] | None = None, **change: Any) -> tuple[Base, Loop]:
        base = load("tiny", tiny_base, torch.float32)
        recipe = replace(RECIPE, **change)
        student = adopt(base, recipe)
        texts = None if recipe.text_learning_rate else held[1]
        scale = base.vae.config.scaling_factor
        return base, Loop(student, base.schedule, scale, latents or held[0], texts, base.words, recipe, machine)

    return made


def picture_of(pipe: Any) -> np.ndarray:
    with torch.no_grad():
        made = pipe(
            "a photo of zrx watch",
            num_inference_steps=2,
            height=32,
            width=32,
            generator=torch.Generator().manual_seed(0),
            output_type="np",
        )
    return np.asarray(made.images[0])


def test_a_fixed_batch_is_learnt_in_twenty_steps(loop_of: Callable[..., tuple[Base, Loop]]) -> None:
    _, loop = loop_of(learning_rate=4e-2, caption_dropout=0.0, layers="attention+feedforward", warmup=0, min_snr=0.0)
    losses = [loop.step(0).loss for _ in range(20)]  # step 0 draws the same pictures and noise every time
    assert losses[-1] < 0.9 * losses[0]
    assert sum(losses[10:]) < sum(losses[:10])


def test_recomputing_activations_changes_nothing(loop_of: Callable[..., tuple[Base, Loop]]) -> None:
    with_it, without = (loop_of(checkpointing=on)[1] for on in (True, False))
    for number in range(2):
        assert with_it.step(number).loss == pytest.approx(without.step(number).loss, abs=1e-6)


def test_with_a_base_in_bf16_the_adapter_stays_fp32_and_the_loss_close(
    tiny_base: Path, held: tuple[list[cache.Latent], dict[str, Any]], loop_of: Callable[..., tuple[Base, Loop]]
) -> None:
    """What a graphics card does, on the processor."""
    machine = Machine("cpu", "auto")
    machine.precision = torch.bfloat16
    base = load("tiny", tiny_base, torch.bfloat16)
    loop = Loop(adopt(base, RECIPE), base.schedule, base.vae.config.scaling_factor, *held, base.words, RECIPE, machine)
    _, exact = loop_of()
    for number in range(2):
        assert loop.step(number).loss == pytest.approx(exact.step(number).loss, rel=0.05)
    assert base.unet.dtype == torch.bfloat16
    assert {weight.dtype for weight in loop.student.parameters} == {torch.float32}
    (picture,) = previews.render(base, ["a photo of zrx watch"], held[1], RECIPE, machine, 1, side=32)
    assert picture.size == (32, 32)


def test_the_half_precision_files_of_the_catalogue_load(tiny_base: Path, tmp_path: Path) -> None:
    base = load("tiny", tiny_base, torch.float16)
    base.vae.to(torch.float16)
    base.pipeline().save_pretrained(tmp_path, variant="fp16")
    assert not (tmp_path / "unet" / "diffusion_pytorch_model.safetensors").exists()
    again = load("half", tmp_path, torch.float32)
    assert again.unet.dtype == again.vae.dtype == torch.float32
    assert len(identity(tmp_path).split()) == 3
    row = catalog.row("sdxl/base-1.0")
    assert row.weights is not None
    assert what_lacks(row.weights, tmp_path) == ""


def test_two_batches_added_up_are_one_of_twice_the_size(
    loop_of: Callable[..., tuple[Base, Loop]], held: tuple[list[cache.Latent], dict[str, Any]]
) -> None:
    """What a step over two batches learns is the mean of what they would: its gradient, and so its loss."""
    _, both = loop_of(accumulate=2, ema=0.0)
    _, one = loop_of(ema=0.0)
    first, second = (float(one.loss(one.lesson(number)).detach()) for number in (0, 1))
    assert both.step(0).loss == pytest.approx((first + second) / 2, abs=1e-6)


def test_the_cache_holds_what_the_pipeline_would_encode(tiny_base: Path, held: tuple[list[cache.Latent], dict[str, Any]]) -> None:
    base = load("tiny", tiny_base, torch.float32)
    latents, texts = held
    states, _, pooled, _ = base.pipeline().encode_prompt("a photo of zrx watch", device="cpu", do_classifier_free_guidance=False)
    assert torch.equal(states[0], texts["a photo of zrx watch"][0])
    assert torch.equal(pooled[0], texts["a photo of zrx watch"][1])
    first = latents[0]
    assert first.mean.shape == (4, first.crop.height // 2, first.crop.width // 2)
    assert bool((first.std > 0).all())
    assert first.time_ids.tolist()[4:] == [first.crop.height, first.crop.width]


def test_a_kept_latent_is_found_again_and_a_broken_one_made_anew(tiny_base: Path, pictures: Path, tmp_path: Path) -> None:
    base = load("tiny", tiny_base, torch.float32)
    found = dataset.read(pictures, "zrx watch", 64, 16).pictures[:2]
    first = cache.latents(found, buckets(64, 16), True, base.vae, "a", tmp_path)
    assert len(first) == 4
    assert not torch.equal(first[0].mean, first[1].mean)  # the second is mirrored
    path = min(tmp_path.glob("*.safetensors"))
    path.write_bytes(path.read_bytes()[:50])
    again = cache.latents(found, buckets(64, 16), True, base.vae, "a", tmp_path)
    assert all(torch.equal(one.mean, other.mean) for one, other in zip(first, again, strict=True))
    cache.latents(found, buckets(64, 16), False, base.vae, "another base model", tmp_path)
    assert len(list(tmp_path.glob("*.safetensors"))) == 6


def test_min_snr_evens_out_the_noise_levels(tiny_base: Path) -> None:
    schedule = load("tiny", tiny_base, torch.float32).schedule
    snr = signal_to_noise(schedule, torch.tensor([0, 500, 999]))
    assert snr[0] > 100
    assert snr[2] < 0.01
    weights = min_snr_weights(snr, 5.0, False)
    assert weights[0] == pytest.approx(5 / float(snr[0]))
    assert weights[2] == 1
    assert min_snr_weights(snr, 5.0, True)[0] == pytest.approx(5 / (float(snr[0]) + 1))
    assert min_snr_weights(snr, 0.0, False).tolist() == [1, 1, 1]
    clean, noise, at = torch.zeros(2, 4, 4, 4), torch.ones(2, 4, 4, 4), torch.tensor([999, 999])
    assert float(loss_of(noise, clean, noise, at, schedule, 5.0)) == 0
    counted = loss_of(clean, clean, noise, at, schedule, 5.0, torch.tensor([1.0, 0.0]))
    assert float(counted) == pytest.approx(0.5)


def test_the_learning_rate_rises_and_follows_its_schedule() -> None:
    recipe = Recipe(steps=110, warmup=10)
    assert [rate_factor(step, recipe) for step in (0, 4, 9, 50)] == [0.1, 0.5, 1.0, 1.0]
    cosine = replace(recipe, schedule="cosine")
    assert rate_factor(60, cosine) == pytest.approx(0.5)
    assert rate_factor(110, cosine) == pytest.approx(0)


def test_the_8bit_optimiser_says_why_it_cannot_be_used(loop_of: Callable[..., tuple[Base, Loop]]) -> None:
    if torch.cuda.is_available():
        pytest.skip("this machine may have it")
    with pytest.raises(TrainingError, match="it needs an NVIDIA card"):
        loop_of(optimiser="adamw8bit")


@pytest.mark.parametrize("text_rate", [0.0, 1e-2], ids=["image network", "text encoders too"])
def test_both_files_change_the_picture_exactly_as_trained(
    text_rate: float, loop_of: Callable[..., tuple[Base, Loop]], tiny_base: Path, tmp_path: Path
) -> None:
    base, loop = loop_of(text_learning_rate=text_rate, layers="attention+feedforward", learning_rate=2e-2)
    loop.step(0)
    loop.step(1)
    loop.student.train(False)
    trained = picture_of(base.pipeline())
    story = publish.Story("zrx", "zrx watch", "tiny", 10, 3, "2026-01-01T00:00:00+00:00")
    files = publish.write(loop.student.state(), loop.student.configs, 1, loop.recipe, story, tmp_path)
    fresh = load("tiny", tiny_base, torch.float32).pipeline()
    plain = picture_of(fresh)
    assert np.abs(trained - plain).max() > 0.01
    for path in files:
        fresh.load_lora_weights(str(tmp_path), weight_name=path.name, adapter_name="x")
        assert fresh.unet.peft_config["x"].lora_alpha == 4
        assert np.abs(picture_of(fresh) - trained).max() < 1e-4, path.name
        fresh.unload_lora_weights()
        assert np.abs(picture_of(fresh) - plain).max() < 1e-6
    parts = {key.split(".")[0].split("_")[1] for key in load_file(files[1])}
    assert parts == ({"unet", "te1", "te2"} if text_rate else {"unet"})


def test_kohya_names_are_those_of_the_original_sdxl() -> None:
    inner = "transformer_blocks.0.attn1.to_q"
    assert publish.sgm_name(f"down_blocks.1.attentions.0.{inner}", 2) == f"input_blocks.4.1.{inner}"
    assert publish.sgm_name(f"down_blocks.2.attentions.1.{inner}", 2) == f"input_blocks.8.1.{inner}"
    assert publish.sgm_name(f"mid_block.attentions.0.{inner}", 2) == f"middle_block.1.{inner}"
    assert publish.sgm_name(f"up_blocks.1.attentions.2.{inner}", 2) == f"output_blocks.5.1.{inner}"


def test_averaged_weights_are_put_back(loop_of: Callable[..., tuple[Base, Loop]]) -> None:
    _, loop = loop_of()
    loop.step(0)
    loop.step(1)
    student: Student = loop.student
    before = [weight.detach().clone() for weight in student.parameters]
    with averaged(student, loop.average):
        assert any(not torch.equal(now, then) for now, then in zip(student.parameters, before, strict=True))
    assert all(torch.equal(now, then) for now, then in zip(student.parameters, before, strict=True))


def test_running_out_of_memory_says_what_to_change() -> None:
    from lora_training.machine import within_memory

    ways = "--batch 1 with --accumulate, then --optimiser adamw8bit, then --resolution 768, then --rank 8"
    with pytest.raises(ModelError, match=ways), within_memory(Recipe(batch=2)):
        raise torch.OutOfMemoryError("CUDA out of memory")


def test_a_crash_while_a_checkpoint_is_written_leaves_the_one_before(
    loop_of: Callable[..., tuple[Base, Loop]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, loop = loop_of()
    good = checkpoint.save(loop, Course(step=1), {}, tmp_path, 2)
    with monkeypatch.context() as patched:
        patched.setattr(torch, "save", _dies)
        with pytest.raises(OSError, match="power"):
            checkpoint.save(loop, Course(step=2), {}, tmp_path, 2)
    assert checkpoint.newest(tmp_path) == good
    (good / checkpoint.STATE).write_bytes(b"half")
    with pytest.raises(CannotResume, match="cannot be read"):
        checkpoint.load(loop, good, {})


def _dies(*args: object) -> None:
    raise OSError("power cut")
