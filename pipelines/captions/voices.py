"""How each style of type speaks in each role. A table: adding a style is adding a row here and in models.typefaces."""

from dataclasses import dataclass, replace
from typing import Literal

from models.typefaces import Role
from pipelines.edl import TitleRole

ButtonKind = Literal["hairline", "pill", "soft", "block"]


@dataclass(frozen=True)
class Voice:
    """face: a role of the typeface. size: em as a fraction of the picture's short side. tracking: ems between letters.
    leading: baseline to baseline, ems. caps: set in capitals."""

    face: Role
    size: float
    tracking: float = 0.0
    leading: float = 1.2
    caps: bool = False
    max_lines: int = 1


@dataclass(frozen=True)
class Manner:
    """A style: its voices, the shape of its buttons and badges, and whether a hairline stands under the brand."""

    voices: dict[TitleRole, Voice]
    button: ButtonKind
    badge: ButtonKind
    ruled: bool = False


_LEGAL = Voice("text", 0.022, 0.01, 1.36, max_lines=3)


def _voices(headline: Voice, body: Voice, brand: Voice, cta: Voice, badge: Voice) -> dict[TitleRole, Voice]:
    return {
        "headline": replace(headline, max_lines=3),
        "body": replace(body, max_lines=3),
        "brand": brand,
        "mark": replace(brand, size=max(0.034, 0.5 * brand.size)),
        "cta": cta,
        "badge": badge,
        "legal": _LEGAL,
        "logo": brand,
        "rating": replace(body, face="text", size=0.041, tracking=0.01, caps=False, max_lines=1),
        "callout": replace(body, size=1.06 * body.size, leading=1.16, max_lines=2),
    }


MANNERS: dict[str, Manner] = {
    "luxury_serif": Manner(
        _voices(
            headline=Voice("display", 0.116, -0.005, 1.0),
            body=Voice("accent", 0.064, 0.005, 1.18),
            brand=Voice("display", 0.076, 0.24, 1.25, caps=True),
            cta=Voice("text", 0.035, 0.20, caps=True),
            badge=Voice("text", 0.032, 0.20, caps=True),
        ),
        button="hairline",
        badge="hairline",
        ruled=True,
    ),
    "engraved_caps": Manner(
        _voices(
            headline=Voice("display", 0.080, 0.10, 1.34, caps=True),
            body=Voice("accent", 0.064, 0.005, 1.18),
            brand=Voice("display", 0.074, 0.28, 1.3, caps=True),
            cta=Voice("text", 0.035, 0.20, caps=True),
            badge=Voice("text", 0.032, 0.20, caps=True),
        ),
        button="hairline",
        badge="hairline",
        ruled=True,
    ),
    "modern_grotesk": Manner(
        _voices(
            headline=Voice("display", 0.094, -0.03, 1.07),
            body=Voice("text", 0.045, -0.005, 1.36),
            brand=Voice("accent", 0.066, -0.03, 1.1),
            cta=Voice("display", 0.042, -0.005),
            badge=Voice("display", 0.036, 0.01),
        ),
        button="pill",
        badge="pill",
    ),
    "geometric_sans": Manner(
        _voices(
            headline=Voice("display", 0.096, -0.012, 1.08),
            body=Voice("text", 0.047, 0.0, 1.34),
            brand=Voice("display", 0.058, 0.18, 1.2, caps=True),
            cta=Voice("display", 0.036, 0.12, caps=True),
            badge=Voice("display", 0.033, 0.12, caps=True),
        ),
        button="pill",
        badge="soft",
    ),
    "friendly_rounded": Manner(
        _voices(
            headline=Voice("display", 0.092, -0.005, 1.06),
            body=Voice("text", 0.045, 0.0, 1.3),
            brand=Voice("display", 0.076, 0.0, 1.1),
            cta=Voice("display", 0.040, 0.005),
            badge=Voice("display", 0.036, 0.005),
        ),
        button="pill",
        badge="pill",
    ),
    "technical_mono": Manner(
        _voices(
            headline=Voice("display", 0.074, -0.03, 1.2),
            body=Voice("text", 0.039, -0.01, 1.45),
            brand=Voice("display", 0.056, 0.10, 1.2, caps=True),
            cta=Voice("display", 0.037, -0.01),
            badge=Voice("display", 0.034, 0.0),
        ),
        button="soft",
        badge="soft",
    ),
    "bold_display": Manner(
        _voices(
            headline=Voice("display", 0.128, 0.004, 1.12, caps=True),
            body=Voice("text", 0.042, -0.005, 1.34),
            brand=Voice("display", 0.088, 0.02, 1.15, caps=True),
            cta=Voice("text", 0.040, 0.05, caps=True),
            badge=Voice("display", 0.044, 0.03, caps=True),
        ),
        button="block",
        badge="block",
    ),
}
