"""What a picture follows – seeds, references, controls, LoRAs, a first picture, its kin – and that none of it stays behind.

Random weights: a test can see whether a picture changes and whether it is exactly as before, not whether it is beautiful.
"""

import os
from dataclasses import replace
from unittest.mock import Mock

import numpy as np
import pytest

from models.asks import Control, ImageAsk, Lora, Reference
from models.backends.diffusers_image import adapters
from models.backends.diffusers_image.backend import DiffusersImage
from models.catalog import row
from models.diffusion import profiles
from models.errors import AskRefused, ModelFailed, ModelUnavailable
from models.media.image_file import Picture, read_image, write_image
from models.weights import folder_of
from tests.models.diffusers_image.conftest import Set, Studio, apart


def test_a_seed_means_the_same_picture_alone_and_in_a_batch(studio: Studio, plain: Picture, monkeypatch: pytest.MonkeyPatch) -> None:
    assert apart(studio.draw(), plain) == 0
    monkeypatch.setattr("models.backends.diffusers_image.backend.profile_for", lambda device: replace(profiles.ON_PROCESSOR, batch=2))
    ask = ImageAsk("a watch on stone", 64, 64, steps=3)
    stills = studio.backend.several(ask, (7, 1, 3), studio.row, studio.job)
    assert [still.made.seed for still in stills] == [7, 1, 3]
    pixels = [read_image(still.path).astype(np.int16) for still in stills]
    assert apart(pixels[1], plain) < 0.01  # rounding of a batch's sums
    assert apart(pixels[0], plain) > 1
    assert apart(pixels[2], pixels[1]) > 1


def test_references_change_the_picture_as_strongly_as_asked_and_leave_nothing(studio: Studio, plain: Picture, tiny: Set) -> None:
    assert apart(studio.draw(references=(Reference(tiny.photo, 0.0),)), plain) == 0
    weak, strong = (apart(studio.draw(references=(Reference(tiny.photo, scale),)), plain) for scale in (0.2, 0.9))
    assert 0 < weak < strong
    assert apart(studio.draw(), plain) == 0


def test_references_of_their_own_scale_mask_and_kind_go_together(studio: Studio, plain: Picture, tiny: Set) -> None:
    photo, other = Reference(tiny.photo, 0.8), Reference(tiny.other, 0.3)
    one = studio.draw(references=(photo,))
    two = studio.draw(references=(photo, other))
    assert apart(one, two) > 0.1
    assert apart(studio.draw(references=(photo, Reference(tiny.other, 0.0))), one) == 0
    look = studio.draw(references=(Reference(tiny.photo, 0.8, style_only=True),))
    assert apart(look, plain) > 0
    assert apart(look, one) > 0
    masked = studio.draw(references=(Reference(tiny.photo, 0.8, mask=tiny.mask),))
    assert apart(masked, plain) > 0
    assert apart(masked, one) > 0
    together = studio.draw(references=(Reference(tiny.photo, 0.8), Reference(tiny.other, 0.8)))
    assert apart(together, one) > 0.1


def test_a_reference_is_looked_at_once(studio: Studio, tiny: Set) -> None:
    first = studio.draw(references=(Reference(tiny.photo, 0.5), Reference(tiny.other, 0.9)))
    made = studio.backend._embeddings.made
    again = studio.draw(references=(Reference(tiny.photo, 0.5), Reference(tiny.other, 0.9)))
    assert (made, studio.backend._embeddings.made) == (2, 2)
    assert apart(first, again) == 0


def test_controls_lead_alone_and_together(studio: Studio, plain: Picture, tiny: Set) -> None:
    canny, depth = Control("canny", tiny.photo, 1.0), Control("depth", tiny.mask, 1.0, is_map=True)
    assert apart(studio.draw(controls=(Control("canny", tiny.photo, 0.0),)), plain) == 0
    led = studio.draw(controls=(canny,))
    assert apart(led, plain) > 0.1
    both = studio.draw(controls=(canny, depth))
    assert apart(both, led) > 0.1
    posed = Control("pose", tiny.mask, 1.0, is_map=True)
    assert apart(studio.draw(controls=(canny, depth, posed)), both) > 0.1
    with pytest.raises(ModelUnavailable, match=r"(?i)controlnet-aux|openpose"):
        studio.draw(controls=(replace(posed, is_map=False),))
    early = studio.draw(controls=(Control("canny", tiny.photo, 1.0, end=0.4),))
    assert apart(early, plain) > 0
    assert apart(early, led) > 0
    assert apart(studio.draw(), plain) == 0


def test_loras_are_put_on_mixed_and_taken_off(studio: Studio, plain: Picture) -> None:
    watch, brand = studio.draw(loras=(Lora("watch"),)), studio.draw(loras=(Lora("brand"),))
    assert apart(watch, plain) > 1
    assert apart(watch, brand) > 1
    assert apart(studio.draw(loras=(Lora("watch"), Lora("brand", 0.0))), watch) <= 0.01
    assert apart(studio.draw(loras=(Lora("watch", 0.0),)), plain) == 0
    assert apart(studio.draw(), plain) == 0


