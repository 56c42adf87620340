"""The brief: what a person asked for. Checked here and nowhere else; knows no models and no frames."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, cast, get_args

from pydantic import BaseModel, ConfigDict, Field

from models import catalog
from models.capabilities import Kind
from models.loras import NAME as LORA_NAME
from models.voices import voice_names, voices_of
from pipelines import checked
from pipelines.aspect import Aspect
from pipelines.coherence import COHERENCE, Coherence
from pipelines.colors import parse_color
from pipelines.errors import BriefError
from pipelines.frameworks import Framework
from pipelines.grades import GRADES, GradeName
from pipelines.hints import read_hints
from pipelines.picture_files import picture_file
from pipelines.presets import STYLES, Style
from pipelines.spec import FontStyle, MusicStyle
from pipelines.word_captions.styles import CaptionStyle, caption_style
from pipelines.wording import Wording

PROMPT_CHARS = (10, 500)
MAX_BRAND_CHARS = 40
MAX_COLORS = 5
MAX_RATING_CHARS = 40
MAX_FEATURES, MAX_FEATURE_CHARS = 3, 36
BUILT_IN_WRITER = "built-in"
SHA256 = r"^[0-9a-f]{64}$"
VOICE_OFF, VOICE_AUTO = "off", "auto"


class OwnType(BaseModel):
    """A brand's own fonts, by sha256 (models.typefaces.own). display: headlines and names; text: everything small, "" for the style's own.
    titles: what they call themselves, display first."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    display: Annotated[str, Field(pattern=SHA256)]
    text: Annotated[str, Field(pattern=f"^$|{SHA256}")] = ""
    titles: tuple[str, ...] = ()


class Brief(BaseModel):
    """One sentence, and whatever else the person cared to set; None and "" mean "read it out of the prompt, or choose".

    prompt: 10..500 characters. colors: "#RRGGBB", ground first, then accent. seed: 0..2**32-1.
    short_side: pixels of the shorter side of the finished ad (1080; smaller for drafts and tests). models: ids of the catalogue by
    kind, where the installation's default is not wanted; {"text": "built-in"} asks for the built-in copywriter. voice: who speaks
    the ad's lines: "off", "auto", or a voice by its name. captions: how what is said, or without a voice its script, is shown as words:
    "off", "line", "word" or "highlight". grade: the whole film's. lora: by name, for picture models that
    take one, at lora_weight 0..2. logo: a picture for the end card. rating: how many of five stars it has, as it should
    read ("4.8 from 2,300 reviews"). features: up to three things to point at. own_type: the brand's own fonts; tone: how the brand speaks,
    told to language models that write.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    duration: Literal[15, 30, 60] | None = None
    aspect: Aspect | None = None
    framework: Framework | None = None
    brand: str = ""
    colors: tuple[str, ...] = ()
    product_image: Path | None = None
    seed: int = 0
    music: MusicStyle | None = None
    font_style: FontStyle | None = None
    style: Style | None = None
    grade: GradeName | None = None
    models: Mapping[Kind, str] = Field(default_factory=dict)
    voice: str = VOICE_OFF
    captions: CaptionStyle = "off"
    coherence: Coherence = Coherence()
    lora: str = ""
    lora_weight: Annotated[float, Field(ge=0, le=2)] = 1.0
    short_side: Annotated[int, Field(ge=120, le=1080)] = 1080
    wording: Wording = Wording()
    own_type: OwnType | None = None
    tone: str = ""
    logo: Path | None = None
    rating: str = ""
    features: tuple[str, ...] = ()

    @property
    def scripted(self) -> bool:
        """Whether somebody hears or reads the ad's script; every ad has one, for those who want captions later."""
        return self.voice != VOICE_OFF or self.captions != "off"


def read_brief(
    prompt: str,
    *,
    duration: int | float | str | None = None,
    aspect: str | None = None,
    framework: str | None = None,
    brand: str | None = "",
    colors: str | Iterable[str] | None = (),
    product_image: str | Path | None = None,
    seed: int | str | None = 0,
    music: str | None = None,
    font_style: str | None = None,
    style: str | None = None,
    grade: str | None = None,
    models: Mapping[str, str] | Iterable[str] | None = (),
    voice: str | bool | None = VOICE_OFF,
    captions: str | bool | None = "off",
    coherence: Coherence | Mapping[str, Any] | None = None,
    lora: str | None = "",
    lora_weight: float | str | None = 1.0,
    short_side: int | str | None = 1080,
    logo: str | Path | None = None,
    rating: str | float | None = "",
    features: str | Iterable[str] | None = (),
) -> Brief:
    """A checked Brief from what people type into a form, a command line or JSON.

    Loose forms are welcome: "30s", "vertical", "pas", "navy, #D4AF37", "minimalist", {"text": "built in"}, ["image=…"],
    {"seed_control": "off"}. Raises BriefError with one sentence and `field`.
    """
    return Brief(
        prompt=_prompt(prompt),
        duration=_duration(duration),
        aspect=_aspect(aspect),
        framework=_framework(framework),
        brand=_brand(brand or ""),
        colors=_colors(colors or ()),
        product_image=picture_file(product_image),
        seed=_whole_number(seed if seed not in (None, "") else 0, "seed", 0, 2**32 - 1, "The seed"),
        music=cast(MusicStyle | None, _choice(music, get_args(MusicStyle), "music", "music style")),
        font_style=cast(FontStyle | None, _choice(font_style, get_args(FontStyle), "font_style", "type style")),
        style=_style(style),
        grade=_grade(grade),
        models=(chosen := _models(models or {})),
        voice=_voice(voice, chosen),
        captions=caption_style(captions),
        coherence=_coherence(coherence or {}),
        lora=_lora(lora or ""),
        lora_weight=_weight(1.0 if lora_weight in (None, "") else lora_weight),
        short_side=_whole_number(short_side if short_side not in (None, "") else 1080, "short_side", 120, 1080, "The shorter side"),
        logo=picture_file(logo, "logo", "logo"),
        rating=_rating(rating),
        features=_features(features or ()),
    )


