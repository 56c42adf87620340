"""The built-in copywriter: every category, story and length makes a valid spec in honest, short lines."""

import re

import pytest

from pipelines.brief import read_brief
from pipelines.colors import contrast
from pipelines.copywriter import writer
from pipelines.copywriter.honesty import unfounded
from pipelines.copywriter.lexicon import find_product, product_named
from pipelines.copywriter.looks import LOOKS, MOOD_LOOKS, own_look
from pipelines.copywriter.product import Product
from pipelines.copywriter.products import PRODUCTS
from pipelines.copywriter.staging import STAGINGS
from pipelines.copywriter.voice import VOICES
from pipelines.frameworks import FRAMEWORKS, Framework
from pipelines.hints import read_hints
from pipelines.spec import AdSpec

EACH = pytest.mark.parametrize("product", list(PRODUCTS.values()), ids=list(PRODUCTS))


def spec_of(prompt: str, **fields: object) -> AdSpec:
    brief = read_brief(prompt, **fields)  # type: ignore[arg-type]
    return writer.write(brief, read_hints(brief.prompt))


def overlays(spec: AdSpec) -> list[str]:
    return [line for scene in spec.scenes if scene.text_overlay for line in scene.text_overlay.text.splitlines()]


def test_there_are_many_categories_and_no_word_belongs_to_two() -> None:
    assert len(PRODUCTS) >= 50
    owners: dict[str, str] = {}
    for product in PRODUCTS.values():
        for word in product.words:
            assert owners.setdefault(word, product.id) == product.id
            assert word == word.lower()


@EACH
def test_a_category_is_complete(product: Product) -> None:
    for framework, story in FRAMEWORKS.items():
        sets = product.sets(framework)
        assert len([lines for lines in sets if lines.tone == "any"]) >= 2
        assert len({lines.scenes for lines in sets}) == len(sets)
        for lines in sets:
            assert len(lines.scenes) == len(story.beats)
            assert 2 <= len(lines.cta) <= 18
    assert set(product.looks) <= set(LOOKS)
    assert set(product.kinds) <= set(product.words)
    assert len(product.names) >= 3
    assert product_named(product.noun) in [p for p in PRODUCTS.values() if p.noun == product.noun]


@EACH
def test_lines_are_short_calm_and_free_of_cliches(product: Product) -> None:
    every = [*product.themes, *product.pains]
    every += [line for framework in Framework for lines in product.sets(framework) for line in (*lines.scenes, lines.cta)]
    for line in every:
        assert len(line) <= 28, line
        assert len(line.split()) <= 7, line
        assert "!" not in line
        assert not re.search(
            r"\b(?:elevate|unleash|unlock|discover the|experience the|game.?chang|revolution|next level|say goodbye|imagine)", line, re.I
        )
        assert not unfounded([line], ""), line


@EACH
@pytest.mark.parametrize("framework", list(Framework))
def test_every_category_framework_and_length_makes_a_valid_spec(product: Product, framework: Framework) -> None:
    prompt = f"Create an advertisement about a {product.words[0]}"
    for total in (15, 30, 60):
        for seed in range(3):
            spec = spec_of(prompt, framework=framework, duration=total, seed=seed)
            AdSpec.model_validate_json(spec.model_dump_json())
            assert spec.ad_specifications.framework == framework
            brand = spec.brand_guidelines.brand_name
            assert brand in product.names
            shown = [line for line in overlays(spec) if line != brand] + [spec.ad_specifications.call_to_action_text]
            assert not unfounded(shown, prompt)
            assert len(set(shown)) == len(shown)
            sets = product.sets(framework)
            said = overlays(spec)
            assert sum(set(lines.scenes) <= set(said) for lines in sets) == 1  # one whole set, never a mixture


def test_seeds_vary_lines_names_and_looks_and_repeat_exactly() -> None:
    specs = [spec_of("A luxury watch ad", seed=seed) for seed in range(6)]
    assert len({tuple(overlays(s)) for s in specs}) >= 4
    assert len({s.brand_guidelines.brand_name for s in specs}) == 3
    assert len({tuple(s.brand_guidelines.brand_colors) for s in specs}) == 3
    assert spec_of("A luxury watch ad", seed=3) == specs[3]