def test_with_room_loras_stay_on_until_others_are_wanted(
    studio: Studio, plain: Picture, tiny: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(profiles, "ON_PROCESSOR", replace(profiles.ON_PROCESSOR, roomy=True))
    put_on = Mock(side_effect=adapters._put_on)
    monkeypatch.setattr(adapters, "_put_on", put_on)
    watch, brand = (Lora("watch"),), (Lora("brand"),)
    first = studio.draw(loras=watch)
    assert apart(studio.draw(loras=watch), first) == 0
    assert apart(studio.draw(loras=(Lora("watch", 0.0),)), plain) == 0
    assert apart(studio.draw(loras=watch), first) == 0
    assert put_on.call_count == 1
    studio.draw(loras=brand)
    assert apart(studio.draw(), plain) == 0
    assert apart(studio.draw(loras=watch), first) == 0
    assert put_on.call_count == 3
    os.utime(tiny.config.loras_dir / "watch.safetensors")  # trained again: another file under the same name
    studio.draw(loras=watch)
    assert put_on.call_count == 4
    monkeypatch.undo()
    assert apart(studio.draw(loras=watch), first) == 0
    assert apart(studio.draw(), plain) == 0


def test_a_loras_alpha_counts_wherever_the_file_says_it(studio: Studio, tiny: Set) -> None:
    """Three files of the same numbers at alpha 2 of rank 4: with diffusers' metadata, with kohya's, and none, at half the weight."""
    from safetensors.torch import load_file, save_file

    half = studio.draw(loras=(Lora("watch", 0.5),))
    assert apart(studio.draw(loras=(Lora("halved"),)), half) <= 0.01
    tensors = load_file(tiny.config.loras_dir / "watch.safetensors")
    save_file(tensors, tiny.config.loras_dir / "told.safetensors", {"ss_network_alpha": "2"})
    assert apart(studio.draw(loras=(Lora("told"),)), half) <= 0.01


def test_loras_that_cannot_be_used_are_refused_by_name(studio: Studio, tiny: Set, plain: Picture) -> None:
    import torch
    from safetensors.torch import save_file

    loras = tiny.config.loras_dir
    with pytest.raises(AskRefused, match=r"no LoRA 'shoe'; there are .*watch"):
        studio.draw(loras=(Lora("shoe"),))
    with pytest.raises(AskRefused, match="counts from 0 to 2"):
        studio.draw(loras=(Lora("watch", 3.0),))
    block = "unet.down_blocks.1.attentions.0.transformer_blocks.0.attn2.to_k"
    save_file({f"{block}.lora_A.weight": torch.ones(2, 768), f"{block}.lora_B.weight": torch.ones(64, 2)}, loras / "older.safetensors")
    with pytest.raises(AskRefused, match=r"older was trained for sd-1.5"):
        studio.draw(loras=(Lora("older"),))
    save_file({f"{block}.lora_A.weight": torch.ones(2, 9), f"{block}.lora_B.weight": torch.ones(64, 2)}, loras / "odd.safetensors")
    with pytest.raises(ModelFailed, match=r"odd does not fit sdxl/base-1.0"):
        studio.draw(loras=(Lora("odd"),))
    assert apart(studio.draw(), plain) == 0


def test_everything_at_once_and_then_as_before(studio: Studio, plain: Picture, tiny: Set) -> None:
    all_on = studio.draw(
        references=(Reference(tiny.photo, 0.5),), controls=(Control("canny", tiny.photo),), loras=(Lora("watch"),), scheduler="dpm++-karras"
    )
    assert apart(all_on, plain) > 1
    assert apart(studio.draw(), plain) == 0


def test_a_picture_that_begins_from_another_stays_nearer_the_less_it_may_leave(studio: Studio, tiny: Set, tmp_path: Studio) -> None:
    smooth = np.repeat(np.linspace(0, 255, 64).astype(np.uint8)[None, :, None], 64, 0).repeat(3, 2)
    first = write_image(studio.job.workdir / "first.png", smooth)
    near, far = (studio.draw(init_image=first, init_strength=strength, steps=6) for strength in (0.2, 0.9))
    # The tiny decoder cannot give a picture back; what counts is which of the two lies nearer to what it makes of it unchanged.
    still = studio.draw(init_image=first, init_strength=0.0, steps=6)
    assert apart(near, still) < apart(far, still)
    assert apart(studio.draw(init_image=first, init_strength=0.9, steps=6, controls=(Control("canny", first, 1.0),)), far) > 0


def test_pictures_of_one_kin_are_nearer_than_strangers(studio: Studio, plain: Picture) -> None:
    kin = studio.draw(seed=9, kin_seed=1, kin_change=0.05)
    stranger = studio.draw(seed=9)
    assert 0 < apart(kin, plain) < apart(stranger, plain) / 2
    assert apart(studio.draw(seed=9, kin_seed=1, kin_change=0.0), plain) == 0
    assert apart(studio.draw(seed=1, kin_seed=4, kin_change=1.0), plain) == 0
    still = studio.still(seed=9, kin_seed=1, init_image=studio.still().path, init_strength=0.5)
    assert any("kin's noise was not used" in note for note in still.made.notes)


def test_negative_words_count_and_saying_nothing_is_not_saying_empty(studio: Studio, plain: Picture) -> None:
    none, some = studio.draw(negative_prompt=None), studio.draw(negative_prompt="blurry")
    assert apart(none, plain) > 0
    assert apart(some, plain) > 0
    unguided = studio.still(guidance_scale=1.0, negative_prompt="blurry")
    assert any("Without guidance" in note for note in unguided.made.notes)
    assert apart(read_image(unguided.path).astype(np.int16), studio.draw(guidance_scale=1.0)) == 0


def test_the_end_of_a_long_prompt_is_heard(studio: Studio) -> None:
    long = "a watch on wet black stone, " * 6
    assert apart(studio.draw(prompt=long + "in gold"), studio.draw(prompt=long + "in blue")) > 0


def test_the_profile_of_few_steps(studio: Studio) -> None:
    fast = studio.still(fast=True, steps=None)
    assert any("Drawn in 8 steps with SDXL-Lightning" in note for note in fast.made.notes)
    assert apart(read_image(fast.path).astype(np.int16), studio.draw(steps=8, guidance_scale=1.0, scheduler="euler-trailing")) > 1
    hurried = Studio(DiffusersImage(replace(studio.backend.config, fast_pictures=True)), studio.row, studio.job)  # FAST_PICTURES
    assert apart(hurried.draw(steps=None), read_image(fast.path).astype(np.int16)) == 0
    assert apart(hurried.draw(steps=2), studio.draw(steps=2)) == 0  # who asks for steps gets them
    mixed = studio.draw(fast=True, steps=2, loras=(Lora("watch"),))
    assert apart(mixed, studio.draw(fast=True, steps=2)) > 0.1


def test_with_room_the_lora_of_few_steps_is_added_to_a_denoiser_of_its_own(
    studio: Studio, plain: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    watch = (Lora("watch"),)
    worn, dressed = studio.draw(fast=True, steps=None), studio.draw(fast=True, steps=2, loras=watch)
    monkeypatch.setattr(profiles, "ON_PROCESSOR", replace(profiles.ON_PROCESSOR, roomy=True))
    put_on = Mock(side_effect=adapters._put_on)
    monkeypatch.setattr(adapters, "_put_on", put_on)
    assert apart(studio.draw(fast=True, steps=None), worn) <= 0.01
    assert put_on.call_count == 0
    assert apart(studio.draw(fast=True, steps=2, loras=watch), dressed) <= 0.01
    assert apart(studio.draw(fast=True, steps=None), worn) <= 0.01
    assert apart(studio.draw(), plain) == 0


def test_a_lora_of_few_steps_that_cannot_be_added_is_an_error_and_harms_nothing(
    studio: Studio, plain: Picture, tiny: Set, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch
    from safetensors.torch import load_file, save_file

    monkeypatch.setattr(profiles, "ON_PROCESSOR", replace(profiles.ON_PROCESSOR, roomy=True))
    lightning = row("sdxl/lightning")
    file = folder_of(lightning, tiny.config) / lightning.defaults["file"]
    good = load_file(file)
    one = next(iter(good))
    try:
        for bad in ({one: torch.ones(2, 9)}, good | {"text_encoder.text_model.encoder.layers.0.mlp.fc1.lora_A.weight": torch.ones(2, 32)}):
            save_file(bad, file)
            with pytest.raises(ModelUnavailable, match=r"fast profile does not fit sdxl/base-1.0 .*; pull it again"):
                studio.draw(fast=True, steps=None)
    finally:
        save_file(good, file)
    assert apart(studio.draw(fast=True, steps=2), plain) > 0
    assert apart(studio.draw(), plain) == 0


def test_a_preview_lets_go_of_its_guidance(studio: Studio, tiny: Set, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    brief = replace(studio.row, defaults=studio.row.defaults | {"preview_steps": 5})
    preview = Studio(studio.backend, brief, studio.job)
    still = preview.still(quality="preview", steps=None)
    assert "A preview: 5 steps, guided in the first 60% of them." in still.made.notes
    picture = read_image(still.path).astype(np.int16)
    assert 0 < apart(picture, studio.draw(steps=5)) < apart(picture, studio.draw(steps=5, guidance_scale=1.0))
    with_reference = preview.still(quality="preview", steps=None, references=(Reference(tiny.photo),))
    assert not any("guided in the first" in note for note in with_reference.made.notes)