def _prompt(prompt: Any) -> str:
    text = checked.printable(prompt, "prompt", "The prompt").strip()
    low, high = PROMPT_CHARS
    if not text:
        raise BriefError('Describe the ad in one sentence, for example "Create a luxury watch ad for Instagram".')
    if not re.search(r"[^\W_]", text):
        raise BriefError('The prompt holds no words; describe a product, for example "Create a luxury watch ad for Instagram".')
    if len(text) < low:
        raise BriefError(f'The prompt has {len(text)} characters; use {low} to {high}, for example "Luxury watch ad for Instagram".')
    if len(text) > high:
        raise BriefError(f"The prompt has {len(text)} characters; shorten it to {high} at most.")
    if not read_hints(text).noun:
        raise BriefError('The prompt names no product; say what the ad is for, for example "Make a 30-second water bottle ad".')
    return text


def _duration(value: Any) -> Literal[15, 30, 60] | None:
    if value is None or value == "":
        return None
    match = re.fullmatch(r"\s*(\d+)(?:\.0+)?\s*(?:s|sec|secs|seconds?)?\s*", str(value), re.IGNORECASE)
    if isinstance(value, bool) or not match or int(match[1]) not in (15, 30, 60):
        raise BriefError(f"The duration must be 15, 30 or 60 seconds, not {_shown(value)}.", field="duration")
    return cast(Literal[15, 30, 60], int(match[1]))


def _aspect(value: Any) -> Aspect | None:
    if value is None or value == "":
        return None
    word = re.sub(r"\s*[x×/]\s*", ":", str(value).strip().lower())
    words = {"vertical": "9:16", "portrait": "9:16", "horizontal": "16:9", "landscape": "16:9", "wide": "16:9", "square": "1:1"}
    word = words.get(word, word)
    if word not in set(Aspect):
        raise BriefError(f"The aspect must be 9:16, 16:9 or 1:1, not {_shown(value)}.", field="aspect")
    return Aspect(word)


def _framework(value: Any) -> Framework | None:
    if value is None or str(value).strip().lower() in ("", "auto"):
        return None
    word = str(value).strip().upper()
    if word not in set(Framework):
        raise BriefError(f"The framework must be PAS, BAB or AIDA, not {_shown(value)}.", field="framework")
    return Framework(word)


def _brand(value: Any) -> str:
    text = checked.printable(value, "brand", "The brand name").strip()
    if len(text) > MAX_BRAND_CHARS:
        raise BriefError(f"The brand name has {len(text)} characters; use {MAX_BRAND_CHARS} at most.", field="brand")
    if text and not re.search(r"[^\W_]", text):
        raise BriefError("The brand name holds no letters or digits; type it as it should be read.", field="brand")
    return text


def _colors(value: Any) -> tuple[str, ...]:
    parts = [p for p in re.split(r"[,;]\s*|\s+(?=#)", value) if p.strip()] if isinstance(value, str) else list(value)
    colors = []
    for part in parts:
        color = parse_color(part) if isinstance(part, str) else None
        if color is None:
            raise BriefError(f"{_shown(part)} is not a colour; use #RRGGBB or a name such as navy or gold.", field="colors")
        colors.append(color)
    if len(colors) > MAX_COLORS:
        raise BriefError(f"{len(colors)} colours were given; use {MAX_COLORS} at most, ground first, then accent.", field="colors")
    return tuple(colors)


def _choice(value: Any, options: tuple[str, ...], field: str, name: str) -> str | None:
    if value is None or str(value).strip().lower() in ("", "auto"):
        return None
    word = str(value).strip().lower()
    if word not in options:
        raise BriefError(f"{_shown(value)} is no {name}; choose {', '.join(options[:-1])} or {options[-1]}.", field=field)
    return word


def _style(value: Any) -> Style | None:
    word = "" if value is None else str(value).strip().lower()
    named = next((name for name, preset in STYLES.items() if word == name or re.fullmatch(preset.words, word)), None)
    return named or cast(Style | None, _choice(value, tuple(STYLES), "style", "style"))


