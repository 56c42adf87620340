"""The words for sets and lights, one row per set. Each row names one set and one light, in words that both an image model
and a photographer's studio understand; an ad stays on one row, so it looks shot on one day by one crew.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Staging:
    """place: the set; light: how the product is lit; near: the same light seen from close by; end: for the closing picture."""

    place: str
    light: str
    near: str
    end: str


STAGINGS: dict[str, Staging] = {
    "dark water": Staging(
        "in still dark water, low horizon, a mirror reflection below",
        "noir rim light from behind and one slow key light from the left, deep shadows",
        "noir rim light tracing the edges, everything else falling into shadow",
        "noir rim light, a soft glow rising behind, calm dark space",
    ),
    "noir podium": Staging(
        "on a low glossy podium in a dark seamless room",
        "noir rim light on both sides, a soft pool of light on the ground",
        "noir rim light grazing the surface",
        "noir rim light and a wide soft glow on the backdrop, calm dark space",
    ),
    "travertine": Staging(
        "on a rough travertine stone block against a warm plaster wall",
        "late afternoon sun through a palm shadow gobo, warm and crisp",
        "palm shadow gobo, sun raking over the texture",
        "palm shadow gobo, soft edges, calm bare wall",
    ),
    "branch stone": Staging(
        "on a weathered travertine stone slab with moss in its pores",
        "soft morning sun, branch shadow moving on the wall behind",
        "branch shadow, fresh morning light from the side",
        "branch shadow at the edge of the frame, clear morning light, calm bare wall",
    ),
    "marble": Staging(
        "on a honed marble slab, pale wall behind",
        "morning window light gobo, clean and gentle",
        "window light gobo, a bright soft highlight along the edge",
        "window light gobo fading on the wall, calm pale space",
    ),
    "sand": Staging(
        "on raked sand with a low dune behind",
        "low golden sun, long soft shadow, palm shadow gobo at the edge",
        "low golden sun grazing the surface, grains of sand in the foreground",
        "low golden sun, a clear gradient sky, calm open space",
    ),
    "podium": Staging(
        "on a round podium in front of a seamless tonal backdrop",
        "large softbox from above left, crisp edge light from behind, clear contrast",
        "softbox highlight running along the form, crisp edge light",
        "softbox light, smooth gradient backdrop, calm space",
    ),
    "window podium": Staging(
        "on a round podium in front of a plain coloured wall",
        "hard window light gobo cutting across the wall, graphic shadow",
        "window light gobo, hard graphic highlight",
        "window light gobo on the wall, graphic shadow, calm space",
    ),
}

SHADOW_LIGHT = "flat cool overcast light, desaturated, empty set, quiet and beautiful, nothing happens yet"
SHADOW_BLUR = "flat cool overcast light, desaturated, far out of focus, only a soft shape"

SEASON_PROPS: dict[str, str] = {
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
