"""The open typefaces that ship with the product (SIL Open Font License, texts beside the files), by style.

One table for everybody who sets type: labels on products and captions on pictures. It knows files and weights,
nothing of layout. Adding a style is adding a row; brands' own fonts are in own.py.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from models.typefaces.own import base_of, hashes_of, own_file

FILES = Path(__file__).parent / "files"
Role = Literal["display", "text", "accent"]


@dataclass(frozen=True)
class Typeface:
    """One style. display: headlines and brand names; text: everything small; accent: the odd italic or label line.

    tracking: letter-spacing that suits capitals in display size, in ems. caps: whether the style likes capitals.
    """

    display: str
    text: str
    accent: str
    tracking: float = 0.0
    caps: bool = False


TYPEFACES: dict[str, Typeface] = {
    "luxury_serif": Typeface("cormorant-garamond-600.ttf", "jost-400.ttf", "cormorant-garamond-500-italic.ttf", tracking=0.02),
    "engraved_caps": Typeface("cinzel-500.ttf", "jost-400.ttf", "cormorant-garamond-500-italic.ttf", tracking=0.14, caps=True),
    "modern_grotesk": Typeface("manrope-700.ttf", "manrope-500.ttf", "manrope-800.ttf", tracking=-0.02),
    "geometric_sans": Typeface("jost-500.ttf", "jost-400.ttf", "jost-500.ttf", tracking=0.0),
    "friendly_rounded": Typeface("fredoka-600.ttf", "fredoka-400.ttf", "fredoka-600.ttf"),
    "technical_mono": Typeface("jetbrains-mono-600.ttf", "jetbrains-mono-400.ttf", "jetbrains-mono-400.ttf", tracking=-0.01),
    "bold_display": Typeface("anton-400.ttf", "manrope-700.ttf", "anton-400.ttf", tracking=0.01, caps=True),
}


def font_file(style: str, role: Role = "display") -> Path:
    """The font file of `style` in `role`; a brand's own, where the style names one for that role. Raises KeyError for an unknown style
    and for an own font that is not here."""
    style, own = base_of(style), hashes_of(style)
    if own and (role != "text" or len(own) > 1):
        return own_file(own[1] if role == "text" else own[0])
    return FILES / str(getattr(TYPEFACES[style], role))