def _grade(value: Any) -> GradeName | None:
    """By name or as it is shown: "warm_film", "Warm film"."""
    word = None if value is None else re.sub(r"[\s-]+", "_", str(value).strip())
    return cast(GradeName | None, _choice(word, tuple(GRADES), "grade", "grade"))


def _models(value: Any) -> Mapping[Kind, str]:
    """From a mapping, or from "kind=id" in a list."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, Iterable):
        raise BriefError("The models are ids by kind, such as image=product-studio/v1.", field="models")
    pairs = value.items() if isinstance(value, Mapping) else [str(part).partition("=")[::2] for part in value]
    chosen: dict[Kind, str] = {}
    for given, model in pairs:
        kind, id = str(given).strip().lower(), str(model or "").strip()
        if kind not in get_args(Kind):
            raise BriefError(f"{_shown(given)} is no kind of model; choose text, image, video, sound or voice.", field="models")
        if not id or id.lower() == "auto":
            continue
        if kind == "text" and re.fullmatch(r"built[\s-]?in(?:[\s/-]copywriter)?", id, re.IGNORECASE):
            id = BUILT_IN_WRITER
        known = [row.id for row in catalog.rows(cast(Kind, kind))] + ([BUILT_IN_WRITER] if kind == "text" else [])
        if id not in known:
            raise BriefError(f"There is no {kind} model {_shown(id)}; choose {' or '.join(known)}.", field="models")
        chosen[cast(Kind, kind)] = id
    return chosen


def _voice(value: Any, models: Mapping[Kind, str]) -> str:
    """A voice of any model, or of the one that was chosen."""
    word = "" if value is None else str(value).strip().lower()
    if word in ("", "off", "no", "none", "false"):
        return VOICE_OFF
    if word in ("auto", "on", "yes", "true"):
        return VOICE_AUTO
    own = models.get("voice")
    names = voices_of(catalog.row(own)) if own else voice_names()
    if word not in names:
        raise BriefError(f"There is no voice {_shown(value)}; choose off, auto or one of {', '.join(names)}.", field="voice")
    return word


def _coherence(value: Any) -> Coherence:
    if isinstance(value, Coherence):
        return value
    if not isinstance(value, Mapping):
        raise BriefError(f"The coherence choices are switches by name: {', '.join(COHERENCE)}.", field="coherence")
    switches: dict[str, bool] = {}
    for name, given in value.items():
        if name not in COHERENCE:
            raise BriefError(f"{_shown(name)} is no coherence choice; choose {' or '.join(COHERENCE)}.", field="coherence")
        word = str(given).strip().lower()
        if word not in ("true", "false", "on", "off", "yes", "no", "1", "0"):
            raise BriefError(f"{name} is a switch; set it on or off, not {_shown(given)}.", field="coherence")
        switches[name] = word in ("true", "on", "yes", "1")
    return Coherence(**switches)


def _lora(value: Any) -> str:
    """Whether one of that name is here is found out where pictures are made: briefs travel between machines."""
    name = str(value).strip()
    if name and not LORA_NAME.fullmatch(name):
        raise BriefError(f"{_shown(name)} is no name of a LoRA; choose one that is listed, or none.", field="lora")
    return name


def _weight(value: Any) -> float:
    weight = checked.number(value, 0, 2)
    if weight is None:
        raise BriefError(f"A LoRA counts from 0 to 2, 1 being as it was trained; {_shown(value)} does not.", field="lora_weight")
    return weight


def _whole_number(value: Any, field: str, low: int, high: int, name: str) -> int:
    whole = checked.whole(value, low, high)
    if whole is None:
        raise BriefError(f"{name} must be a whole number from {low} to {high}, not {_shown(value)}.", field=field)
    return whole


def _rating(value: Any) -> str:
    """ "4.8", 4.8 or "4,8 from 2,300 reviews": whatever follows the number is shown as it is."""
    text = checked.printable("" if value is None else str(value), "rating", "The rating").strip()
    if not text:
        return ""
    number = re.match(r"\d(?:[.,]\d{1,2})?(?![\d.,])", text)
    if not number or float(number[0].replace(",", ".")) > 5:
        raise BriefError(
            f"A rating begins with its stars, 0 to 5, such as “4.8 from 2,300 reviews”; {_shown(value)} does not.", field="rating"
        )
    if len(text) > MAX_RATING_CHARS:
        raise BriefError(f"The rating has {len(text)} characters; use {MAX_RATING_CHARS} at most.", field="rating")
    return text


def _features(value: Any) -> tuple[str, ...]:
    """From a list, or from a text with semicolons or line breaks between them."""
    parts = re.split(r"[;\n]", value) if isinstance(value, str) else list(value)
    found = tuple(text for part in parts if (text := checked.printable(part, "features", "A feature").strip()))
    if len(found) > MAX_FEATURES:
        raise BriefError(f"{len(found)} features were given; name the {MAX_FEATURES} that matter most.", field="features")
    for text in found:
        if len(text) > MAX_FEATURE_CHARS:
            raise BriefError(f"{_shown(text)} has {len(text)} characters; a feature has {MAX_FEATURE_CHARS} at most.", field="features")
    return found


def _shown(value: Any) -> str:
    text = str(value)
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
