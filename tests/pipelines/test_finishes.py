"""What is said of a thing's material and form reaches the thing, wherever in the sentence it stands."""

import pytest

from models.backends.product_studio.archetypes import archetype_for
from pipelines.brief import read_brief
from pipelines.finishes import finishes
from pipelines.hints import read_hints
from pipelines.planner import plan_scenes
from pipelines.spec_writer import write_spec


@pytest.mark.parametrize(
    ("prompt", "product", "found"),
    [
        ('An engagement ring ad for "Ruby Gold", white gold', "jewellery", "white gold"),
        ("A ring ad, sapphire and platinum", "jewellery", "sapphire platinum"),
        ('A sunglasses ad for "Solano", tortoiseshell, green lenses', "eyewear", "tortoiseshell green lenses"),
        ("A luxury watch ad, midnight blue and gold", "watch", ""),  # a palette, no metal
        ("A watch ad, rose gold", "watch", "rose gold"),
        ("A lipstick ad, coral", "lipstick", "coral"),
        ("A chair ad, smoked oak with a black leather seat", "furniture", "smoked oak black leather"),
        ("A sofa ad, blue and gold", "furniture", ""),
    ],
)
def test_finishes_are_found_and_colours_of_the_ad_are_not(prompt: str, product: str, found: str) -> None:
    assert finishes(prompt, product) == found


def test_a_finish_said_after_the_product_is_told_to_the_camera_once() -> None:
    for prompt in ('An engagement ring ad for "Elowen", white gold', 'A white gold engagement ring ad for "Elowen"'):
        brief = read_brief(prompt)
        plan = plan_scenes(write_spec(brief, read_hints(prompt)), brief)
        assert plan.subject.description.count("white gold") == 1


@pytest.mark.parametrize(
    ("prompt", "shape"),
    [
        ("A sapphire earrings ad", "earrings"),
        ("An ad for gold earrings", "earrings"),
        ("A necklace ad", "necklace"),
        ("A bangle ad", "bracelet"),
        ("Werbung für unsere Kuscheltiere", "teddy"),
        ("An elephant plush ad", "box"),
        ("Werbung für unsere Armbänder", "bracelet"),
        ("A jewellery shop ad", "ring"),
        ("Eine Werbung für unsere Sonnenbrillen", "sunglasses"),
        ("Werbung für unseren Lippenstift", "lipstick"),
        ("Una anuncio de pintalabios para nuestra marca", "lipstick"),
        ("Une publicité pour nos jouets", "toy"),
        ("An ad for oak dining chairs", "chair"),
        ("A couch ad", "sofa"),
        ("Werbung für unsere Schreibtische", "desk"),
        ("A side table ad", "coffee_table"),
        ("An ad for bedside lamps", "table_lamp"),
        ("Werbung für unsere Stehlampen", "floor_lamp"),
        ("Werbung für unsere Sessel aus Leder", "armchair"),
        ("A furniture shop ad", "armchair"),
        ("A gaming chair ad", "lettering"),
        ("An ad for garden furniture", "lettering"),
        ("A toy car ad", "toy_car"),
        ("Ads for our toys", "toy"),
        ("A board game ad", "box"),
        ("A leather key ring ad", "box"),
        ("A plush toy ad", "teddy"),
        ("Handmade ceramic mugs from a small pottery in Cornwall", "mug"),
        ("Dinner plates and bowls by a potter", "tableware"),
        ("An ad for bud vases", "vase"),
        ("A glass vase ad", "box"),
        ("Handgemachte Tassen aus der Töpferei", "mug"),
        ("Ceramic tiles for kitchens", "box"),
        ("A pottery wheel for beginners", "box"),
        ("Rosemary soap bars", "soap_bar"),
        ("Granola bars for hikers", "food_bar"),
        ("Sonnenbrille von Solano", "sunglasses"),
    ],
)
def test_what_is_asked_for_is_built(prompt: str, shape: str) -> None:
    assert archetype_for(read_hints(prompt).noun) == shape
