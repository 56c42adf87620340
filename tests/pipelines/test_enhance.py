"""A better prompt: every change is seen in the ad, nothing the person said is lost, nothing is invented, and twice is once."""

import re
from typing import Any

import pytest

from models.backends.product_studio import lexicon
from models.backends.product_studio.spec import SceneSpec
from pipelines.brief import Brief
from pipelines.copywriter.honesty import unfounded
from pipelines.copywriter.products import PRODUCTS
from pipelines.copywriter.staging import LIGHTS, PLACES
from pipelines.copywriter.voice import VOICES
from pipelines.enhance.effects import lost, pictures, with_prompt
from pipelines.enhance.improve import NOTHING, is_english
from pipelines.enhance.words import ANY_DETAIL, BEST_VIEW, DETAILS, IDEAS, LETTERS, LIGHT_PHRASES, MANNERS, PLACE_PHRASES, VIEW_PHRASES
from pipelines.hints import read_hints
from pipelines.planner import plan_scenes
from pipelines.scene_plan import ScenePlan
from pipelines.spec import AdSpec
from pipelines.spec_writer import write_spec
from pipelines.stills import ask_for_still
from tests.pipelines.improving import PROMPT, brief_of, improved

PROMPTS = [
    PROMPT,
    "Make a 30-second eco-friendly water bottle ad",
    "Generate a tech startup ad with modern aesthetics",
    "Create an energetic fitness app ad for TikTok",
    "Make a minimalist skincare product ad",
    "handmade leather saddles",
    "headphones by Nordlys for busy parents",
    "an ad for my bakery Crumb & Co",
    "perfume ad, $10 off this weekend only",
    "corporate plumber ad",
    "gold necklace ad for Valentine's Day",
    "silver rings ad by Alma & Sons, square",
    "running shoes for marathon runners, 15 seconds",
    "hiking boots, autumn collection",
    "a waxed canvas backpack ad for commuters",
    "organic cotton t-shirt ad 20% off",
    "sunglasses ad for summer",
    'face cream ad for "Lumora"',
    "lipstick ad, bold and red",
    "protein powder ad for athletes",
    "cold brew coffee can for TikTok",
    "coffee beans from our small roastery",
    "loose leaf tea for quiet evenings",
    "lemonade, ice cold, for YouTube Shorts",
    "craft beer ad for a friday night",
    "red wine from Tuscany, vertical",
    "pizza restaurant ad, two-for-one on Mondays",
    "a cupcake shop in Leeds",
    "granola bars for hikers",
    "dog food for old dogs",
    "wireless earbuds 30 seconds",
    "a bluetooth speaker with a walnut body",
    "gaming laptop ad for gamers on Twitch",
    "new smartphone launch teaser",
    "budgeting app for students",
    "invoicing SaaS for freelancers, LinkedIn",
    "yoga studio, first class free",
    "credit card ad for travellers",
    "online course on watercolour painting",
    "a cookbook about soup",
    "scented candles for winter nights",
    "oak dining tables made in our workshop",
    "bathroom cleaning spray",
    "wooden toys for toddlers",
    "electric bike ad for commuters in 16:9",
    "an electric car ad, cinematic",
    "boutique hotel by the sea",
    "three-bedroom house for sale in Austin",
    "electrician in Leeds, available today only",
    "hair salon opening in May",
    "jazz festival tickets, this weekend only",
    "mattress ad, half price",
    "law firm ad, serious",
    "pet grooming service",
    "AURELIA perfume – “worn, not shown”",
    "COFFEE AD FOR YOUTUBE",
    "an ad for the café “Zoë’s”, très chic",
    "🌿 plant-based soap 🌿 ad 🌿",
    "Tired of cold coffee? A mug that keeps it warm",
    "PAS ad for a spray that gets rid of limescale",
    "AIDA ad, 60 seconds, for a jazz record player!",
    "A tea ad #1F3D2B #D4AF37",
    "perfume ad in morning light",
    "candle ad on a marble table, from above",
    "watch ad on raked sand at sunset, macro, refined",
]


def made(brief: Brief) -> tuple[AdSpec, ScenePlan]:
    draft = write_spec(brief, read_hints(brief.prompt))
    return draft.spec, plan_scenes(draft, brief)


