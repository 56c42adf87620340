"""Parts of the studio on their own: sets and rigs build, photos are checked, tones keep hue, the cache keeps its bounds."""

import os
import signal
import subprocess
import sys
import time
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from models.backends.product_studio import photo, probe
from models.backends.product_studio.bokeh import defocused
from models.backends.product_studio.cache import StillCache
from models.backends.product_studio.camera import frame
from models.backends.product_studio.rigs import RIGS
from models.backends.product_studio.rigs.slides import SLIDES
from models.backends.product_studio.sets import SETS
from models.backends.product_studio.stage import Aim, AreaLight, Options, Palette
from models.backends.product_studio.staging import LAMPS_Z
from models.backends.product_studio.tone import develop, tone
from models.errors import AskRefused, MediaError
from pipelines.shots import RECIPES

PALETTE = Palette((0.2, 0.3, 0.1), (0.8, 0.5, 0.1))


@pytest.mark.parametrize("name", SETS)
def test_sets_build_around_the_product(name: str) -> None:
    built = SETS[name](PALETTE, Options(), np.random.default_rng(1))
    again = SETS[name](PALETTE, Options(), np.random.default_rng(1))
    low = np.min([part.mesh.bounds()[0] for part in built.parts], axis=0)
    high = np.max([part.mesh.bounds()[1] for part in built.parts], axis=0)
    assert low[0] < -4
    assert high[0] > 4
    assert built.backdrop_z < -2
    assert low[1] <= built.floor < 1
    for one, other in zip(built.parts, again.parts, strict=True):
        assert np.array_equal(one.mesh.vertices, other.mesh.vertices)


@pytest.mark.parametrize("name", RIGS)
def test_rigs_are_named_groups(name: str) -> None:
    groups = RIGS[name](Aim((0, 1, 0), 1.5, -3.0, 0.4), PALETTE, Options(), np.random.default_rng(1))
    assert "key" in groups
    assert len(groups) >= 2
    assert all(groups.values())


@pytest.mark.parametrize("name", SLIDES)
def test_slides_let_some_light_through(name: str) -> None:
    slide = SLIDES[name](128, np.random.default_rng(2))
    assert slide.shape == (128, 128)
    assert 0.1 < slide.mean() < 0.95


def test_tones_keep_mid_colours_and_hue() -> None:
    brand = np.array([[[0.0137, 0.1587, 0.1070]]], np.float32)  # #1F6F5C
    assert np.abs(develop(brand, glow=np.zeros(3, np.float32)).astype(int) - (31, 111, 92)).max() <= 4
    white = np.full((1, 1, 3), 1.25, np.float32)
    assert tone(white).min() > 0.72  # white type stays white
    bright = tone(brand * 8)[0, 0]
    assert bright[1] > bright[2] > bright[0]
    ramp = tone(np.repeat(np.geomspace(1e-4, 50, 400)[:, None, None], 3, 2).astype(np.float32))[:, 0, 0]
    assert (np.diff(ramp) >= -1e-6).all()
    assert ramp[-1] == pytest.approx(1, abs=0.01)


def test_defocus_keeps_light_and_opens_highlights() -> None:
    picture = np.full((60, 60, 3), 100, np.uint8)
    picture[30, 30] = 255
    soft, cover = defocused(picture, None, 6)
    assert (cover == 255).all()
    assert abs(int(np.median(soft)) - 100) <= 1
    assert soft[30, 30, 0] > 101


def test_a_photo_on_plain_ground_is_cut_out(tmp_path: Path) -> None:
    pixels = np.full((300, 240, 3), 235, np.uint8)
    pixels[60:260, 70:170] = (30, 90, 160)
    pixels = np.clip(pixels + np.random.default_rng(1).normal(0, 2, pixels.shape), 0, 255).astype(np.uint8)
    Image.fromarray(pixels).save(tmp_path / "plain.png")
    cut = photo.cut_out(tmp_path / "plain.png")
    assert abs(cut.shape[0] - 200) <= 6
    assert abs(cut.shape[1] - 100) <= 6
    assert (cut[20:-20, 20:-20, 3] == 255).all()
    assert np.abs(np.median(cut[20:-20, 20:-20, :3].reshape(-1, 3), 0) - (30, 90, 160)).max() <= 2


@pytest.mark.parametrize(("size", "error"), [((40, 400), AskRefused), ((12_001, 70), AskRefused), ((9_500, 9_000), AskRefused)])
def test_absurd_photos_are_refused_before_decoding(tmp_path: Path, size: tuple[int, int], error: type[Exception]) -> None:
    Image.new("1", size).save(tmp_path / "absurd.png")
    with pytest.raises(error, match="pixels"):
        photo.check(tmp_path / "absurd.png")


def test_what_is_no_picture_is_named(tmp_path: Path) -> None:
    (tmp_path / "note.png").write_text("hello")
    with pytest.raises(MediaError, match=r"note\.png"):
        photo.check(tmp_path / "note.png")
    Image.new("RGB", (200, 200), "white").save(tmp_path / "blank.png")
    with pytest.raises(AskRefused, match="stands out"):
        photo.cut_out(tmp_path / "blank.png")


def test_a_photo_cut_short_is_named(tmp_path: Path) -> None:
    noise = np.random.default_rng(1).integers(0, 255, (300, 300, 3)).astype(np.uint8)
    Image.fromarray(noise).save(tmp_path / "whole.png")
    (tmp_path / "cut.png").write_bytes((tmp_path / "whole.png").read_bytes()[:20_000])
    with pytest.raises(MediaError, match="damaged"):
        photo.cut_out(tmp_path / "cut.png")


