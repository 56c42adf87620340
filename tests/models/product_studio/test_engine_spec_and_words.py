"""Words to photographs: what is chosen, what is said about it, what names it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.asks import Framing, ImageAsk, Subject
from models.backends.product_studio import lexicon
from models.backends.product_studio.spec import from_json, spec_hash, to_json
from models.backends.product_studio.staging import stage
from pipelines.copywriter.staging import STAGINGS

WATCH = Subject("luxury wrist watch", "Meridian", colors=("#14233F", "#D4AF37"))
ASK = ImageAsk("standing in still dark water, noir rim light", 96, 160, seed=7, subject=WATCH, palette=("#0A192F", "#D4AF37"))


def test_every_staging_of_the_copywriter_finds_its_set_and_light() -> None:
    wanted = {
        "dark water": ("dark_water", "noir"),
        "noir podium": ("podium", "noir"),
        "travertine": ("stone", "gobo"),
        "branch stone": ("stone", "gobo"),
        "marble": ("marble", "gobo"),
        "sand": ("sand", "gobo"),
        "podium": ("podium", "softbox"),
        "window podium": ("podium", "gobo"),
        "silk": ("silk", "softbox"),
        "plaster room": ("plaster_room", "gobo"),
        "kitchen": ("kitchen", "gobo"),
        "living room": ("living_room", "gobo"),
        "evening room": ("living_room", "dusk"),
        "neon podium": ("podium", "neon"),
    }
    for name, staging in STAGINGS.items():
        for light in (staging.light, staging.near, staging.end):
            spec, _ = lexicon.read(replace(ASK, prompt=f"{staging.place}, {light}"))
            assert (spec.set, spec.rig) == wanted[name], (name, light)


def test_before_scenes_are_flat_cool_and_empty() -> None:
    spec, _ = lexicon.read(replace(ASK, prompt="on a podium, flat cool overcast light, desaturated, empty set"))
    assert spec.rig == "overcast"
    assert spec.mood == "flat_cool"
    assert not spec.has_subject


def test_unknown_product_becomes_a_box_and_says_so() -> None:
    spec, notes = lexicon.read(replace(ASK, subject=Subject("steam locomotive", "Iron Co")))
    assert spec.look is not None
    assert spec.look.archetype == "box"
    assert notes == ("The product studio has no steam locomotive yet; it shows a branded box.",)


def test_people_are_refused_in_words_not_in_silence() -> None:
    _, notes = lexicon.read(replace(ASK, prompt="a woman holding a watch by the sea"))
    assert any("not people" in note for note in notes)


def test_the_same_subject_looks_the_same_in_every_scene() -> None:
    prompts = ("dark water, noir", "travertine, palm shadow, golden hour", "podium, softbox")
    specs = [lexicon.read(replace(ASK, prompt=p, seed=i, palette=("#FFEEDD",), variant=i))[0] for i, p in enumerate(prompts)]
    assert len({spec.look for spec in specs}) == 1
    draws = {tuple(spec.product_rng().integers(1 << 30, size=4)) for spec in specs}
    assert len(draws) == 1


def test_variants_are_different_photographs_not_other_noise() -> None:
    specs = [lexicon.read(replace(ASK, variant=v))[0] for v in range(5)]
    assert len({(s.set, s.rig) for s in specs[:4]}) == 4
    assert len({(s.set, s.rig, s.framing.lens_mm, s.fill) for s in specs}) == 5


def test_a_spec_survives_json_and_its_hash_names_what_is_in_it() -> None:
    spec, _ = lexicon.read(replace(ASK, framing=Framing("macro", 100, 12, 20, "top", 0.3)))
    assert from_json(to_json(spec)) == spec
    assert spec_hash(from_json(to_json(spec))) == spec_hash(spec)
    changed = (replace(spec, seed=8), replace(spec, width=98), replace(spec, exposure=1.1), replace(spec, rig="softbox"))
    assert len({spec_hash(s) for s in (spec, *changed)}) == 5
    moved = replace(spec, photo="/a/cup.png", photo_digest="d" * 32), replace(spec, photo="/b/cup.png", photo_digest="d" * 32)
    assert spec_hash(moved[0]) == spec_hash(moved[1])


@pytest.mark.parametrize("kind", ["", "none", "None"])
def test_no_subject_is_the_set_alone(kind: str) -> None:
    assert not lexicon.read(replace(ASK, subject=Subject(kind)))[0].has_subject
    assert not lexicon.read(replace(ASK, subject=None))[0].has_subject


def test_missing_photo_is_named(tmp_path: Path) -> None:
    from models.errors import MediaError

    with pytest.raises(MediaError, match=r"gone\.png"):
        lexicon.read(replace(ASK, subject=replace(WATCH, photo=tmp_path / "gone.png")))


@pytest.mark.parametrize(("kind", "turns"), [("serum bottle", True), ("wrist watch", False)])
def test_round_things_turn_their_label_towards_the_camera(kind: str, turns: bool) -> None:
    ask = ImageAsk("on a podium", 128, 128, subject=Subject(kind, "Lumen"))

    def facing(azimuth_deg: float) -> float:
        lettering = stage(lexicon.read(replace(ask, framing=Framing(azimuth_deg=azimuth_deg)))[0]).product[-1].mesh.vertices.mean(0)
        return float(np.degrees(np.arctan2(lettering[0], lettering[2])))

    assert facing(40) - facing(0) == pytest.approx(0.85 * 40 if turns else 0, abs=2)
