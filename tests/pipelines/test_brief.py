"""The brief: loose forms are welcome, everything else gets one clear sentence and the name of its field."""

import json
import struct
import zlib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from pipelines.aspect import Aspect
from pipelines.brief import read_brief
from pipelines.coherence import Coherence
from pipelines.errors import BriefError
from pipelines.frameworks import Framework
from pipelines.recipe import brief_of

PROMPT = "Create a luxury watch ad for Instagram"


def refusal(**fields: Any) -> BriefError:
    with pytest.raises(BriefError) as caught:
        read_brief(**{"prompt": PROMPT, **fields})
    message = str(caught.value)
    assert message[-1] == "."
    assert "\n" not in message
    assert len(message) < 200
    return caught.value


@pytest.mark.parametrize(
    ("prompt", "words"),
    [
        ("", "Describe the ad"),
        ("   \n\t ", "Describe the ad"),
        ("?!… --- ...!!", "no words"),
        ("🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉", "no words"),
        ("Ad", "2 characters"),
        ("watch ad", "8 characters"),
        ("watch " * 90, "shorten"),
        ("a watch ad\x00 please", "control characters"),
        ("a watch ad \x1b[31m please", "control characters"),
        ("Make a video", "no product"),
        ("Something cool", "no product"),
        ("Something cool to watch please", "no product"),
        ("Create an amazing 30 second ad for TikTok", "no product"),
        ("I want a great video for social media", "no product"),
        (None, "must be text"),
        (42, "must be text"),
    ],
)
def test_prompts_that_cannot_be_used(prompt: Any, words: str) -> None:
    error = refusal(prompt=prompt)
    assert words in str(error)
    assert error.field == "prompt"


@pytest.mark.parametrize(
    "prompt",
    [
        PROMPT,
        "Make a 30-second eco-friendly water bottle ad",
        "Generate a tech startup ad with modern aesthetics",
        "Create an energetic fitness app ad for TikTok",
        "Make a minimalist skincare product ad",
        "handmade leather saddles",
        "Werbung für Uhren aus Holz",
        "an ad for the café “Zoë’s”, très chic",
        "  a watch ad\nfor runners  ",
    ],
)
def test_prompts_that_can(prompt: str) -> None:
    assert read_brief(prompt).prompt


def test_nothing_set_means_choose() -> None:
    brief = read_brief(PROMPT)
    assert (brief.duration, brief.aspect, brief.framework, brief.brand, brief.colors) == (None, None, None, "", ())
    assert (brief.seed, brief.short_side) == (0, 1080)


def test_loose_forms() -> None:
    brief = read_brief(
        PROMPT, duration="30s", aspect="9x16", framework="pas", brand=" Aurelia ", colors="#0A192F, gold;#abc", seed="7", music="Luxury"
    )
    assert (brief.duration, brief.aspect, brief.framework) == (30, Aspect.VERTICAL, Framework.PAS)
    assert brief.colors == ("#0A192F", "#D4AF37", "#AABBCC")
    assert (brief.brand, brief.seed, brief.music) == ("Aurelia", 7, "luxury")
    assert read_brief(PROMPT, duration=60.0).duration == 60
    assert read_brief(PROMPT, aspect="landscape").aspect is Aspect.HORIZONTAL
    assert read_brief(PROMPT, colors=["navy", "#D4AF37"]).colors == ("#0A192F", "#D4AF37")
    empty = read_brief(PROMPT, duration="", aspect="", framework="auto", brand=None, colors="", seed="", music="", font_style=None)
    assert empty == read_brief(PROMPT)


def test_loose_forms_of_style_models_and_coherence() -> None:
    assert [read_brief(PROMPT, style=style).style for style in ("Minimalist", " LUXURY ", "vivid", "high-tech", "auto", "", None)] == [
        "minimal",
        "luxury",
        "vibrant",
        "tech",
        None,
        None,
        None,
    ]
    assert read_brief(PROMPT, models={"Text": "Built in copywriter", "image": "", "sound": None}).models == {"text": "built-in"}
    assert read_brief(PROMPT, models=["image=product-studio/v1", "text=openai/gpt-4o"]).models == {
        "image": "product-studio/v1",
        "text": "openai/gpt-4o",
    }
    assert read_brief(PROMPT).coherence == Coherence(seed_control=True, color_matching=True)
    assert read_brief(PROMPT, coherence={"seed_control": "off", "color_matching": 1}).coherence == Coherence(seed_control=False)
    assert read_brief(PROMPT, coherence=Coherence(color_matching=False)).coherence.color_matching is False