def test_the_cache_forgets_what_was_used_least(tmp_path: Path) -> None:
    cache = StillCache(tmp_path, limit_bytes=2500)
    for i, key in enumerate("abc"):
        with cache.workshop() as shop:
            (shop / "new").mkdir()
            (shop / "new" / "still.png").write_bytes(b"x" * 1000)
            entry = cache.publish(key, shop / "new")
            os.utime(entry, (i, i))
        if key == "b":
            assert cache.find("a")  # used again: b is now the oldest
    assert cache.find("a")
    assert not cache.find("b")
    assert cache.find("c")
    assert not list((tmp_path / "scratch").iterdir())


def test_what_a_killed_process_left_is_cleared_away(tmp_path: Path) -> None:
    cache = StillCache(tmp_path)
    for name, age_s in (("left", 2 * 86_400), ("at-work", 60)):
        (tmp_path / "scratch" / name).mkdir(parents=True)
        os.utime(tmp_path / "scratch" / name, (time.time() - age_s,) * 2)
    with cache.workshop() as shop:
        assert {p.name for p in (tmp_path / "scratch").iterdir()} == {"at-work", shop.name}


def test_the_probe_answers_once_and_never_trusts_a_dead_renderer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(probe, "_candidates", lambda: ["llvm_ad_rgb"])
    monkeypatch.setattr(probe, "renders", lambda name: bool(asked.append(name)))
    assert probe.variant(tmp_path) == "scalar_rgb"
    assert probe.variant(tmp_path) == "scalar_rgb"
    assert asked == ["llvm_ad_rgb"]


def test_the_probes_scene_really_renders() -> None:
    assert probe.renders("scalar_rgb")
    assert not probe.renders("no_such_variant")


@pytest.mark.parametrize(
    ("name", "major"), [("libLLVM-15.so.1", 15), ("libLLVM.so.19.1", 19), ("libLLVM-17.so", 17), ("libLLVM.so", 0), ("", 0)]
)
def test_llvm_versions_are_read_from_names(name: str, major: int) -> None:
    assert probe._major(name) == major


def test_a_worker_ends_with_its_parent_even_when_that_is_killed(tmp_path: Path) -> None:
    script = (
        "import sys, threading, time\n"
        "from pathlib import Path\n"
        "from models.asks import ImageAsk\n"
        "from models.backends import BackendConfig, load\n"
        "from models.catalog import row\n"
        "from models.context import JobContext\n"
        f"b = load('product_studio', BackendConfig(Path({str(tmp_path)!r}), workers=1))\n"
        "def told(f, t): print(b._pool.processes()[0], t, flush=True)\n"
        f"b.answer(ImageAsk('podium', 1080, 1920), row('product-studio/v1'), JobContext(Path({str(tmp_path)!r}), told))\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    worker = 0
    for line in parent.stdout:
        worker = int(line.split()[0])
        if "Rendering" in line:
            break
    time.sleep(0.3)
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    for _ in range(1200):
        try:
            os.kill(worker, 0)
        except ProcessLookupError:
            return
        time.sleep(0.1)
    os.kill(worker, signal.SIGKILL)
    raise AssertionError("the worker outlived its parent")


def test_a_label_in_the_grounds_colour_does_not_cut_the_photo_in_two(tmp_path: Path) -> None:
    pixels = np.full((400, 300, 3), 236, np.uint8)
    pixels[60:360, 90:210] = (196, 48, 40)
    pixels[180:250, 90:210] = (240, 238, 232)
    Image.fromarray(pixels).save(tmp_path / "tin.png")
    cut = photo.cut_out(tmp_path / "tin.png")
    assert abs(cut.shape[0] - 300) <= 8
    assert abs(cut.shape[1] - 120) <= 8
    assert (cut[150, 20:-20, 3] == 255).all()


@pytest.mark.parametrize("rig", ["noir", "neon", "softbox", "gobo", "dusk"])
def test_no_lamp_is_seen_wherever_the_camera_stands(rig: str) -> None:
    """Strips of light behind the product are to be seen on its edges, never themselves."""
    box = np.array(list(product((-0.4, 0.4), (0.0, 1.5), (-0.3, 0.3))))
    for aspect, recipe, mirrored in product((9 / 16, 1.0, 16 / 9), RECIPES, (False, True)):
        camera = frame(recipe.framing("none", mirrored), box, (0.0, 0.8, 0.3), (0.0, 0.6, 0.3), aspect)
        aim = Aim((0.0, 0.75, 0.0), 1.5, -3.0, 0.0, camera.sides(LAMPS_Z))
        groups = RIGS[rig](aim, PALETTE, Options(), np.random.default_rng(1))
        lamps = [one for group in groups.values() for one in group if isinstance(one, AreaLight) and one.position[2] < 0]
        for lamp in (one for one in lamps if max(one.radiance) > 0):
            stem = np.array(lamp.position) + np.linspace(-0.5, 0.5, 9)[:, None] * (0.0, lamp.height, 0.0)
            before = (stem - camera.origin) @ camera.axes()[2] > 0
            assert not (np.abs(camera.project(stem) - 0.5) < 0.5).all(1)[before].any(), (recipe.words, aspect, mirrored, lamp.position)


def test_lamps_step_aside_for_a_wide_picture() -> None:
    near, far = (Aim((0, 1, 0), 1.5, -3.0, 0.4, (-wide, wide)) for wide in (1.5, 6.0))
    assert near.aside(-2.4) == -2.4
    assert far.aside(-2.4) < -6
    assert far.gain(2.4) > near.gain(2.4) == 1
