"""Every shape of the table: sound meshes, standing on the ground, the same each time, with or without a name."""

import json
import re
from dataclasses import asdict, replace
from typing import Any

import numpy as np
import pytest

from models.backends.product_studio.archetypes import ARCHETYPES, Look, Product, archetype_for
from models.backends.product_studio.archetypes.emblems import EMBLEMS, emblem
from models.backends.product_studio.archetypes.look import look_for
from models.backends.product_studio.archetypes.trade_signs import EMBLEM_WORDS
from models.backends.product_studio.materials import METALS, Texture
from models.typefaces import TYPEFACES
from pipelines.copywriter.products import PRODUCTS

NAMES = list(ARCHETYPES)
BUILT: dict[tuple[Look, int], Product] = {}


def built(look: Look, seed: int = 1) -> Product:
    key = (look, seed)
    if key not in BUILT:
        BUILT[key] = ARCHETYPES[look.archetype].build(look, np.random.default_rng(seed))
    return BUILT[key]


def named(name: str, label: str = "Meridian") -> Look:
    return look_for("", label, archetype=name)


def textures(material: Any) -> list[Texture]:
    if isinstance(material, Texture):
        return [material]
    return [t for value in material.values() for t in textures(value)] if isinstance(material, dict) else []


@pytest.mark.parametrize("name", NAMES)
def test_meshes_are_sound(name: str) -> None:
    for part in built(named(name)).parts:
        mesh = part.mesh
        assert np.isfinite(mesh.vertices).all()
        assert np.abs(np.linalg.norm(mesh.normals, axis=1) - 1).max() < 1e-6
        assert mesh.faces.min() >= 0
        assert mesh.faces.max() < len(mesh.vertices)
        assert mesh.uv.shape == (len(mesh.vertices), 2)
        assert np.isfinite(mesh.uv).all()


@pytest.mark.parametrize("name", NAMES)
def test_triangles_face_the_way_their_normals_do(name: str) -> None:
    for part in built(named(name)).parts:
        a, b, c = (part.mesh.vertices[part.mesh.faces[:, k]] for k in range(3))
        across = np.cross(b - a, c - a)
        agree = np.einsum("ij,ij->i", across, part.mesh.normals[part.mesh.faces].sum(1)) > 0
        area = np.linalg.norm(across, axis=1)
        assert area[agree].sum() > 0.995 * area.sum()


@pytest.mark.parametrize("name", NAMES)
def test_products_stand_on_the_ground_within_their_height(name: str) -> None:
    product = built(named(name))
    low = min(float(part.mesh.vertices[:, 1].min()) for part in product.parts)
    high = max(float(part.mesh.vertices[:, 1].max()) for part in product.parts)
    assert low == pytest.approx(0, abs=0.003)
    assert high == pytest.approx(product.height, abs=0.003)
    assert 0.2 < product.height < 2.6
    assert product.details
    for point in (product.focus, *product.details):
        assert -0.01 <= point[1] <= product.height + 0.01


@pytest.mark.parametrize("name", NAMES)
def test_the_same_look_and_seed_make_the_same_arrays(name: str) -> None:
    look = named(name)
    again = ARCHETYPES[name].build(look, np.random.default_rng(1))
    for one, other in zip(built(look).parts, again.parts, strict=True):
        assert np.array_equal(one.mesh.vertices, other.mesh.vertices)
        assert np.array_equal(one.mesh.faces, other.mesh.faces)
        for a, b in zip(textures(one.material), textures(other.material), strict=True):
            assert np.array_equal(a.pixels, b.pixels)


