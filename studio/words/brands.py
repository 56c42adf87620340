"""What the Brands page says, and what it has to know: limits, the manners of type with their typefaces, and an example to learn from.

Plain JSON for the island; knows no layout and no HTTP.
"""

import re
from typing import Any, get_args

from models.typefaces import TYPEFACES
from pipelines.brief import MAX_BRAND_CHARS, MAX_COLORS
from pipelines.picture_files import PHOTO_BYTES
from pipelines.spec import FontStyle
from pipelines.wording import CALL_CHARS
from studio.services.brand_fonts import MOST_BYTES
from studio.services.brands import TONE_CHARS
from studio.words.generate import PAGE as GENERATE
from studio.words.generate import PHOTO_TYPES

STYLES: dict[FontStyle, str] = {
    "luxury_serif": "Luxury serif",
    "engraved_caps": "Engraved capitals",
    "modern_grotesk": "Modern grotesk",
    "geometric_sans": "Geometric sans",
    "friendly_rounded": "Friendly rounded",
    "technical_mono": "Technical mono",
    "bold_display": "Bold display",
}
"""The manners of type, as people call them."""

EXAMPLE = {
    "id": "",
    "name": "Aurelia",
    "colors": ["#0A192F", "#D4AF37", "#F7F3EA"],
    "type_color": "#F7F3EA",
    "contrasts": [],
    "tone": "Calm and exact. Never loud.",
    "call": "See the watch",
    "font_style": "engraved_caps",
    "logo_url": "/s/brand_example.svg",
    "fonts": [],
}
"""A kit as GET /api/brands tells it, of a brand that nobody has."""


def page(name: str) -> dict[str, Any]:
    """What the page needs to know and say. name: of the application."""
    return {
        "name": name,
        "words": SHARED | WORDS,
        "limits": {
            "name": MAX_BRAND_CHARS,
            "tone": TONE_CHARS,
            "callMin": CALL_CHARS[0],
            "callMax": CALL_CHARS[1],
            "colors": MAX_COLORS,
            "logoTypes": list(PHOTO_TYPES),
            "logoBytes": PHOTO_BYTES,
            "logoSize": f"{PHOTO_BYTES // 2**20} MB",
            "fontBytes": MOST_BYTES,
            "fontSize": f"{MOST_BYTES // 2**20} MB",
        },
        "styles": [_style(style) for style in get_args(FontStyle)],
        "example": EXAMPLE,
    }


def _style(style: FontStyle) -> dict[str, Any]:
    face = TYPEFACES[style]
    files = {"display": f"/s/{face.display}", "text": f"/s/{face.text}"}
    names = {role: _name(file) for role, file in (("display", face.display), ("text", face.text))}
    return {"value": style, "title": STYLES[style], "caps": face.caps, "tracking": face.tracking, "names": names, **files}


def _name(file: str) -> str:
    """cormorant-garamond-500-italic.ttf → Cormorant Garamond"""
    return re.split(r"-\d", file)[0].replace("-", " ").title().replace("Jetbrains", "JetBrains")


SHARED = {key: GENERATE[key] for key in ("offline", "actionFailed", "retry")}
"""Words that the Generate page has already."""