@pytest.mark.parametrize(
    ("prompt", "product_id", "mood", "framework", "aspect", "duration"),
    [
        ("Create a luxury watch ad for Instagram", "watch", "luxury", "BAB", "9:16", 15),
        ("Make a 30-second eco-friendly water bottle ad", "water_bottle", "eco", "PAS", "9:16", 30),
        ("Generate a tech startup ad with modern aesthetics", "saas", "tech", "PAS", "9:16", 15),
        ("Create an energetic fitness app ad for TikTok", "fitness_app", "energetic", "BAB", "9:16", 15),
        ("Make a minimalist skincare product ad", "skincare", "calm", "PAS", "9:16", 15),
        ("A stain remover commercial for TV", "cleaning", "corporate", "PAS", "16:9", 15),
        ("Smartwatch launch, 20% off", "watch", "luxury", "AIDA", "9:16", 15),
        ("Square headphones ad with upbeat music, AIDA", "headphones", "energetic", "AIDA", "1:1", 15),
        ("Tired of bad coffee? Our espresso for LinkedIn", "coffee", "calm", "PAS", "16:9", 15),
    ],
)
def test_sample_prompts(prompt: str, product_id: str, mood: str, framework: str, aspect: str, duration: int) -> None:
    spec, ad = spec_of(prompt), spec_of(prompt).ad_specifications
    assert read_hints(prompt).product_id == product_id
    assert (ad.music_style, ad.framework, ad.aspect_ratio, ad.ad_duration_seconds) == (mood, framework, aspect, duration)
    assert spec.analysis.best_framework == framework
    assert len(spec.analysis.rationale) > 10


def test_what_the_person_set_wins_over_the_prompt() -> None:
    spec = spec_of(
        '30s square perfume ad for "Nordlys", PAS',
        duration=15,
        aspect="16:9",
        framework="AIDA",
        brand="Aurelia",
        colors="navy,gold",
        music="calm",
        font_style="bold_display",
    )
    ad, guide = spec.ad_specifications, spec.brand_guidelines
    assert (ad.ad_duration_seconds, ad.aspect_ratio, ad.framework, ad.music_style) == (15, "16:9", "AIDA", "calm")
    assert (guide.brand_name, guide.font_style, guide.brand_colors[:2]) == ("Aurelia", "bold_display", ["#0A192F", "#D4AF37"])
    assert "Aurelia" in overlays(spec)


def test_nothing_is_invented() -> None:
    spec = spec_of("Handmade leather saddles, for riders")
    text = spec.model_dump_json(include={"analysis", "product_description", "scenes"})
    assert spec.analysis.product_type == "handmade leather saddle"
    assert spec.analysis.target_audience == "riders"
    assert not re.search(r"\d+ ?%|\$|certified|award", text)
    assert unfounded(["Now 20% off", "Swiss made, award-winning"], "a watch ad") == ("20", "Swiss", "award-winning")
    assert unfounded(["Now 20% off", "Swiss made"], "a Swiss watch, 20% off") == ()


def test_looks_can_be_read_and_staged() -> None:
    for look in LOOKS.values():
        assert contrast(look.ink, look.ground) >= 4.5
        assert look.staging in STAGINGS
    assert set(MOOD_LOOKS) == set(VOICES)
    for names in MOOD_LOOKS.values():
        assert set(names) <= set(LOOKS)


@pytest.mark.parametrize(
    "colors", [("#FFFFFF",), ("#0A192F",), ("#777777", "#888888"), ("#D4AF37", "#0A192F", "#D4AF36"), ("#FFEE00", "#111111")]
)
def test_own_colours_always_get_readable_type(colors: tuple[str, ...]) -> None:
    for base in LOOKS.values():
        look = own_look(colors, base)
        assert look.ground == colors[0]
        assert look.colors[1:2] == colors[1:2] or len(colors) == 1
        assert contrast(look.ink, look.ground) >= 4.5


def test_verbs_are_no_products() -> None:
    assert find_product("something to watch") is None
    match = find_product("a watch ad people watch")
    assert match is not None
    assert match.start == 2
