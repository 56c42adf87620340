"""How the backend behaves: sizes, progress, stopping, memory, what is loaded, and what it says when something is missing."""

from dataclasses import replace
from pathlib import Path

import pytest
import torch

from models.asks import ImageAsk
from models.backends.diffusers_image.backend import DiffusersImage
from models.backends.diffusers_image.sizes import canvas_for
from models.catalog import Weights, row
from models.catalog.row import ModelRow
from models.context import JobContext
from models.devices import choose
from models.errors import AskRefused, Cancelled, OutOfMemory
from models.media.image_file import Picture, read_image
from models.residency import residency_of
from models.weights import folder_of
from tests.models.diffusers_image import tiny_sdxl
from tests.models.diffusers_image.conftest import Set, Studio, apart


@pytest.mark.parametrize(
    ("asked", "drawn"),
    [
        ((1024, 1024), (1024, 1024)),
        ((1080, 1920), (768, 1368)),
        ((1000, 1000), (1000, 1000)),
        ((180, 320), (768, 1368)),
        ((1002, 1000), (1008, 1000)),
    ],
)
def test_sizes_are_drawn_near_what_the_model_knows(asked: tuple[int, int], drawn: tuple[int, int]) -> None:
    canvas = canvas_for(*asked, 1024 * 1024, 8)
    assert (canvas.width, canvas.height) == drawn
    assert bool(canvas.note) is (asked != drawn)


def test_any_even_size_comes_out_exactly(studio: Studio) -> None:
    still = studio.still(width=102, height=150, steps=1)
    assert read_image(still.path).shape == (150, 102, 3)
    assert any("brought to 102×150" in note for note in still.made.notes)
    assert any("full precision with PyTorch's own attention" in note for note in still.made.notes)


def test_a_job_stops_within_a_step_and_the_next_gives_the_same_picture(
    studio: Studio, plain: Picture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("models.diffusion.watching.CHECK_EVERY_S", 0.0)
    told: list[str] = []
    checks = 0

    def check() -> None:
        nonlocal checks
        checks += 1
        if told and told[-1] == "Step 1 of 3":
            raise Cancelled("stop")

    job = JobContext(studio.job.workdir, lambda fraction, text: told.append(text), check)
    with pytest.raises(Cancelled):
        replace(studio, job=job).draw()
    assert told[-1] == "Step 1 of 3"
    assert apart(studio.draw(), plain) == 0


def test_every_step_is_told(studio: Studio) -> None:
    told: list[tuple[float, str]] = []
    job = JobContext(studio.job.workdir, lambda fraction, text: told.append((fraction, text)))
    replace(studio, job=job).draw()
    assert [text for _, text in told if text.startswith("Step")] == ["Step 1 of 3", "Step 2 of 3", "Step 3 of 3"]
    assert [fraction for fraction, _ in told] == sorted(fraction for fraction, _ in told)
    assert told[-1] == (1.0, "Ready")


def _runs_out(studio: Studio, times: int) -> torch.utils.hooks.RemovableHandle:
    studio.draw()
    key = next(key for key in residency_of(choose(studio.backend.config)).keys if "unet" in key)
    unet = residency_of(choose(studio.backend.config)).get(key, lambda: None, lambda _: 0)
    left = [times]

    def full(module: object, args: object) -> None:
        if left[0]:
            left[0] -= 1
            raise torch.OutOfMemoryError("CUDA out of memory")

    return unet.register_forward_pre_hook(full)  # type: ignore[union-attr]


def test_out_of_memory_takes_one_step_down_and_says_so(studio: Studio, plain: Picture) -> None:
    hook = _runs_out(studio, 1)
    still = studio.still()
    hook.remove()
    assert "Memory ran out, so the picture was decoded in tiles." in still.made.notes
    assert apart(studio.draw(), plain) == 0
    hook = _runs_out(studio, 9)
    with pytest.raises(OutOfMemory, match=r"once more after this: Memory ran out.*ask for a smaller picture"):
        studio.draw()
    hook.remove()
    assert apart(studio.draw(), plain) == 0


def test_parts_are_loaded_once_and_shared_between_what_is_drawn(studio: Studio, tiny: Set) -> None:
    residency = residency_of(choose(tiny.config))
    studio.draw()
    before = residency.used_bytes
    studio.draw(init_image=tiny.photo)
    assert residency.used_bytes == before
    assert any(key.startswith("sdxl/vae-fp16-fix") for key in residency.keys)
    studio.backend.close()
    assert residency.keys == ()


def test_missing_weights_devices_and_settings_are_said(studio: Studio, tiny: Set, tmp_path: Path) -> None:
    empty = DiffusersImage(replace(tiny.config, weights_dir=tmp_path))
    assert "run `python -m models pull sdxl/base-1.0`" in empty.available(studio.row)
    assert (empty.capabilities(studio.row).references, empty.capabilities(studio.row).fast) == (0, False)
    nowhere = DiffusersImage(replace(tiny.config, device="toaster"))
    assert "set it to cuda" in nowhere.available(studio.row)
    assert studio.backend.available(studio.row) == ""
    assert studio.backend.capabilities(studio.row).controls == {"depth", "canny", "pose"}
    for fields, said in (
        ({"steps": 900}, "Steps goes from 1 to 150"),
        ({"scheduler": "magic"}, "there are euler"),
        ({"kin_seed": -1}, "A seed lies"),
        ({"init_strength": 2.0}, "0 to 1"),
    ):
        with pytest.raises(AskRefused, match=said):
            studio.draw(**fields)


def test_a_model_of_another_family_is_served_by_the_same_code(studio: Studio, tiny: Set) -> None:
    older = ModelRow(
        "test/older", ("image",), "diffusers_image", "Older", "MIT", weights=Weights("a/b", "main"), defaults={"steps": 2, "guidance": 5.0}
    )
    tiny_sdxl.save_older(folder_of(older, tiny.config))
    other = replace(studio, row=older)
    assert apart(other.draw(seed=1), other.draw(seed=1)) == 0
    assert apart(other.draw(seed=1), other.draw(seed=2)) > 1
    assert apart(other.draw(seed=1, init_image=tiny.photo, steps=4), other.draw(seed=1)) > 0
    assert not studio.backend.capabilities(older).loras


def test_rows_of_add_ons_make_nothing_by_themselves(studio: Studio) -> None:
    assert studio.backend.capabilities(row("sdxl/ip-adapter")).kinds == frozenset()
    assert ImageAsk("x", 64, 64).negative_prompt == ""
