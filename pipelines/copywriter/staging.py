"""The words for sets and lights, in words that both an image model and a photographer's studio understand; an ad stays on one place
and one light, so it looks shot on one day by one crew. `said` is how people ask for them in a prompt.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """A set. words: what the photographer is told. said: a pattern of how people ask for it. home: the light it has by itself.
    dark: it needs a dark ground colour."""

    words: str
    said: str
    home: str
    dark: bool = False


@dataclass(frozen=True)
class Light:
    """light: how the product is lit; near: the same seen from close by; end: for the closing picture. said: as in `Place`.
    home: a place that has it by itself."""

    light: str
    near: str
    end: str
    said: str
    home: str


@dataclass(frozen=True)
class Staging:
    """A place in a light; see `Place` and `Light`."""

    place: str
    light: str
    near: str
    end: str


PLACES: Mapping[str, Place] = {
    "dark water": Place(
        "in still dark water, low horizon, a mirror reflection below",
        r"(?:dark|black|still,? dark) water(?! bottles?)|mirror of water",
        "water rim",
        dark=True,
    ),
    "dark podium": Place(
        "on a low glossy podium in a dark seamless room",
        r"(?:dark|black|glossy) (?:podium|plinth|pedestal)|(?:podium|plinth|pedestal) in a (?:dark|black) room|(?:dark|black) room",
        "rim",
        dark=True,
    ),
    "mossy stone": Place(
        "on a weathered travertine stone slab with moss in its pores",
        r"moss(?:y|-covered|-grown) (?:stone|rock|slab)s?|(?:stone|rock|slab) with (?:a little )?moss|weathered (?:stone|rock|slab)",
        "branch",
    ),
    "travertine": Place(
        "on a rough travertine stone block against a warm plaster wall",
        r"travertine|limestone|(?:stone|rock) (?:block|slab|ledge|plinth)s?|(?<=on )(?:stone|rock)(?= *[,.;]| in | with |$)",
        "palm",
    ),
    "black marble": Place("on a slab of polished black marble, dark wall behind", r"(?:black|dark) marble", "window", dark=True),
    "marble": Place(
        "on a honed marble slab, pale wall behind",
        r"marble (?:slab|block|plinth|table|shelf|surface)s?|slab of (?:\w+ )?marble|(?<=on )marble(?= *[,.;]| in | with |$)",
        "window",
    ),
    "sand": Place(
        "on raked sand with a low dune behind",
        r"raked sand|(?:desert|fine|warm|golden) sand|sand dunes?|(?<=on )sand(?= *[,.;]| in | with |$)|(?:on|at) the beach|in the desert",
        "golden",
    ),
    "silk": Place(
        "on poured silk, folds of the same silk hanging behind",
        r"on (?:poured |draped )?(?:silk|satin|velvet)(?= *[,.;]| in | with |$)|(?:folds|drapes?) of (?:silk|satin|velvet|fabric|cloth)"
        r"|(?:poured|draped) (?:silk|satin|velvet|fabric)",
        "softbox",
    ),
    "plaster room": Place(
        "in a quiet plaster room before an arched doorway, on a low bench",
        r"(?:plaster|stucco|clay) (?:room|house)|arched doorway|mediterranean (?:room|house|villa)|in a courtyard",
        "golden sky",
    ),
    "kitchen": Place(
        "on an oiled oak counter, a wall of hand-made tiles behind",
        r"in (?:a|the|my|our) (?:\w+ )?kitchen|kitchen (?:counter|worktop|table)|oak counter|tiled wall",
        "window",
    ),
    "living room": Place(
        "in a calm room with an oak plank floor, a plain painted wall and its skirting board behind",
        r"in (?:a|the|my|our|your) (?:\w+ )?(?:(?:living|dining|sitting) room|bedroom|apartment)|(?:oak|wooden|plank) floor|floorboards",
        "window",
    ),
    "arch": Place(
        "on a round podium inside a smooth tonal arch, seamless backdrop",
        r"(?:under|inside|before|in front of|in) an? (?:\w+ )?(?:arch|alcove|niche)|tonal arch",
        "softbox",
    ),
    "wall podium": Place(
        "on a round podium in front of a plain coloured wall", r"(?:plain )?colou?red wall|wall of (?:plain )?colou?r", "graphic"
    ),
    "podium": Place(
        "on a round podium in front of a seamless tonal backdrop",
        r"podium|plinth|pedestal|seamless (?:backdrop|background|paper)|plain backdrop",
        "softbox",
    ),
}

LIGHTS: Mapping[str, Light] = {
    "water rim": Light(
        "noir rim light from behind and one slow key light from the left, deep shadows",
        "noir rim light tracing the edges, everything else falling into shadow",
        "noir rim light, a soft glow rising behind, calm dark space",
        r"(?!)",
        "dark water",
    ),
    "rim": Light(
        "noir rim light on both sides, a soft pool of light on the ground",
        "noir rim light grazing the surface",
        "noir rim light and a wide soft glow on the backdrop, calm dark space",
        r"rim[\s-]?li(?:ght|t)\w*|noir(?: light\w*)?|dark and moody|moody and dark"
        r"|low[\s-]key light\w*|lit (?:only )?from behind|back[\s-]?lit|(?:moody|dramatic) light\w*"
        r"|at (?:night|midnight)|in silhouette",
        "dark podium",
    ),
    "blinds": Light(
        "afternoon sun through half-open blinds, crisp parallel shadows",
        "sun through blinds raking over the surface, thin parallel shadows",
        "thin shadows of blinds on the wall, afternoon sun, calm space",
        r"through (?:the |half-open |wooden )*(?:blinds|shutters|slats)|shadows? of (?:the )?(?:blinds|shutters|slats)",
        "wall podium",
    ),
    "palm": Light(
        "late afternoon sun through a palm shadow gobo, warm and crisp",
        "palm shadow gobo, sun raking over the texture",
        "palm shadow gobo, soft edges, calm bare wall",
        r"palm (?:shadow|leaf|leave|frond)s?|shadows? of palms?(?: leaves| trees?)?|late[\s-]afternoon (?:sun|light)",
        "travertine",
    ),
    "branch": Light(
        "soft morning sun, branch shadow moving on the wall behind",
        "branch shadow, fresh morning light from the side",
        "branch shadow at the edge of the frame, clear morning light, calm bare wall",
        r"branch(?:es)? (?:shadow|throwing|moving)\w*|shadows? of (?:a |the )?(?:branch(?:es)?|leaves|trees?)|leaf shadows?"
        r"|dappled (?:sun|light|sunlight)",
        "mossy stone",
    ),
    "graphic": Light(
        "hard window light gobo cutting across the wall, graphic shadow",
        "window light gobo, hard graphic highlight",
        "window light gobo on the wall, graphic shadow, calm space",
        r"hard (?:window |sun)?light|light cutting across|hard(?:-edged)? shadows?|graphic shadows?",
        "wall podium",
    ),
    "window": Light(
        "morning window light gobo, clean and gentle",
        "window light gobo, a bright soft highlight along the edge",
        "window light gobo fading on the wall, calm pale space",
        r"window light|light (?:from|through|of) (?:a|the|one) (?:\w+ )?window|morning (?:sun)?light|morning sun|natural light|daylight",
        "marble",
    ),
    "golden": Light(
        "low golden sun, long soft shadow, palm shadow gobo at the edge",
        "low golden sun grazing the surface",
        "low golden sun, a clear gradient sky, calm open space",
        r"golden[\s-]hour(?: sun| light)?|(?:at|in the) (?:sunset|dusk)|sunset light|evening light|last light"
        r"|(?:low|last|evening|golden) (?:golden )?(?:sun|sunlight)",
        "sand",
    ),
    "golden sky": Light(
        "low golden sun under an open sky, one long soft shadow",
        "low golden sun under an open sky, grazing the surface",
        "low golden sun under an open sky, calm open space",
        r"(?!)",
        "travertine",
    ),
    "neon": Light(
        "neon tubes in two colours to either side, the rest in the dark",
        "neon light in two colours grazing the surface",
        "neon light in two colours, a glow on the backdrop, calm dark space",
        r"neon(?: li(?:ght|t)\w*| tubes?| glow| signs?)?|cyberpunk",
        "dark podium",
    ),
    "dusk": Light(
        "blue hour, cold sky light from one side and one warm lamp on the other",
        "blue hour, warm lamp light grazing the surface",
        "blue hour, warm lamp light, calm space",
        r"blue hour|twilight|lamp[\s-]?light",
        "plaster room",
    ),
    "softbox": Light(
        "large softbox from above left, crisp edge light from behind, clear contrast",
        "softbox highlight running along the form, crisp edge light",
        "softbox light, smooth gradient backdrop, calm space",
        r"soft[\s-]?box(?:es)?|studio light\w*|beauty light|even light|high[\s-]key light\w*",
        "podium",
    ),
}

STAGED: Mapping[str, tuple[str, str]] = {  # the stagings that looks are paired with, as (place, light)
    "dark water": ("dark water", "water rim"),
    "noir podium": ("dark podium", "rim"),
    "travertine": ("travertine", "palm"),
    "branch stone": ("mossy stone", "branch"),
    "marble": ("marble", "window"),
    "sand": ("sand", "golden"),
    "podium": ("podium", "softbox"),
    "window podium": ("wall podium", "graphic"),
    "silk": ("silk", "softbox"),
    "plaster room": ("plaster room", "golden sky"),
    "kitchen": ("kitchen", "window"),
    "living room": ("living room", "window"),
    "evening room": ("living room", "dusk"),
    "neon podium": ("dark podium", "neon"),
}


def staged(place: str, light: str) -> Staging:
    """A row of PLACES in a row of LIGHTS. On dark water a rim light is the water's own; palms and grains belong to sand."""
    own = {("dark water", "rim"): "water rim", ("sand", "golden"): "golden"}
    lit = LIGHTS[own.get((place, light), "golden sky" if light == "golden" else light)]
    near = f"{lit.near}, grains of sand in the foreground" if place == "sand" else lit.near
    return Staging(PLACES[place].words, lit.light, near, lit.end)


STAGINGS: Mapping[str, Staging] = {name: staged(*pair) for name, pair in STAGED.items()}

SHADOW_LIGHT = "flat cool overcast light, desaturated, empty set, quiet and beautiful, nothing happens yet"
SHADOW_BLUR = "flat cool overcast light, desaturated, far out of focus, only a soft shape"

SEASON_PROPS: Mapping[str, str] = {
    "Christmas": "one sprig of fir at the edge of the frame and a few warm lights far out of focus",
    "New Year": "a few small golden lights far out of focus",
    "Valentine’s Day": "a few rose petals at the edge of the frame",
    "Mother’s Day": "a single soft flower at the edge of the frame",
    "Easter": "a sprig of spring blossom at the edge of the frame",
    "Halloween": "a thin veil of fog low over the ground",
    "summer": "bright summer light",
    "winter": "cool clear winter light, a trace of frost",
    "spring": "a sprig of blossom at the edge of the frame",
    "autumn": "a few dry leaves at the edge of the frame, low amber light",
}
