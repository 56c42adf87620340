"""From an ask in words to a photograph to take: which set, which light, which time of day, what stands in it.

Keyword tables and nothing else: the same words always give the same picture. What the studio cannot show is said in notes.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from models.asks import Framing, ImageAsk, Subject
from models.backends.product_studio import photo
from models.backends.product_studio.archetypes import ARCHETYPES, FALLBACK, archetype_for
from models.backends.product_studio.archetypes.look import Look, look_for
from models.backends.product_studio.materials import srgb_to_linear
from models.backends.product_studio.readings import reading
from models.backends.product_studio.spec import Air, SceneSpec
from models.backends.product_studio.stage import Options

SETS: Mapping[str, str] = {
    "dark_water": r"dark water|black water|still water|water|ripples?|rain|wet|sea|ocean|lake|reflection",
    "stone": r"travertine|limestone|stone|rock|slab|plaster|terracotta|mediterranean|terrace|concrete|brick|clay",
    "marble": r"marble|vanity|bathroom|counter|countertop|polished|desk|table|office|cafe|shelf",
    "sand": r"sand|sandy|dunes?|desert|beach",
    "silk": r"silk folds?|satin sheets?|velvet|drapes?|draped|curtains?",
    "plaster_room": r"plaster room|doorway|stucco|courtyard|villa",
    "kitchen": r"kitchen|tiled|tiles|worktop|breakfast table",
    "living_room": r"living room|plank floor|floorboards|wooden floor|skirting(?: board)?",
    "podium": r"podium|plinth|pedestal|seamless|backdrop|studio|stage|tonal|cyclorama|coloured wall|colored wall",
}
STRONG: Mapping[str, str] = {  # words that name the set outright and outweigh any number of the others
    "dark_water": r"dark water|black water",
    "stone": r"travertine|stone block|stone slab",
    "marble": r"marble",
    "sand": r"raked sand|sand|dunes?",
    "silk": r"poured silk|folds of (?:the same )?(?:silk|satin|velvet)|draped (?:silk|satin|velvet|fabric)",
    "plaster_room": r"plaster room|arched doorway",
    "kitchen": r"oak counter|kitchen counter|tiled wall|hand-made tiles",
    "living_room": r"living room|plank floor",
    "podium": r"podium|plinth|pedestal",
}
RIGS: Mapping[str, str] = {
    "overcast": r"overcast|flat (?:and )?(?:cool|grey|gray)|flat cool|desaturated|gr[ea]y day|dull|drab|lifeless|bleak|cold office",
    "neon": r"neon|cyberpunk|night ?club",
    "dusk": r"blue hour|twilight|lamplight|lamp light",
    "noir": r"noir|rim light|low[- ]key|night|midnight|deep shadows|silhouette|moody|dramatic",
    "gobo": r"gobo|palm|sun|sunlit|sunlight|sunny|sunset|golden hour|golden sun|daylight|window light"
    r"|leaf shadows?|branch|blinds|morning|afternoon|hard light",
    "softbox": r"softbox|studio light|soft light|edge light|beauty dish|bright and clean|high[- ]key",
}
SLIDES: Mapping[str, str] = {
    "palm": r"palm|tropical|fronds?",
    "window": r"window",
    "branch": r"branch|branches|twigs?|leaf|leaves|foliage|tree|olive",
    "blinds": r"blinds?|slats?|shutters?|louvres?",
    "open": r"open sky|bare sun|clear sky",
}
WARMTH: tuple[tuple[str, float], ...] = (
    (r"golden hour|sunset|low golden|dusk|last light|late afternoon|warm evening", 0.80),
    (r"morning|sunrise|dawn|fresh", 0.35),
    (r"noon|midday|clean|crisp white|cool", 0.10),
)
HOME_RIG = {
    "dark_water": "noir",
    "stone": "gobo",
    "marble": "gobo",
    "sand": "gobo",
    "silk": "softbox",
    "plaster_room": "gobo",
    "kitchen": "gobo",
    "living_room": "gobo",
    "podium": "softbox",
}
HOME_SLIDE = {
    "stone": "palm",
    "marble": "window",
    "sand": "palm",
    "podium": "window",
    "dark_water": "open",
    "silk": "window",
    "plaster_room": "open",
    "kitchen": "window",
    "living_room": "window",
}
ABSENT = r"empty|set alone|no product|without (?:the|a|any) product|absent|covered|nothing there|vacant"
DARK_STONE = r"black marble|dark marble|nero|black stone|dark stone|slate|basalt"
PEOPLE = r"people|person|man|woman|men|women|crowd|family|child|children|kids?|couple|hands?|face|portrait|chef|runner"

AIR: Mapping[Air, str] = {
    "petals": r"(?<!no )(?<!without )petals?",
    "ice": r"(?<!no )(?<!without )(?:ice cubes?|cubes of ice)",
    "drops": r"(?<!no )(?<!without )(?:droplets?|drops of water|water drops)",
}

GREY_DAY_ON_WATER = 1.7  # black water gives a grey sky little back; a still morning is not night


def read(ask: ImageAsk) -> tuple[SceneSpec, tuple[str, ...]]:
    """The photograph that `ask` describes, and sentences about what is not exactly as asked.

    Raises MediaError or AskRefused when the subject's photo cannot be used.
    """
    words = plain(ask.prompt)
    notes: list[str] = []
    background, accent = _colours(ask)
    dark = _luminance(background) < 0.12
    set_name, rig = _choose(words, dark)
    options = Options(
        slide=_best(SLIDES, words) or HOME_SLIDE[set_name],
        arch=_says(words, r"arch|archway|alcove|niche"),
        black=_says(words, DARK_STONE) or (set_name in ("marble", "stone", "living_room") and dark),
        warm=next((value for pattern, value in WARMTH if _says(words, pattern)), 0.5),
        large=ask.subject is not None and ask.subject.photo is None and ARCHETYPES[archetype_for(ask.subject.kind)].large,
    )
    look, photo_path, digest = _subject(ask.subject, words, notes)
    if _says(words, PEOPLE):
        notes.append("The product studio shows products and sets, not people; the scene is told without them.")
    if rig == "overcast":  # a grey day has no brand colours, and no black rooms
        background = _greyed(background)
    spec = SceneSpec(
        look=look,
        set=set_name,
        rig=rig,
        background=background,
        accent=accent,
        framing=_steadied(ask.framing, bool(photo_path)),
        options=options,
        mood="flat_cool" if rig == "overcast" else "neutral",
        exposure=_exposure(words) * (GREY_DAY_ON_WATER if (rig, set_name) == ("overcast", "dark_water") else 1.0),
        seed=ask.seed,
        width=ask.width,
        height=ask.height,
        quality=ask.quality,
        spp=4 if ask.quality == "final" else 6,
        photo=photo_path,
        photo_digest=digest,
    )
    return reading(spec, ask.variant, dark), tuple(notes)


def air(words: str) -> Air:
    """What drifts through a moving shot that is described so; "" for nothing."""
    return next((name for name, pattern in AIR.items() if _says(plain(words), pattern)), "")


def plain(text: str) -> str:
    """Lower case, single spaces, no punctuation but hyphens."""
    return " ".join(re.sub(r"[^a-z0-9\- ]+", " ", text.lower()).split())


def _choose(words: str, dark: bool) -> tuple[str, str]:
    rig = _best(RIGS, words)
    set_name = _best(STRONG, words) or _best(SETS, words)
    if set_name is None:
        set_name = {"noir": "dark_water", "gobo": "stone", "softbox": "podium", "overcast": "podium"}.get(
            rig or "", "dark_water" if dark else "podium"
        )
    if rig is None:
        rig = "noir" if dark and set_name in ("podium", "dark_water") else HOME_RIG[set_name]
    if rig == "overcast" and set_name == "dark_water" and not _says(words, STRONG["dark_water"]):
        set_name = "podium"
    return set_name, rig


def _subject(subject: Subject | None, words: str, notes: list[str]) -> tuple[Look | None, str, str]:
    """(look, photo path, photo digest); all empty for the set alone."""
    if subject is None or subject.kind.strip().lower() in ("", "none") or _says(words, ABSENT):
        return None, "", ""
    if subject.photo is not None:
        return None, str(Path(subject.photo).resolve()), photo.check(subject.photo)
    look = look_for(subject.kind, subject.label, subject.sublabel, subject.colors, subject.description)
    if look.archetype == FALLBACK and not any(_says(plain(subject.kind), re.escape(word) + "s?") for word in ARCHETYPES[FALLBACK].words):
        notes.append(f"The product studio has no {subject.kind.strip()} yet; it shows a branded box.")
    return look, "", ""


def _colours(ask: ImageAsk) -> tuple[str, str]:
    subject = ask.subject.colors if ask.subject else ()
    background = ask.palette[0] if ask.palette else "#C9CCD2"
    accent = ask.palette[1] if len(ask.palette) > 1 else subject[-1] if subject else "#C8A15A"
    return background.upper(), accent.upper()


def _steadied(framing: Framing, is_photo: bool) -> Framing:
    """A photograph of a product is flat: it is seen from the front, or it would show."""
    if not is_photo:
        return framing
    size = "close" if framing.size == "macro" else framing.size
    azimuth = max(-8.0, min(8.0, framing.azimuth_deg))
    return replace(framing, size=size, azimuth_deg=azimuth, elevation_deg=max(-2.0, min(9.0, framing.elevation_deg)))


def _exposure(words: str) -> float:
    if _says(words, r"bright|airy|high[- ]key|luminous"):
        return 1.15
    return 0.85 if _says(words, r"dim|underexposed|gloomy|barely lit") else 1.0


def _best(table: Mapping[str, str], words: str) -> str | None:
    """The row with most matches; the earlier row of equals; None without any."""
    counts = {name: len(re.findall(rf"\b(?:{pattern})\b", words)) for name, pattern in table.items()}
    name = max(counts, key=lambda key: counts[key])
    return name if counts[name] else None


def _says(words: str, pattern: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", words) is not None


def _greyed(colour: str) -> str:
    """Three parts of a cool grey to one of the colour."""
    mixed = (round(0.28 * int(colour[i : i + 2], 16) + 0.72 * grey) for i, grey in ((1, 150), (3, 156), (5, 163)))
    return "#" + "".join(f"{value:02X}" for value in mixed)


def _luminance(colour: str) -> float:
    r, g, b = srgb_to_linear(colour)
    return float(0.2126 * r + 0.7152 * g + 0.0722 * b)