@pytest.mark.parametrize("name", NAMES)
def test_a_long_name_stays_on_the_product_and_no_name_is_fine(name: str) -> None:
    look = replace(named(name), spin_deg=0.0)
    bare = ARCHETYPES[name].build(replace(look, label="", sublabel=""), np.random.default_rng(1))
    long = ARCHETYPES[name].build(replace(look, label="The Extraordinarily Long Company Name of Meridian"), np.random.default_rng(1))
    assert len(bare.parts) >= 2
    if name == "lettering":
        return  # there the name is the product

    def width(product: Product) -> float:
        return max(float(np.abs(part.mesh.vertices[:, 0]).max()) for part in product.parts)

    assert width(long) <= width(bare) + 1e-6
    assert long.height == pytest.approx(bare.height, abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_materials_are_plain_values(name: str) -> None:
    def plain(value: Any) -> bool:
        if isinstance(value, dict):
            return all(isinstance(k, str) and plain(v) for k, v in value.items())
        if isinstance(value, list):
            return all(isinstance(v, float) and v >= 0 for v in value)
        if isinstance(value, Texture):
            return value.pixels.ndim == 3 and value.pixels.shape[2] == 3 and value.pixels.dtype in (np.uint8, np.float32)
        return isinstance(value, str | float | int | bool)

    assert all(plain(part.material) for part in built(named(name)).parts)


def test_every_word_belongs_to_one_shape() -> None:
    words = [word for shape in ARCHETYPES.values() for word in shape.words]
    assert len(words) == len(set(words))
    assert all(word == word.lower() for word in words)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("luxury wrist watch", "watch"),
        ("eco-friendly water bottle", "water_bottle"),
        ("minimalist skincare product", "dropper"),
        ("tech startup", "phone"),
        ("energetic fitness app", "phone"),
        ("cold brew coffee can", "can"),
        ("single origin coffee beans", "pouch"),
        ("hand cream", "tube"),
        ("soy candles", "candle"),
        ("plumbing service", "lettering"),
        ("wireless headphones", "headphones"),
        ("eau de parfum", "perfume"),
        ("night cream", "jar"),
        ("theremin", "box"),
        ("phone case", "box"),
        ("ice cream", "jar"),
        ("wine bottle", "wine_bottle"),
        ("single malt whisky", "spirit_bottle"),
        ("neighbourhood coffee shop", "coffee_cup"),
        ("crime novel", "book"),
        ("accounting web app", "laptop"),
        ("champagne gold wrist watch", "watch"),
        ("tea company", "pouch"),
        ("perfume gift box", "perfume"),
        ("candelabra of the watchman", "box"),
        ("", "box"),
        ("trail running shoes", "shoe"),
        ("hiking boot", "box"),
        ("stain remover", "spray"),
        ("shoe cleaner", "box"),
        ("neighbourhood bakery", "loaf"),
        ("bread maker", "box"),
        ("polarised sunglasses", "sunglasses"),
        ("sunglasses case", "box"),
        ("red lipstick", "lipstick"),
        ("diamond engagement ring", "ring"),
        ("fine jewellery", "ring"),
        ("pearl necklace", "necklace"),
        ("earrings", "earrings"),
        ("gold bracelet", "bracelet"),
        ("silver bangles", "bracelet"),
        ("fitness bracelet", "box"),
        ("teddy bears", "teddy"),
        ("plush rabbit", "teddy"),
        ("elephant made of plush", "box"),
        ("ring light", "box"),
        ("leather key ring", "box"),
        ("wooden toys", "toy"),
        ("wooden toy car", "toy_car"),
        ("dog toy", "box"),
        ("handmade ceramic mugs", "mug"),
        ("espresso cups", "mug"),
        ("travel mug", "water_bottle"),
        ("enamel mug", "box"),
        ("stoneware", "tableware"),
        ("ramen bowls", "tableware"),
        ("dinner plates", "tableware"),
        ("wooden salad bowl", "box"),
        ("poke bowls", "box"),
        ("bud vases", "vase"),
        ("lavender soap bars", "soap_bar"),
        ("shampoo bar", "soap_bar"),
        ("protein bars", "food_bar"),
        ("chocolate bar", "food_bar"),
        ("cocktail bar", "box"),
        ("chocolates", "box"),
        ("oak dining chairs", "chair"),
        ("office chair", "lettering"),
        ("chair cushion", "box"),
        ("velvet sofa", "sofa"),
        ("couches", "sofa"),
        ("leather armchair", "armchair"),
        ("lounge chair", "armchair"),
        ("dining tables", "table"),
        ("table wine", "wine_bottle"),
        ("walnut desk", "desk"),
        ("standing desk", "lettering"),
        ("coffee table", "coffee_table"),
        ("brass desk lamp", "table_lamp"),
        ("floor lamp", "floor_lamp"),
        ("pendant lamp", "box"),
    ],
)
def test_plain_words_find_their_shape(kind: str, name: str) -> None:
    assert archetype_for(kind) == name


