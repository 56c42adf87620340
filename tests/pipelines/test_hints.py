"""What a prompt says of itself is read, and what it does not say is not made up."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.aspect import Aspect
from pipelines.frameworks import Framework
from pipelines.hints import Hints, read_hints


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("Create a luxury watch ad for Instagram", {"product_id": "watch", "aspect": Aspect.VERTICAL, "styles": ("luxury",), "brand": ""}),
        ("Make a 30-second eco-friendly water bottle ad", {"product_id": "water_bottle", "duration": 30, "styles": ("eco-friendly",)}),
        ("Generate a tech startup ad with modern aesthetics", {"product_id": "saas", "styles": ("modern",), "duration": None}),
        ("Create an energetic fitness app ad for TikTok", {"product_id": "fitness_app", "aspect": Aspect.VERTICAL, "platform": "TikTok"}),
        ("Make a minimalist skincare product ad", {"product_id": "skincare", "styles": ("minimalist",), "aspect": None}),
        ("30s coffee ad", {"duration": 30}),
        ("half a minute about our coffee", {"duration": 30}),
        ("a half-minute coffee ad", {"duration": 30}),
        ("a one minute film for a candle", {"duration": 60}),
        ("thirty second candle spot", {"duration": 30}),
        ("45-second candle ad", {"duration": 30, "asked_seconds": 45.0}),
        ("candle ad, 2 minutes", {"duration": 60, "asked_seconds": 120.0}),
        ("candle ad from the 70s store", {"duration": 60}),
        ("YouTube ad for headphones", {"aspect": Aspect.HORIZONTAL, "platform": "YouTube"}),
        ("YouTube Shorts ad for headphones", {"aspect": Aspect.VERTICAL}),
        ("square headphones ad for Instagram", {"aspect": Aspect.SQUARE, "platform": "Instagram"}),
        ("Instagram feed post for headphones", {"aspect": Aspect.SQUARE}),
        ("headphones for TikTok but in 16:9", {"aspect": Aspect.HORIZONTAL, "platform": "TikTok"}),
        ("LinkedIn ad for invoicing software", {"aspect": Aspect.HORIZONTAL, "product_id": "saas"}),
        ("perfume ad, 20 % off", {"offer": "20% off"}),
        ("perfume ad with a 15 percent discount", {"offer": "15% off"}),
        ("perfume ad, $10 off this weekend only", {"offer": "$10 off", "urgency": "this weekend only"}),
        ("coffee with free shipping", {"offer": "Free shipping"}),
        ("buy one get one free on dog food", {"offer": "Buy one, get one", "product_id": "pet_food"}),
        ("100% cotton t-shirt ad", {"offer": "", "product_id": "clothing"}),
        ("candles for just $19", {"offer": "Just $19"}),
        ("pizza place, 2 for 1 on Tuesdays", {"offer": "Two for one on Tuesdays", "product_id": "restaurant"}),
        ("our gym, join in January for 19 €", {"offer": "19 € in January"}),
        ("an e-bike from 1499 €", {"offer": "From 1499 €"}),
        ("a mattress, 100 nights trial", {"offer": "100-night trial", "product_id": "bedding", "noun": "mattress"}),
        ("sunglasses for people in their twenties", {"audience": "people in their twenties"}),
        ("we sell chamomile tea from the Alps", {"brand": "", "product_id": "tea"}),
        ('hand made candels and sope, "Bees Knees"', {"product_id": "candle", "brand": "Bees Knees"}),
        ('Un anuncio para nuestro aceite de oliva "Olivar del Sur"', {"noun": "olive oil bottle", "brand": "Olivar del Sur"}),
        ('Werbung für unsere Zahnarztpraxis "Dr. Lindner"', {"product_id": "care", "noun": "dentist"}),
        ("We are Dr. Lindner, a dental practice in Bremen", {"product_id": "care", "noun": "dental clinic"}),
        ("my sister makes jewelery, brand is Salt & Shore", {"product_id": "jewellery", "brand": "Salt & Shore"}),
        ("coffe shop in Porto", {"product_id": "restaurant", "noun": "coffee shop"}),
        ("resturant grand opening, “Saffron Room”", {"product_id": "restaurant"}),
        ("Nail salon “Polish”, gift cards for Christmas", {"product_id": "care", "noun": "nail salon"}),
        ("We fix bikes. Spoke Workshop.", {"product_id": "bike"}),
        ("We are looking for drivers, “Move It” logistics", {"product_id": "service", "noun": "service"}),
        ("a cable organizer ad", {"product_id": "product"}),
        ("wedding photographers in Leeds", {"product_id": "occasion", "noun": "wedding photographer"}),
        ("a SaaS dashboard for sales teams", {"product_id": "saas", "noun": "web app"}),
        ('perfume ad for "Aurelia"', {"brand": "Aurelia"}),
        ("a perfume called Aurelia Nord", {"brand": "Aurelia Nord"}),
        ("headphones by Nordlys for busy parents", {"brand": "Nordlys", "audience": "busy parents"}),
        ("an ad for my bakery Crumb & Co", {"brand": "Crumb & Co", "product_id": "bakery"}),
        ("ad for Lumora skincare", {"brand": "Lumora"}),
        ("AURELIA perfume", {"brand": "AURELIA", "product_id": "perfume"}),
        ("promote our SaaS Clearfold for accountants", {"brand": "Clearfold", "product_id": "saas"}),
        ("a car wash in Austin", {"brand": "", "product_id": "local_service"}),
        (f"a candle by {'Extraordinarily ' * 4}", {"brand": "", "product_id": "candle"}),
        ("our gym, first month free", {"offer": "First month free"}),
        ("Buy our stuff now please", {"noun": ""}),
        ("Valentine's Day perfume ad", {"brand": "", "season": "Valentine’s Day"}),
        ("a Swiss watch ad for December", {"brand": "", "product_id": "watch"}),
        ("AI startup ad for LinkedIn", {"brand": ""}),
        ("Energy Drink Ad For Gamers On Twitch", {"brand": ""}),
        ("COFFEE AD FOR YOUTUBE", {"brand": "", "aspect": Aspect.HORIZONTAL}),
        ("running shoes for marathon runners", {"product_id": "shoes", "audience": "marathon runners"}),
        ("an ad for running shoes", {"audience": ""}),
        ("a watch ad for Instagram. Set in stone.", {"brand": "", "platform": "Instagram"}),
        ("a perfume by St. Clair. Sold in Paris.", {"brand": "St. Clair"}),
        ("a soft drink ad", {"styles": (), "product_id": "soft_drink"}),
        ("oak dining tables made in our workshop", {"product_id": "furniture"}),
        ("granola bars for hikers", {"product_id": "snack_bar", "noun": "granola bar"}),
        ("handmade ceramic mugs from a small pottery in Cornwall", {"product_id": "pottery", "noun": "ceramic mug"}),
        ("lavender soap bars", {"product_id": "soap", "noun": "soap bar"}),
        ("liquid hand soap", {"product_id": "skincare"}),
        ("a pottery class on Tuesdays", {"product_id": "course"}),
        ("our furniture store, sale at the end of May", {"product_id": "furniture"}),
        ("an ad for students", {"audience": "students", "product_id": ""}),
        ("PAS ad for a stain remover", {"framework": Framework.PAS, "product_id": "cleaning"}),
        ("watch ad told as before, after, bridge", {"framework": Framework.BAB}),
        ("a rose gold watch", {"traits": "rose gold", "colors": ("#C99A86",)}),
        ("red electric bike ad", {"product_id": "bike", "colors": ("#C22B2B",)}),
        ("invoicing app ad in #0A192F and #d4af37", {"palette": ("#0A192F", "#D4AF37")}),
        ("Christmas candle ad", {"season": "Christmas", "product_id": "candle"}),
        ("handmade leather saddles for riders", {"product_id": "product", "noun": "handmade leather saddle", "audience": "riders"}),
        ("necklace ad", {"product_id": "jewellery", "noun": "necklace"}),
        ("timepiece ad", {"product_id": "watch", "noun": "wrist watch"}),
        ("coffee table ad", {"product_id": "furniture", "noun": "coffee table"}),
        ("an ad for a coffee shop", {"product_id": "restaurant"}),
        ("dog food brand", {"product_id": "pet_food"}),
        ("can you make an ad for our candle", {"product_id": "candle"}),
        ("book an appointment with a plumber", {"product_id": "local_service"}),
        ("Make a video", {"product_id": "", "noun": ""}),
        ("Something cool to watch please", {"product_id": "", "noun": ""}),
    ],
)
def test_reading(prompt: str, expected: dict[str, Any]) -> None:
    hints = read_hints(prompt)
    assert {name: getattr(hints, name) for name in expected} == expected


def test_every_reading_names_its_words() -> None:
    prompt = 'A 30-second luxury perfume ad for "Aurelia" on TikTok, 20% off, for runners'
    hints = read_hints(prompt)
    read = {found.field: found for found in hints.found}
    assert read["duration"].words == "30-second"
    assert read["platform"].words == "TikTok"
    assert read["brand"].value == "Aurelia"
    assert {"styles", "offer", "aspect", "audience", "product"} <= set(read)
    for found in hints.found:
        if found.field != "product":
            assert found.words in prompt


WORDS = ["watch", "ad", "for", "Instagram", "30s", "20% off", "luxury", "by", "Nordlys", "& Co", "the", "a coffee", '"Aurelia"', "runners"]
WORDS += ["9:16", "#fff", "$5", "called", "PAS", ".", ",", "'s", "half", "minute", "rose gold", "dogs", "to"]


@given(st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join) | st.text(max_size=120))
def test_any_text_can_be_read(prompt: str) -> None:
    hints = read_hints(prompt)
    assert isinstance(hints, Hints)
    assert hints.duration in (None, 15, 30, 60)
    assert len(hints.brand) <= 40
    assert hints == read_hints(prompt)