def hero(plan: ScenePlan) -> SceneSpec:
    """The hero shot as the product studio takes it."""
    return lexicon.read(ask_for_still(plan, next(shot for shot in plan.shots if shot.start >= plan.hero_frame)))[0]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_what_is_added_is_seen_and_what_was_said_stays(prompt: str) -> None:
    brief = brief_of(prompt)
    found = improved(brief)
    assert found.original == brief.prompt
    assert found.improved.startswith(brief.prompt)
    assert len(found.improved) <= 500
    assert found.changes, found.notes
    assert found.notes == ()
    assert found.made is None
    assert unfounded([found.improved], prompt) == ()
    better = with_prompt(brief, found.improved)
    assert lost(read_hints(brief.prompt), read_hints(better.prompt)) == ()
    for change in found.changes:
        assert change.before == ""
        assert change.after in found.improved
        assert change.after not in brief.prompt
        assert re.fullmatch(r"[A-Z][^!]{20,130}\.", change.reason)
    _promises_hold(brief, better, {change.kind: change.after for change in found.changes})
    again = improved(better)
    assert (again.improved, again.changes, again.notes) == (better.prompt, (), (NOTHING,))
    assert improved(brief) == found


def _promises_hold(brief: Brief, better: Brief, kinds: dict[str, str]) -> None:
    """Each kind of change does to the ad what it says."""
    (old_spec, old), (spec, plan) = made(brief), made(better)
    hints = read_hints(better.prompt)
    lit = [shot for shot in plan.shots if shot.look == "none"]
    before, after = hero(old), hero(plan)
    if "set" in kinds:
        dark = "dark podium" if "dark seamless room" in lit[0].still_prompt else hints.place
        assert all(PLACES[dark].words in shot.still_prompt for shot in plan.shots)
    if "light" in kinds:
        rows = {"rim": ("rim", "water rim"), "golden": ("golden", "golden sky")}.get(hints.light, (hints.light,))
        shot = next(shot for shot in plan.shots if shot.start >= plan.hero_frame)
        assert any(LIGHTS[row].light in shot.still_prompt for row in rows)
    if "set" in kinds or "light" in kinds:
        old_stage = (before.set, before.rig, before.options, before.background)
        assert (after.set, after.rig, after.options, after.background) != old_stage
    if "framing" in kinds:
        assert [shot.framing for shot in plan.shots] != [shot.framing for shot in old.shots]
    if "feature" in kinds:
        sharp = [shot for shot in lit if hints.detail in shot.still_prompt]
        assert hints.detail in kinds["feature"]
        assert sharp
    if "style" in kinds:
        assert hints.styles
        assert spec.brand_guidelines.font_style != old_spec.brand_guidelines.font_style
    assert spec.ad_specifications.call_to_action_text == old_spec.ad_specifications.call_to_action_text
    assert [s.text_overlay for s in spec.scenes if s.text_overlay] == [s.text_overlay for s in old_spec.scenes if s.text_overlay]


@pytest.mark.parametrize("product_id", sorted(PRODUCTS))
def test_every_category_can_be_directed(product_id: str) -> None:
    for word, seeds in zip(PRODUCTS[product_id].words, (3, 1, 1), strict=False):
        for seed in range(seeds):
            brief = brief_of(f"Make an advert: {word}", seed=seed)
            found = improved(brief)
            manner = set() if read_hints(brief.prompt).styles else {"style"}
            assert {"set", "light", "feature"} | manner <= {change.kind for change in found.changes}, (word, found)
            assert pictures(with_prompt(brief, found.improved)) != pictures(brief)
            assert improved(with_prompt(brief, found.improved)).changes == ()


def test_seeds_direct_differently() -> None:
    assert len({improved(brief_of(PROMPT, seed=seed)).improved for seed in range(12)}) >= 5


