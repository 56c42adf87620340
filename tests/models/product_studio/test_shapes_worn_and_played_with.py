"""What is particular to sunglasses, lipsticks, jewellery and toys: they are what was said, and nothing runs into anything."""

from dataclasses import replace

import numpy as np
import pytest

from models.backends.product_studio.archetypes import ARCHETYPES, Look
from models.backends.product_studio.archetypes.bracelet import CENTRE, HEIGHT, ROLL
from models.backends.product_studio.archetypes.cut_stones import brilliant, step_cut
from models.backends.product_studio.archetypes.eyewear_rims import RIMS, lens_distance, outline
from models.backends.product_studio.archetypes.jewellers_leather import IVORY, leather_colour
from models.backends.product_studio.archetypes.lipstick import CLASSIC_RED, LACQUER, colours
from models.backends.product_studio.archetypes.look import look_for
from models.backends.product_studio.archetypes.stacking_toy import FOOT_RADIUS, PAINTS, ring_colours
from models.backends.product_studio.geometry import Mesh


def meshes(look: Look) -> list[Mesh]:
    return [part.mesh for part in ARCHETYPES[look.archetype].build(look, np.random.default_rng(1)).parts]


@pytest.mark.parametrize("shape", list(RIMS))
def test_a_lens_ends_where_its_rim_begins(shape: str) -> None:
    edge = outline(RIMS[shape])
    assert np.abs(lens_distance(RIMS[shape], *edge.T)).max() < 0.012
    assert edge[:, 0].min() > 0.03  # room for a nose


def test_sunglasses_rest_on_their_rims_and_on_the_tips_of_their_temples() -> None:
    front, temples = meshes(look_for("sunglasses"))[:2]
    tips = temples.vertices[temples.vertices[:, 2] < temples.vertices[:, 2].min() + 0.15]
    assert front.vertices[:, 1].min() == pytest.approx(0, abs=0.01)
    assert tips[:, 1].min() < 0.06


def test_words_choose_frames_and_lenses() -> None:
    said = look_for("sunglasses", description="gold aviators, green lenses")
    assert (said.option("rim"), said.option("lens"), said.metal) == ("aviator", "green", "gold")
    assert look_for("sunglasses", description="tortoiseshell cat-eye").extra == (("rim", "cat_eye"), ("pattern", "tortoise"))
    wire, acetate = (meshes(look_for("sunglasses", description=words))[0] for words in ("round metal", "round acetate"))
    assert wire.signed_volume() < 0.3 * acetate.signed_volume()


@pytest.mark.parametrize(
    ("words", "palette", "shade", "case"),
    [
        ("coral, a lacquered case", ("#1F4E8C",), "#E0523C", "#1F4E8C"),
        ("", ("#94434A", "#E6C6B9"), "#94434A", LACQUER),
        ("", ("#1F4E8C", "#9CC4E4"), CLASSIC_RED, "#1F4E8C"),
        ("rose gold", (), "#A90F26", LACQUER),
        ("plum, black case", ("#F4F2EE",), "#5E1229", "#131215"),
    ],
)
def test_a_bullet_is_of_the_shade_that_is_named_or_of_the_brands(words: str, palette: tuple[str, ...], shade: str, case: str) -> None:
    assert colours(look_for("lipstick", colors=palette, description=words)) == (shade, case)


def test_a_lipsticks_cap_lies_clear_of_its_case() -> None:
    parts = meshes(look_for("lipstick"))
    case, cap = parts[0].vertices, parts[-2].vertices
    apart = np.linalg.norm(case[::7, None, ::2] - cap[None, ::7, ::2], axis=2).min()
    assert apart > 0.04


@pytest.mark.parametrize(
    ("words", "metal"), [("white gold", "silver"), ("rose gold", "rose_gold"), ("sterling silver", "silver"), ("", "gold")]
)
def test_a_ring_is_of_the_metal_that_is_said(words: str, metal: str) -> None:
    assert look_for("ring", description=f"{words}, polished band, one faceted stone").metal == metal


def test_a_gold_ring_stands_on_no_yellow_leather() -> None:
    assert leather_colour(look_for("ring", colors=("#D4AF37", "#A8505F"), description="gold")) == "#A8505F"
    assert leather_colour(look_for("ring", colors=("#D4AF37",), description="gold")) == IVORY
    assert leather_colour(look_for("ring", colors=("#D4AF37", "#C9A227"), description="gold")) == IVORY
    assert leather_colour(look_for("ring", colors=("#1F4E8C",))) == "#1F4E8C"


@pytest.mark.parametrize("stone", [brilliant(), step_cut()])
def test_a_cut_stone_is_closed_and_looks_outwards(stone: Mesh) -> None:
    points, corner = np.unique(stone.vertices.round(6), axis=0, return_inverse=True)
    faces = corner.reshape(-1)[stone.faces]
    edges = np.sort(np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]), axis=1)
    assert (np.unique(edges, axis=0, return_counts=True)[1] == 2).all()
    assert stone.signed_volume() > 0.8
    assert len(points) > 40


def test_stones_are_what_is_said() -> None:
    assert look_for("ring", description="an emerald").extra == (("stone", "emerald"), ("cut", "step"))
    assert look_for("ring", description="an emerald-cut diamond").option("stone") == "diamond"
    assert look_for("earrings", description="sapphire drops").option("stone") == "sapphire"


@pytest.mark.parametrize("words", ["", "bangle", "cuff", "tennis"])
def test_a_bracelet_goes_round_its_roll_and_through_above_its_stand(words: str) -> None:
    look = replace(look_for("bracelet", "Elowen", description=words), spin_deg=0.0)
    jewel = np.concatenate([mesh.vertices for mesh in meshes(look)[1:-1]])
    assert np.abs(jewel[:, 0]).max() < 0.2
    assert jewel[:, 1].min() > HEIGHT
    away = np.hypot(jewel[:, 1] - CENTRE[1], jewel[:, 2])
    assert away.min() > ROLL - 0.03
    assert np.ptp(jewel[:, 2]) > 2 * ROLL


def test_stacked_rings_are_five_paints_with_the_brands_two_among_them() -> None:
    for body, accent in (("#D9483B", "#D9483B"), ("#0F4A3C", "#F0B63F"), ("#7C68B8", "#7B67B7")):
        paints = ring_colours(look_for("toy", colors=(body, accent)))
        assert body in paints
        assert len(set(paints)) == len(PAINTS)


def test_a_bears_fur_is_of_what_is_said_and_grows_over_neither_eyes_nor_soles() -> None:
    assert look_for("teddy bear", colors=("#1F4E8C", "#F0B63F")).option("coat") == ""  # the brand's colours are the ribbon's
    assert look_for("teddy bear", description="grey").option("coat") == "#94908C"
    assert look_for("plush rabbit").option("animal") == "rabbit"
    body, pile, _, _, eyes = meshes(replace(look_for("teddy bear"), spin_deg=0.0))[:5]
    roots = pile.vertices[pile.faces].mean(1)
    eye = eyes.vertices[eyes.vertices[:, 0] > 0].mean(0)
    assert np.linalg.norm(roots - eye, axis=1).min() > 0.03
    assert len(pile.faces) > 40_000
    assert 0.7 < np.ptp(body.vertices[:, 0]) / np.ptp(body.vertices[:, 1]) < 1.1


def test_a_toys_block_and_ball_lie_clear_of_its_foot() -> None:
    parts = meshes(look_for("toy", "Hop & Hide"))
    for part in (parts[7], parts[11]):
        assert np.hypot(part.vertices[:, 0], part.vertices[:, 2]).min() > FOOT_RADIUS
