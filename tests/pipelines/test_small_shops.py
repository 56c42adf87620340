"""What small shops write: what they sell is found, whoever they are, and nobody's weekday becomes a brand."""

import pytest

from models.backends.product_studio.archetypes import archetype_for
from pipelines.copywriter.lexicon import find_product, mended
from pipelines.hints import read_hints


@pytest.mark.parametrize(
    ("prompt", "product_id", "brand"),
    [
        ("Advertise my dog walking service in Leeds, book by phone", "pet_care", ""),
        ("Car wash, open Sundays", "local_service", ""),
        ("Pizza place, two for one on Tuesdays", "restaurant", ""),
        ("Organic olive oil from Crete", "pantry", ""),
        ("Olive oil from Kalamata by Oliva Verde", "pantry", "Oliva Verde"),
        ("Wine from the Black Forest", "wine", ""),
        ('A watch ad from "Geneva"', "watch", "Geneva"),
        ("Coffee from Kettle & Co", "coffee", "Kettle & Co"),
        ("Promote our Friday quiz night at The Red Lion pub", "event", "The Red Lion"),
        ("Ad for Luigi's Pizzeria", "restaurant", "Luigi's Pizzeria"),
        ("An ad for Women's Shoes", "shoes", ""),
        ("A funeral home with a garden", "farewell", ""),
        ("Insurance for pets", "insurance", ""),
        ("Dishwasher tablets in a paper box", "product", ""),
        ("Camping tents for four", "product", ""),
        ("Yoga mat made of cork", "product", ""),
        ("Aquarium shop in the old town", "shop", ""),
        ("An online shop for lamps", "lamp", ""),
        ("Escape room for teams", "event", ""),
        ("Piano tuning for schools", "service", ""),
        ("Order sushi in our app", "restaurant", ""),
        ("Track your spending with our app", "app", ""),
        ("A phone with a great camera", "phone", ""),
        ("A book by a young author", "book", ""),
        ("Knife sharpening service", "service", ""),
    ],
)
def test_who_sells_what(prompt: str, product_id: str, brand: str) -> None:
    hints = read_hints(prompt)
    assert (hints.product_id, hints.brand) == (product_id, brand)


@pytest.mark.parametrize(
    ("prompt", "noun"),
    [
        ("Eggs from free-range hens", "egg"),
        ("Silk scarves in blue", "silk scarf"),
        ("Kitchen knives from Japanese steel", "kitchen knife"),
        ("Binoculars for bird watching", "binoculars"),
        ("An ad for leather saddles", "leather saddle"),
        ("Leather gloves from Naples", "leather glove"),
    ],
)
def test_unlisted_things_keep_their_own_name(prompt: str, noun: str) -> None:
    assert read_hints(prompt).noun == noun


def test_services_stand_as_their_name_and_never_as_a_box() -> None:
    for prompt in ("Piano tuning", "Courier service, same day", "Web design agency", "Dog trainer", "Cattery by the sea", "Vintage shop"):
        assert archetype_for(read_hints(prompt).noun) == "lettering", prompt


@pytest.mark.parametrize("word", ["larger", "creation", "dinner", "plates", "salmon", "removal", "match"])
def test_a_word_of_its_own_is_no_slip(word: str) -> None:
    assert mended(f"a {word} for you") == ""


def test_what_people_are_told_to_do_is_not_what_is_sold() -> None:
    for text in ("Call now, book by phone", "Book your table today", "See it on your phone"):
        assert find_product(text) is None or find_product(text).product.id not in ("book", "phone"), text  # type: ignore[union-attr]
