"""What is particular to bags and clothes: the words that name them, what they are made of, how they hang together."""

from dataclasses import replace

import numpy as np
import pytest

from models.backends.product_studio.archetypes import ARCHETYPES, Look, archetype_for
from models.backends.product_studio.archetypes.cloths import knitted
from models.backends.product_studio.archetypes.garment import DYES
from models.backends.product_studio.archetypes.handbag import BLACK, TAN, leather_colour
from models.backends.product_studio.archetypes.look import look_for
from models.backends.product_studio.archetypes.tote import NATURAL
from models.backends.product_studio.geometry import Mesh
from models.backends.product_studio.geometry.panels import panel, sack, strip
from models.backends.product_studio.geometry.seams import evenly, ribbon, stitches
from pipelines.finishes import finishes
from pipelines.hints import read_hints


def meshes(look: Look) -> list[Mesh]:
    look = replace(look, spin_deg=0.0)
    return [part.mesh for part in ARCHETYPES[look.archetype].build(look, np.random.default_rng(1)).parts]


@pytest.mark.parametrize(
    ("prompt", "shape"),
    [
        ("organic canvas tote bag ad", "tote"),
        ("Tote bags for a bookshop", "tote"),
        ("a luxury handbag in black leather", "handbag"),
        ("Handmade leather purses from Porto", "handbag"),
        ("vintage satchel ad", "handbag"),
        ("a waxed canvas backpack ad for commuters", "backpack"),
        ("rucksacks for hikers", "backpack"),
        ("organic cotton t-shirt ad 20% off", "garment"),
        ("slim leather wallets", "wallet"),
        ("a leather card holder", "wallet"),
        ("crypto wallet app", "phone"),
        ("an app for shoppers", "phone"),
        ("Werbung für unseren Tee", "pouch"),
        ("Werbung für unsere Handtaschen", "handbag"),
        ("Anuncio de nuestras mochilas", "backpack"),
        ("coin purse", "box"),
        ("an ad for our bean bags", "box"),
        ("gym bags", "box"),
        ("winter hoodies", "box"),
        ("a leather bag", "handbag"),
        ("band tees", "garment"),
        ("merino sweaters", "garment"),
        ("a sustainable clothing brand", "garment"),
        ("a summer dress ad", "box"),
        ("silk scarves", "box"),
    ],
)
def test_a_prompts_words_lead_to_the_shape(prompt: str, shape: str) -> None:
    assert archetype_for(read_hints(prompt).noun) == shape


@pytest.mark.parametrize("kind", ["suitcase", "sleeping bag", "tea bag", "gift bag", "crypto wallet", "hiking boot", "hoodie"])
def test_other_words_go_where_they_went(kind: str) -> None:
    assert archetype_for(kind) not in ("tote", "handbag", "backpack", "wallet", "garment")


def test_a_tote_is_of_the_cloth_that_is_said_and_white_cloth_is_no_paper() -> None:
    assert look_for("tote", colors=("#1F4E8C",), description="natural cotton canvas").option("cloth") == NATURAL
    assert look_for("tote", colors=("#1F4E8C",)).option("cloth") == ""
    assert look_for("tote", description="leather handles").option("strap") == "leather"


@pytest.mark.parametrize(
    ("body", "words", "color"),
    [
        ("#D4AF37", "", TAN),
        ("#FFFFFF", "", TAN),
        ("#1F4E8C", "", "#1F4E8C"),
        ("#1F4E8C", "black leather", BLACK),
        ("#FFFFFF", "cognac", TAN),
    ],
)
def test_a_handbag_is_of_the_leather_that_is_said_and_of_no_gold(body: str, words: str, color: str) -> None:
    assert leather_colour(look_for("handbag", colors=(body,), description=words)) == color


def test_a_backpack_has_a_pocket_before_it_and_straps_behind_it() -> None:
    soft = meshes(look_for("backpack", description="nylon"))[0].vertices
    low, high = soft[soft[:, 1] < 0.4], soft[soft[:, 1] > 0.7]
    assert low[:, 2].max() > high[:, 2].max() + 0.08
    assert (high[:, 2] < -0.25).any()
    assert 0.6 < np.ptp(soft[:, 0]) / np.ptp(soft[:, 1]) < 0.8


def test_a_wallet_stands_half_open_with_a_card_in_each_slot() -> None:
    look = look_for("wallet", "Tolland", colors=("#1F4E8C", "#C8A15A"))
    parts = meshes(look)
    cards = [mesh for mesh in parts if len(mesh.faces) == len(parts[4].faces)]
    assert len(cards) == 3
    tops = sorted(float(card.vertices[:, 1].max()) for card in cards)
    assert tops[-1] < 0.80  # none stands out of the wallet itself
    assert min(np.diff(tops)) > 0.08
    width, _, depth = np.ptp(np.concatenate([mesh.vertices for mesh in parts]), axis=0)
    assert 0.5 < depth / width < 0.9