@pytest.mark.parametrize("length", [380, 430, 455, 470, 486, 497, 500])
def test_a_long_prompt_gets_what_there_is_room_for(length: int) -> None:
    words = "A watch ad that tells of one slow day at the lake with a boat and an old radio that still plays and nobody in a hurry to go"
    prompt = (words + ", and so on" * 60)[:length].rstrip(" ,")
    found = improved(brief_of(prompt, brand="Aurelia"))
    assert len(found.improved) <= 500
    assert found.improved.startswith(prompt)
    assert f"{len(prompt)} of 500 characters; there was no room left for" in found.notes[0]
    assert "a manner" in found.notes[0] or length < 380
    assert bool(found.changes) == (length <= 455)


@pytest.mark.parametrize(
    "prompt",
    [
        "Werbung für Uhren aus Holz",
        "anuncio de zapatillas para corredores",
        "une publicité pour un parfum de Grasse",
        "annuncio per il nostro olio d'oliva",
        "腕時計の広告を作ってください、お願いします",
        "реклама кофейни для инстаграма",
        "إعلان لساعة يد فاخرة على انستغرام",
        "Καφετέρια στην Αθήνα, διαφήμιση",
    ],
)
def test_other_languages_are_not_mixed_with_english(prompt: str) -> None:
    assert not is_english(prompt)
    found = improved(brief_of(prompt))
    assert (found.improved, found.changes) == (prompt, ())
    assert "writes English" in found.notes[0]


@pytest.mark.parametrize("prompt", PROMPTS)
def test_english_is_known_for_what_it_is(prompt: str) -> None:
    assert is_english(prompt)


def test_what_is_set_beside_the_prompt_is_respected() -> None:
    brief = brief_of("A green tea ad", style="luxury")
    found = improved(brief)
    assert "style" not in {change.kind for change in found.changes}
    assert made(with_prompt(brief, found.improved))[1].grade == "luxury"
    pale = brief_of("A watch ad", colors="cream,brown")
    place = read_hints(improved(pale).improved).place
    assert not PLACES[place].dark
    dark = brief_of("A wooden toy ad", colors="navy,gold")
    assert PLACES[read_hints(improved(dark).improved).place].dark


def test_a_photo_is_shown_as_it_is_and_its_details_are_its_own(tmp_path: Any) -> None:
    from PIL import Image

    Image.new("RGB", (100, 100)).save(tmp_path / "mine.png")
    found = improved(brief_of("A perfume ad", product_image=tmp_path / "mine.png"))
    assert "feature" not in {change.kind for change in found.changes}
    assert "glass" not in found.improved.lower().replace("as smooth as glass", "")
    assert improved(brief_of(found.improved, product_image=tmp_path / "mine.png", seed=2)).changes == ()


def test_every_phrase_is_read_as_what_it_says() -> None:
    for place, phrases in PLACE_PHRASES.items():
        for phrase in phrases:
            assert read_hints(f"A saddle ad. Set it {phrase}.").place in (place, "podium" if place == "dark podium" else place), phrase
    for light, phrases in LIGHT_PHRASES.items():
        for phrase in phrases:
            hints = read_hints(f"A saddle ad. Shoot it {phrase}.")
            assert (hints.light, hints.noun, hints.styles) == (light, "saddle", ()), phrase
    for view, phrases in VIEW_PHRASES.items():
        for phrase in phrases:
            text = phrase.format(it="it", they="it stands") + (" on it" if view == "close" else "")
            assert read_hints(f"A saddle ad. {text}.").views == (view,), phrase
    for mood, manners in MANNERS.items():
        assert set(manners) == set(VOICES[mood].fonts)
        for font, manner in manners.items():
            hints = read_hints(f"A saddle ad. Keep it {manner}.")
            assert (hints.type, hints.noun) == (font, "saddle"), manner
            assert hints.styles
    assert set(PLACE_PHRASES) == set(PLACES)
    assert set(LIGHT_PHRASES) == set(LIGHTS) - {"water rim", "golden sky"}
    assert set(DETAILS) | set(BEST_VIEW) <= set(PRODUCTS)
    assert all(place in PLACES and light in LIGHTS for ideas in IDEAS.values() for place, light in ideas)
    for detail in (d for details in (*DETAILS.values(), LETTERS, ANY_DETAIL) for d in details):
        hints = read_hints(f"A saddle ad. Come in close on {detail}.")
        assert hints.noun == "saddle"
        assert hints.detail == detail.partition(", where")[0]