WORDS: dict[str, Any] = {
    "title": "Brands",
    "lead": "How a brand looks and speaks, kept once and used in every ad.",
    "new": "New brand",
    "all": "All brands",
    "edit": "Edit",
    "editNamed": "Edit {name}",
    "look": "Look",
    "lookNamed": "Look at {name}",
    "lookOnly": "This brand belongs to a team in which you review; its editors and owners change it.",
    "use": "Make an ad",
    "useNamed": "Make an ad of {name}",
    "colorsOf": "Colours of {name}",
    "logoOf": "Logo of {name}",
    "failedTitle": "Your brands cannot be shown",
    "goneTitle": "This brand is not here",
    "goneText": "It was deleted, or it belongs to somebody else.",
    # Nothing yet, and a new one
    "emptyTitle": "Your brand, in every ad",
    "emptyLead": "Set it up once. Choose it when you make an ad, and what you leave open is filled in.",
    "teach": [
        ["Name, logo and colours", "The name on the product, the logo on the end card, the colours on sets, type and the button."],
        ["Your own type", "TTF or OTF, checked before it is kept. Or one of seven styles that come along."],
        ["Voice", "How the brand speaks, and its usual call to action."],
    ],
    "exampleSaid": "An example",
    "nameFirst": "What is the brand called?",
    "namePlaceholder": "Aurelia",
    "begin": "Set it up",
    "beginning": "Starting …",
    "needsName": "Type the name as it should stand in ads.",
    # One of them
    "preview": "As ads will have it",
    "saved": "Saved",
    "saving": "Saving …",
    "savedHow": "Changes are kept as you make them. Ads that were made stay as they are.",
    "words": "Words",
    "name": "Name",
    "nameHow": "As it should stand in ads",
    "tone": "Tone",
    "toneHow": "Told to language models that write. The built-in writer goes by the ad’s style.",
    "tonePlaceholder": "Calm and exact. Never loud.",
    "call": "Call to action",
    "callHow": "The button at the end",
    "callPlaceholder": "See the watch",
    "counter": "{n} / {max}",
    "counterSaid": "{n} of {max} characters",
    "logo": "Logo",
    "logoHow": "For the end card. A PNG with a transparent ground is best; JPEG and WebP work, up to {size}.",
    "logoAdd": "Choose a logo",
    "logoChange": "Choose another",
    "logoRemove": "Remove the logo",
    "logoSvg": "{name} is an SVG, which is a program; export it as a PNG with a transparent ground, and choose that.",
    "logoType": "{name} is no picture that can be used; choose a PNG, JPEG or WebP file.",
    "logoPlate": "It would drown in this ground, so a plate stands behind it, as in films.",
    "large": "{name} has {size}; the most is {most}.",
    "sending": "Checking {name} …",
    "sendFailed": "{name} could not be sent. Check the connection, then choose it again.",
    "drop": "or drop it here",
    "colors": "Colours",
    "colorsHow": "Ground first: what films stand on. Then the accent of buttons, rules and badges.",
    "colorNames": ["Ground", "Accent", "Detail", "Fourth", "Fifth"],
    "colorPick": "{what}: choose a colour",
    "colorHex": "{what} as text",
    "colorAdd": "Add a colour",
    "colorRemove": "Remove {what}",
    "colorWrong": "Write it as #RRGGBB, such as #0A192F, or by a name such as navy.",
    "contrast": "{ratio} : 1 on the ground",
    "faint": "{ratio} : 1 on the ground, too faint for small type",
    "none": "No colours: each ad chooses its own.",
    "type": "Type",
    "style": "Style",
    "styleAuto": "Each ad’s own",
    "fonts": "Your own fonts",
    "fontsHow": "TTF or OTF, up to {size}, with Latin letters and a licence that allows embedding. The style still sets sizes and spacing.",
    "roles": {"display": "Headlines and names", "text": "Everything small"},
    "rolesShort": {"display": "Headlines", "text": "Small type"},
    "fontAdd": "Choose a font for {role}",
    "fontChange": "Choose another font for {role}",
    "fontRemove": "Remove {title}",
    "fontKind": "{name} is no font that can be used; choose a .ttf or .otf file.",
    "fontText": "Used once there is a font for headlines, too.",
    "embedding": {
        "installable": "May be embedded freely",
        "editable": "May be embedded in documents",
        "preview": "May be embedded to be looked at",
    },
    "choose": "Choose",
    "change": "Change",
    "delete": "Delete this brand",
    "deleteTitle": "Delete {name}?",
    "deleteText": "Ads that were made with it stay as they are, and can be cut again.",
    "deleteYes": "Delete it",
    "deleteNo": "Keep it",
}
"""The page's own words; {…} is filled in by the page."""
