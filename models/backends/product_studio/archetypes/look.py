"""From words and brand colours to a `Look`: which metal, which body and accent, which typeface. Deterministic.

Words win over colours, colours over the archetype's own taste. Builds nothing.
"""

import re
from collections.abc import Sequence

from models.backends.product_studio.archetypes import ARCHETYPES, archetype_for
from models.backends.product_studio.archetypes.phone_apps import APP_WORDS
from models.backends.product_studio.archetypes.product import Archetype, Look
from models.backends.product_studio.archetypes.trade_signs import EMBLEM_WORDS
from models.backends.product_studio.colours import contrast_ratio, is_golden, luminance, saturation

__all__ = ["Look", "look_for"]

METAL_WORDS: tuple[tuple[str, str], ...] = (
    ("rose gold|pink gold", "rose_gold"),
    ("white gold", "silver"),
    ("champagne", "champagne"),
    ("gunmetal|graphite|anthracite", "gunmetal"),
    ("brass|bronze|copper", "brass"),
    ("gold|golden|gilded", "gold"),
    ("black steel|black metal|matte black|matt black|all black|pvd|stealth", "black"),
    ("silver|sterling", "silver"),
    ("steel|titanium|chrome|platinum", "steel"),
)
BODY_WORDS: tuple[tuple[str, str], ...] = (
    ("matte black|matt black|all black|black|onyx", "#17181B"),
    ("ivory|cream|off white|off-white", "#F1E8DA"),
    ("white|porcelain", "#F4F2EE"),
    ("navy|midnight blue", "#14233F"),
    ("emerald|forest green|dark green", "#0F4A3C"),
    ("sage|olive", "#8E9B7E"),
    ("teal|turquoise", "#1F7F83"),
    ("green", "#3E7D5A"),
    ("sky blue|light blue", "#9CC4E4"),
    ("blue|sapphire", "#1F4E8C"),
    ("burgundy|bordeaux|maroon", "#5E1526"),
    ("red|crimson", "#B3262E"),
    ("terracotta|rust", "#B8613F"),
    ("orange|tangerine", "#E8792B"),
    ("yellow|lemon", "#F0C43A"),
    ("blush|pink", "#E7B7B2"),
    ("purple|violet|lilac|lavender", "#7C68B8"),
    ("beige|sand|nude|taupe", "#D5C2A8"),
    ("brown|chocolate|espresso", "#4A3226"),
    ("grey|gray|slate", "#6C7178"),
)
TYPEFACE_WORDS: tuple[tuple[str, str], ...] = (
    ("energetic|bold|sport|sports|fitness|gym|street|loud|gaming", "bold_display"),
    ("minimalist|minimal|clean|modern|scandinavian|simple|eco-friendly|eco|sustainable|natural", "geometric_sans"),
    ("playful|kids|children|fun|cute|family|pet|cheerful", "friendly_rounded"),
    ("tech|software|app|startup|digital|futuristic|smart", "modern_grotesk"),
    ("heritage|classic|engraved|royal|timeless", "engraved_caps"),
    ("luxury|luxurious|elegant|premium|exclusive|refined", "luxury_serif"),
)
OPTIONS: tuple[tuple[str, str, str], ...] = (
    ("leather", "strap", "leather"),
    ("frosted|matte glass|etched", "glass", "frosted"),
    ("amber|apothecary", "glass", "amber"),
    ("lacquer|lacquered|glossy|ceramic|painted", "finish", "lacquer"),
)
KEEPS_TYPEFACE = {"engraved_caps": {"luxury_serif"}}  # both say luxury: the archetype's own choice stands


def look_for(
    kind_words: str,
    label: str = "",
    sublabel: str = "",
    colors: Sequence[str] = (),
    description: str = "",
    archetype: str | None = None,
) -> Look:
    """The look of a product called `kind_words` ("rose gold wrist watch") whose brand has `colors`, main one first.

    archetype: a key of ARCHETYPES when already known; otherwise the one that `kind_words` name, or the box.
    """
    name = archetype or archetype_for(kind_words)
    shape = ARCHETYPES[name]
    words = _plain(f"{kind_words} {description}")
    palette = [c.upper() for c in colors]
    metal = _first(METAL_WORDS, words)
    if metal is None:
        golden = next((c for c in palette if is_golden(c)), None)
        if golden is not None and len(palette) > 1:
            metal = "gold"
            palette.remove(golden)  # it is the metal now; the rest colours the body
    body, accent = _body_and_accent(shape, palette, words)
    typeface = _first(TYPEFACE_WORDS, words)
    if typeface is None or typeface in KEEPS_TYPEFACE.get(shape.typeface, ()):
        typeface = shape.typeface
    extra = [(option, value) for pattern, option, value in (*OPTIONS, *shape.options) if _says(words, pattern)]
    app = _first(APP_WORDS, f"{words} {_plain(sublabel)}") if name == "phone" else None
    if app is not None:
        extra.append(("app", app))
    sign = _first(EMBLEM_WORDS, _plain(kind_words)) if name == "lettering" else None
    if sign is not None:
        extra.append(("emblem", sign))
    return Look(
        archetype=name,
        label=label.strip(),
        sublabel=sublabel.strip() or (shape.default_sublabel if label.strip() else ""),
        accent=accent,
        body=body,
        metal=metal or shape.metal,
        typeface=typeface,
        spin_deg=shape.spin_deg,
        extra=tuple(dict(extra).items()),
    )


def _body_and_accent(shape: Archetype, palette: list[str], words: str) -> tuple[str, str]:
    body = palette[0] if palette else _first(BODY_WORDS, words) or shape.body
    rest = [c for c in palette[1:] if contrast_ratio(c, body) > 1.25] or (
        [shape.accent] if contrast_ratio(shape.accent, body) > 1.25 else []
    )
    accent = max(rest, key=saturation, default="#F4F2EE" if luminance(body) < 0.2 else "#1B1B1E")
    return body, accent


def _plain(text: str) -> str:
    return " ".join(re.sub(r"[^a-z0-9\- ]+", " ", text.lower()).split())


def _says(words: str, pattern: str) -> bool:
    return re.search(rf"\b(?:{pattern})\b", words) is not None


def _first(table: Sequence[tuple[str, str]], words: str) -> str | None:
    return next((value for pattern, value in table if _says(words, pattern)), None)