def test_a_recipe_gives_its_brief_back_and_old_recipes_are_still_read() -> None:
    brief = read_brief(PROMPT, style="tech", models={"text": "built-in"}, coherence={"seed_control": False}, duration=30)
    stored = json.loads(json.dumps({"brief": brief.model_dump(mode="json")}))
    assert brief_of(stored) == brief
    for younger in ("style", "models", "coherence"):
        del stored["brief"][younger]
    old = brief_of(stored)
    assert (old.style, old.models, old.coherence) == (None, {}, Coherence())
    assert old.duration == 30


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("duration", 20, "15, 30 or 60"),
        ("duration", "soon", "15, 30 or 60"),
        ("duration", True, "15, 30 or 60"),
        ("aspect", "4:3", "9:16, 16:9 or 1:1"),
        ("framework", "STAR", "PAS, BAB or AIDA"),
        ("colors", "#12345", "not a colour"),
        ("colors", "navy, bluish", "not a colour"),
        ("colors", ["navy", 7], "not a colour"),
        ("colors", "red,blue,green,black,white,gold", "5 at most"),
        ("seed", -1, "whole number"),
        ("seed", 2**32, "whole number"),
        ("seed", "1.5", "whole number"),
        ("brand", "x" * 41, "41 characters"),
        ("brand", "Au\x07relia", "control characters"),
        ("brand", "***", "no letters"),
        ("music", "polka", "music style"),
        ("font_style", "comic", "type style"),
        ("short_side", 4000, "120 to 1080"),
        ("style", "baroque", "luxury, minimal, vibrant or tech"),
        ("models", {"smell": "x"}, "text, image, video, sound or voice"),
        ("models", {"image": "openai/gpt-4o"}, "no image model"),
        ("models", {"image": "built-in"}, "no image model"),
        ("models", ["text=nobody/v9"], "openai/gpt-4o or built-in"),
        ("models", 7, "ids by kind"),
        ("coherence", {"glue": True}, "seed_control or color_matching or reference or layout_control"),
        ("lora", "../secrets", "no name of a LoRA"),
        ("lora_weight", 3, "from 0 to 2"),
        ("lora_weight", "much", "from 0 to 2"),
        ("coherence", {"seed_control": "maybe"}, "on or off"),
        ("coherence", "on", "switches by name"),
    ],
)
def test_fields_that_cannot_be_used(field: str, value: Any, words: str) -> None:
    error = refusal(**{field: value})
    assert words in str(error)
    assert error.field == field


def png_header(width: int, height: int) -> bytes:
    """The beginning of a PNG that claims a size; its pixels are missing."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", b"x" * 64)


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
def test_product_images(tmp_path: Path) -> None:
    for name, form in (("a.png", "PNG"), ("b.jpg", "JPEG"), ("c.webp", "WEBP"), ("no_extension", "PNG")):
        Image.new("RGB", (80, 64)).save(tmp_path / name, form)
        assert read_brief(PROMPT, product_image=str(tmp_path / name)).product_image == tmp_path / name
    Image.new("RGB", (80, 63)).save(tmp_path / "small.png")
    Image.new("RGB", (80, 80)).save(tmp_path / "other.gif")
    (tmp_path / "text.png").write_text("hello")
    (tmp_path / "empty.png").write_bytes(b"")
    (tmp_path / "long.png").write_bytes(png_header(13_000, 100))
    (tmp_path / "many.png").write_bytes(png_header(11_000, 11_000))
    (tmp_path / "bomb.png").write_bytes(png_header(60_000, 60_000))
    with open(tmp_path / "heavy.png", "wb") as heavy:
        heavy.truncate(51 * 2**20)
    for name, words in {
        "missing.png": "not found",
        "small.png": "at least 64",
        "other.gif": "PNG, JPEG or WebP",
        "text.png": "cannot be read",
        "empty.png": "cannot be read",
        "long.png": "80 megapixels",
        "many.png": "80 megapixels",
        "bomb.png": "80 megapixels",
        "heavy.png": "over 50 MB",
        ".": "not found",
    }.items():
        error = refusal(product_image=tmp_path / name)
        assert words in str(error), name
        assert error.field == "product_image"


@given(st.text(max_size=600))
def test_any_text_gives_a_brief_or_one_sentence(prompt: str) -> None:
    try:
        brief = read_brief(prompt)
    except BriefError as error:
        refused: BriefError | None = error
    else:
        refused = None
        assert 10 <= len(brief.prompt) <= 500
        assert brief.prompt == brief.prompt.strip()
    assert refused is None or (str(refused).endswith(".") and refused.field == "prompt")
