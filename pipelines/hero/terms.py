"""The words of a camera department: what is chosen for a hero frame, what it does to the picture, and why one would choose it.

Tables only. `words` go into the prompt; `said` finds out whether a prompt speaks of the matter already. What a lens and a composition
do is also said in numbers, for models that take a framing exactly.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

Matter = Literal["camera", "lens", "light", "composition", "film_stock", "mood"]


@dataclass(frozen=True)
class Term:
    """One choice. title: for people. words: for the model. why: one sentence, what it does for the picture. framing: fields of
    models.asks.Framing that it decides."""

    title: str
    words: str
    why: str
    framing: Mapping[str, Any] = field(default_factory=dict)


CAMERAS: Mapping[str, Term] = {
    "medium_format": Term(
        "Medium format", "shot on a medium-format digital camera", "A large sensor keeps fine texture and falls off softly behind it."
    ),
    "cinema": Term(
        "Cinema camera", "shot on a large-format cinema camera", "Wide latitude holds detail in the highlights and in the dark."
    ),
    "full_frame": Term("Full frame", "shot on a full-frame camera on a tripod", "A tripod lets the frame be exact and the exposure clean."),
    "view_camera": Term("View camera", "shot on a 4x5 view camera", "Shifts keep every upright line upright."),
}

LENSES: Mapping[str, Term] = {
    "28": Term("28 mm wide", "28 mm lens", "A wide lens makes the product large and its world deep.", {"lens_mm": 28.0}),
    "50": Term("50 mm standard", "50 mm lens", "A standard lens shows proportions as the eye knows them.", {"lens_mm": 50.0}),
    "85": Term("85 mm portrait", "85 mm lens at f/4", "A short telephoto is flattering and keeps the background quiet.", {"lens_mm": 85.0}),
    "100": Term(
        "100 mm macro",
        "100 mm macro lens at f/8",
        "A macro lens finds the detail that proves the quality.",
        {"lens_mm": 100.0},
    ),
    "135": Term(
        "135 mm telephoto", "135 mm lens at f/4", "A telephoto draws the layers together and isolates the product.", {"lens_mm": 135.0}
    ),
}

LIGHTS: Mapping[str, Term] = {
    "softbox": Term(
        "Large softbox", "one large softbox from the left, soft edge light on the right", "Soft light from one side shapes the form."
    ),
    "rim": Term(
        "Rim light",
        "rim light from behind on both sides, deep shadows",
        "Light from behind draws the outline and leaves the rest to mystery.",
    ),
    "window": Term("Window light", "morning window light from the left, gentle shadows", "A window is the light people trust."),
    "golden": Term(
        "Golden hour",
        "low golden sun from behind on the right, long soft shadow",
        "Low sun gives warmth and long shadows that lead the eye.",
    ),
    "hard": Term(
        "Hard light", "hard light cutting across the wall, graphic shadow", "A hard shadow makes a picture that reads at a glance."
    ),
    "dappled": Term(
        "Dappled light",
        "branch shadow, dappled morning sun from the side",
        "Shadows of leaves put the product outdoors without showing it.",
    ),
    "palm": Term("Palm shadow", "palm shadow gobo, late afternoon sun from the right", "A palm's shadow says summer and nothing else."),
    "blinds": Term(
        "Blinds", "afternoon sun through half-open blinds, crisp parallel shadows", "Parallel shadows give rhythm and a touch of film noir."
    ),
}

COMPOSITIONS: Mapping[str, Term] = {
    "centred": Term(
        "Centred",
        "centred and symmetrical, eye level",
        "Symmetry is calm and certain.",
        {"size": "medium", "azimuth_deg": 0.0, "elevation_deg": 6.0},
    ),
    "thirds_left": Term(
        "Left third",
        "product on the left third, calm space on the right",
        "The empty side leaves room for words.",
        {"room": "right", "size": "medium"},
    ),
    "thirds_right": Term(
        "Right third",
        "product on the right third, calm space on the left",
        "The empty side leaves room for words.",
        {"room": "left", "size": "medium"},
    ),
    "three_quarter": Term(
        "Three-quarter",
        "three-quarter view, shallow depth of field",
        "Three sides at once show the form.",
        {"size": "close", "azimuth_deg": 32.0, "elevation_deg": 14.0},
    ),
    "low": Term(
        "Low hero angle",
        "low hero angle, a low horizon",
        "From below the product stands tall.",
        {"size": "full", "azimuth_deg": -14.0, "elevation_deg": -1.0},
    ),
    "above": Term(
        "From above",
        "looking down from above, graphic arrangement",
        "From above the picture becomes a pattern.",
        {"size": "medium", "elevation_deg": 42.0},
    ),
    "negative_space": Term(
        "Negative space",
        "wide shot, small in a large calm space, rule of thirds",
        "Much air around it says the product needs no help.",
        {"size": "wide", "azimuth_deg": -8.0, "elevation_deg": 5.0},
    ),
    "detail": Term(
        "Detail",
        "extreme close-up of the detail, very shallow depth of field",
        "So close, material speaks for itself.",
        {"size": "macro", "azimuth_deg": 18.0, "elevation_deg": 22.0},
    ),
}

FILM_STOCKS: Mapping[str, Term] = {
    "portra": Term("Portra 400", "color of Kodak Portra 400, soft contrast, fine grain", "A portrait film keeps warm tones gentle."),
    "ektar": Term("Ektar 100", "color of Kodak Ektar 100, saturated and clean", "A saturated film makes colours sing without grain."),
    "velvia": Term("Velvia 50", "color of Fuji Velvia 50, deep contrast", "A slide film gives depth and strong greens and reds."),
    "cinestill": Term(
        "CineStill 800T", "color of CineStill 800T, tungsten balance, soft halation", "A night film glows around the lights."
    ),
    "vision3": Term(
        "Vision3 500T", "color science of Kodak Vision3 500T, wide latitude", "A motion-picture negative holds shadow and highlight."
    ),
    "tri_x": Term("Tri-X 400", "black and white, Kodak Tri-X 400 grain", "Without colour only light and form remain."),
    "neutral": Term("Neutral digital", "neutral color science, true brand colors", "Neutral colour keeps the brand's own colours exact."),
}

MOODS: Mapping[str, Term] = {
    "luxury": Term("Quiet luxury", "quiet luxury, restrained and precise", "Restraint is what expensive things have in common."),
    "fresh": Term("Fresh", "fresh, clean and bright", "Brightness reads as clean."),
    "warm": Term("Warm", "warm and intimate, unhurried", "Warmth brings the product home."),
    "dramatic": Term("Dramatic", "dramatic and cinematic, low key", "Contrast makes a moment of it."),
    "playful": Term("Playful", "playful, bold color and crisp shadow", "Play catches a thumb that scrolls."),
    "calm": Term("Calm", "calm and still, generous empty space", "Stillness stands out between loud pictures."),
    "technical": Term("Technical", "cool, exact and technical", "Exactness promises performance."),
    "nostalgic": Term("Nostalgic", "nostalgic, softly faded", "A little fading tells of years of use."),
}

TERMS: Mapping[Matter, Mapping[str, Term]] = {
    "camera": CAMERAS,
    "lens": LENSES,
    "light": LIGHTS,
    "composition": COMPOSITIONS,
    "film_stock": FILM_STOCKS,
    "mood": MOODS,
}

TITLES: Mapping[Matter, str] = {
    "camera": "Camera",
    "lens": "Lens",
    "light": "Light",
    "composition": "Composition",
    "film_stock": "Film stock",
    "mood": "Mood",
}

SAID: Mapping[Matter, str] = {
    "camera": r"medium[\s-]format|full[\s-]frame|cinema camera|view camera|hasselblad|\bleica\b|\barri\b|alexa|phase one|\bdslr\b|polaroid",
    "lens": r"\b\d{2,3}\s?mm\b|\bf/?\d|telephoto|wide[\s-]angle|macro lens|anamorphic|tilt[\s-]shift|\blens\b",
    "light": r"\blight(?:s|ing|ed)?\b|\blit\b|\bsun(?:light|lit|set|rise)?\b|softbox|golden hour|shadow|backlit|neon|daylight|candle|glow",
    "composition": r"\bthirds?\b|cent(?:re|er)ed|symmetr|low[\s-](?:hero )?angle|hero angle|from above|top[\s-]down|flat[\s-]?lay|overhead"
    r"|negative space|three[\s-]quarter|close[\s-]?up|macro|wide shot|depth of field|composition",
    "film_stock": r"portra|ektar|velvia|cinestill|vision ?3|tri-?x|provia|ilford|kodak|fuji|film (?:stock|grain|look)"
    r"|black and white|monochrome|colou?r science",
    "mood": r"\bmoody?\b|luxur|cinematic|dramatic|playful|calm|serene|fresh|warm|intimate|nostalgic|elegant|minimal|energetic|technical"
    r"|mysterious|atmospher",
}