@pytest.mark.parametrize(
    ("kind", "words", "cut"),
    [
        ("t-shirt", "merino wool", "tee"),
        ("graphic shirt", "", "tee"),
        ("shirt", "linen", "shirt"),
        ("sweater", "", "jumper"),
        ("knitwear", "", "jumper"),
    ],
)
def test_a_garment_is_cut_as_it_is_called(kind: str, words: str, cut: str) -> None:
    look = look_for(kind, "Linden Row", description=words)
    assert (look.archetype, look.option("garment")) == ("garment", cut)


def test_a_shirt_has_buttons_and_a_jumper_is_thicker_than_a_tee() -> None:
    deep = {kind: np.ptp(meshes(look_for(kind))[0].vertices[:, 2]) for kind in ("t-shirt", "jumper", "shirt")}
    assert deep["jumper"] > 1.1 * deep["t-shirt"]
    assert len(meshes(look_for("shirt"))) > len(meshes(look_for("jumper")))


def test_a_garment_is_of_the_dye_that_is_said_wherever_it_is_said() -> None:
    prompt = "merino wool jumper by Fjell, forest green"
    said = finishes(prompt, "clothing", read_hints(prompt).traits)
    assert look_for(f"{said} jumper", colors=("#F4F2EE",)).option("dye") == DYES["forest green|bottle green|dark green"]
    assert finishes("a handbag for Vale, black leather, blue and gold", "bag") == "black leather"


def test_scarves_are_a_scarf() -> None:
    assert read_hints("silk scarves for winter").noun == "silk scarf"


@pytest.mark.parametrize("name", ["tote", "handbag"])
def test_a_bags_handle_stands_up_from_its_body(name: str) -> None:
    body, *_ = meshes(look_for("", "Tolland", archetype=name))
    everything = np.concatenate([mesh.vertices for mesh in meshes(look_for("", "Tolland", archetype=name))])
    width, height, depth = np.ptp(everything, axis=0)
    assert 0.9 < height / width < 1.8
    assert 0.2 < depth / width < 0.45
    top = everything[everything[:, 1] > height * 0.98]
    assert np.abs(top[:, 0]).max() < 0.25 * width  # an arch, in the middle
    assert np.ptp(body.vertices[:, 0]) > 0.9 * width


def test_stitches_stand_evenly_along_a_line_and_look_out_of_the_cloth() -> None:
    at, travel = evenly([(0, 0, 0), (1, 0, 0), (1, 1, 0)], 0.1)
    assert len(at) == 20
    assert np.allclose(np.linalg.norm(at[1:9] - at[:8], axis=1), 0.1)
    assert np.allclose(travel[0], (1, 0, 0))
    row = stitches([(0, 0, 0), (1, 0, 0)], (0, 0, 1), 0.1, 0.01)
    assert row.vertices[:, 2].max() == pytest.approx(0.0095, abs=1e-4)
    assert row.signed_volume() > 0


def test_cloth_keeps_one_weave_on_every_panel() -> None:
    """uv is in the shape's own units: a step on the surface is the same step in the picture."""
    ring = np.array([(np.cos(t), np.sin(t)) for t in np.linspace(0, 2 * np.pi, 200, endpoint=False)])
    front = panel(ring, lambda x, y, inward: 0 * x)
    side = strip(ring, np.array([(0.0, 0.1), (0.0, -0.1)]))
    tube = sack(np.array([np.c_[ring[:, 0], np.full(200, y), ring[:, 1]] for y in np.linspace(0, 1, 9)]))
    for mesh in (front, side, tube, ribbon([(0, 0, 0), (0.3, 0, 0), (1, 0, 0)], 0.1, 0.02, (0, 0, 1))):
        a, b, _ = (mesh.faces[:, k] for k in range(3))
        on, laid = np.linalg.norm(mesh.vertices[a] - mesh.vertices[b], axis=1), np.linalg.norm(mesh.uv[a] - mesh.uv[b], axis=1)
        assert np.median(np.abs(on - laid) / np.maximum(on, 1e-9)) < 0.02
    assert front.normals[:, 2].min() > 0.99
    assert (side.normals * side.vertices)[:, :2].sum(1).min() > 0.99


def test_a_knit_tiles_in_both_directions() -> None:
    heights = knitted(130, 3, 10)
    for axis in (0, 1):
        step = np.abs(np.diff(heights, axis=axis)).mean()
        seam = np.abs(heights.take(0, axis) - heights.take(-1, axis)).mean()
        assert seam < 2.5 * step