@pytest.mark.parametrize("id", ["local_service", "care", "event", "advice", "occasion", "builder", "cause", "florist", "studio"])
def test_a_service_is_never_sold_in_a_box(id: str) -> None:
    service = PRODUCTS[id]
    for kind in {service.noun, *service.kinds.values()}:
        assert archetype_for(kind) == "lettering", kind


def test_signs_of_trades_are_closed_and_fit_their_round() -> None:
    """Every sign is drawn, traced and solid; those of one trade are the same wherever it is named."""
    assert {name for _, name in EMBLEM_WORDS} == set(EMBLEMS)
    for name in EMBLEMS:
        low, high = emblem(name, 0.4, 0.05, 0.004).bounds()
        assert max(high[:2] - low[:2]) == pytest.approx(0.4, abs=0.02)
        assert np.allclose(high[:2] + low[:2], 0, atol=0.02)
    assert look_for("wedding photographer", "Lena & Tom").option("emblem") == "camera"
    assert look_for("wrist watch", "Meridian").option("emblem") == ""


def test_looks_are_json_and_hold_known_names() -> None:
    for name, shape in ARCHETYPES.items():
        look = look_for(shape.words[0], "Aurelia", "", ("#123456", "#ABCDEF"))
        assert look.archetype == name
        assert look.metal in METALS
        assert look.typeface in TYPEFACES
        assert re.fullmatch(r"#[0-9A-F]{6}", look.body.upper())
        assert Look(**{**json.loads(json.dumps(asdict(look))), "extra": look.extra}) == look


def test_words_choose_metals_and_colours() -> None:
    assert look_for("rose gold watch").metal == "rose_gold"
    assert look_for("watch", description="matte black with a leather strap").metal == "black"
    assert look_for("watch", description="matte black with a leather strap").option("strap") == "leather"
    assert look_for("watch", colors=("#0B0B0D", "#C9A227")).metal == "gold"
    assert look_for("watch", colors=("#0B0B0D", "#C9A227")).body == "#0B0B0D"
    assert look_for("water bottle", description="in navy").body == "#14233F"
    assert look_for("water bottle", colors=("#AA3311",), description="in navy").body == "#AA3311"
    assert look_for("eco-friendly water bottle").typeface == "geometric_sans"
    assert look_for("perfume").sublabel == ""
    assert look_for("perfume", "Aurelia").sublabel == "Fragrance"


def test_a_running_shoe_has_the_proportions_of_one() -> None:
    """Length, height and width of a 42: about 300 : 130 : 110 mm, the toe lower than the collar, the toe off the ground."""
    parts = [part.mesh.vertices for part in built(replace(named("shoe"), spin_deg=0.0)).parts]
    upper, sole, tread = parts[0], parts[3], parts[4]
    length, height, width = np.ptp(np.concatenate(parts), axis=0)
    assert 0.38 < height / length < 0.64
    assert 0.26 < width / length < 0.56
    heel, toe = upper[upper[:, 0] < -0.45], upper[upper[:, 0] > 0.45]
    assert toe[:, 1].max() < 0.7 * heel[:, 1].max()
    assert tread[tread[:, 0] > 0.66][:, 1].min() > 0.06
    assert np.ptp(sole[:, 0]) > np.ptp(upper[:, 0])
    # One can put a foot in: above the footbed the middle of the heel is empty, its walls are not.
    inside = upper[(np.abs(upper[:, 0] + 0.4) < 0.05) & (upper[:, 1] > 0.4)]
    assert np.abs(inside[:, 2]).min() > 0.06


def test_a_spray_points_away_from_its_label_and_its_trigger_hangs_clear_of_the_bottle() -> None:
    bottle, head, lever = (part.mesh.vertices for part in built(replace(named("spray"), spin_deg=0.0)).parts[:3])
    assert lever[:, 0].min() < head[:, 0].min() < -0.2
    hanging = lever[(lever[:, 1] < 0.99) & (lever[:, 1] > 0.96)]
    neck = bottle[np.abs(bottle[:, 1] - 0.975) < 0.02]
    assert hanging[:, 0].max() < neck[:, 0].min() - 0.02
