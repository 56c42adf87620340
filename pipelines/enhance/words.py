"""What the built-in copywriter says when it directs: places, lights, views, details and manners as a creative director puts them.

Every phrase is one that `directions.py` and `hints.py` read again, so that what is added is what will be seen; a test holds them to it.
"""

from collections.abc import Mapping

from pipelines.copywriter.lexicon import word_set
from pipelines.directions import View
from pipelines.enhance.improved import Kind
from pipelines.spec import FontStyle, MusicStyle

# The first of each is the fuller one; the last is the shortest.
PLACE_PHRASES: Mapping[str, tuple[str, ...]] = {
    "dark water": ("on black water as smooth as glass", "on still, dark water", "on dark water"),
    "dark podium": ("on a low podium, alone in a dark room", "on a black podium in a dark room", "in a dark room"),
    "mossy stone": ("on a weathered stone slab with a little moss", "on mossy stone"),
    "travertine": ("on a rough block of travertine", "on warm, porous travertine", "on travertine"),
    "black marble": ("on a slab of black marble", "on polished black marble", "on black marble"),
    "marble": ("on a slab of honed marble", "on a pale marble slab", "on a marble slab"),
    "sand": ("on raked sand, a low dune behind", "on fine sand, raked in lines", "on raked sand"),
    "silk": ("on poured silk, the same silk hanging behind", "on poured silk"),
    "plaster room": ("in a quiet plaster room, before an arched doorway", "in a plaster room"),
    "kitchen": ("on an oak counter, a tiled wall behind", "on an oak counter"),
    "living room": ("in a calm room with an oak floor", "on an oak floor"),
    "arch": ("on a podium under a plain arch", "inside a plain arch"),
    "wall podium": ("in front of one plain coloured wall", "against a plain coloured wall"),
    "podium": ("on a round podium before a plain backdrop", "on a plain podium"),
}

LIGHT_PHRASES: Mapping[str, tuple[str, ...]] = {
    "rim": ("with a thin rim light drawing its outline", "lit from behind, so that only the edges glow", "with rim light"),
    "blinds": ("with the sun falling through half-open blinds", "with sun through half-open blinds"),
    "palm": ("in late-afternoon sun, palm shadows moving behind", "in late-afternoon sun"),
    "branch": ("with the shadow of a branch moving behind", "in dappled sunlight"),
    "graphic": ("in hard light, every shadow sharp", "in hard light"),
    "window": ("in quiet morning light from one window", "in morning light"),
    "golden": ("in the last light of the day, with one long shadow", "in low golden sun, with one long shadow", "in low golden sun"),
    "softbox": ("in soft studio light with one crisp edge", "in soft studio light"),
    "neon": ("in the light of two neon tubes", "in neon light"),
    "dusk": ("in the blue hour, one warm lamp beside it", "in the blue hour"),
}

THEN_CLOSE = (", then come in close on {detail}", ", and finish close on {detail}")
VIEW_PHRASES: Mapping[View, tuple[str, ...]] = {  # {it} is the thing
    "close": ("Come in close", "Stay close"),
    "above": ("Look down on {it} from above", "Show {it} from above"),
    "low": ("Shoot {it} from low down, so that {they} tall", "Shoot {it} from low down"),
    "wide": ("Open wide, with plenty of calm space around {it}", "Open wide"),
}

# From where a thing is best seen, by category; the rest is best seen from close by.
_FROM_LOW = (
    "perfume lipstick water_bottle wine soft_drink candle skincare supplement speaker cleaning shoes headphones event local_service service"
)
_FROM_ABOVE = "phone app saas laptop bank book cosmetics snack tea clothing course care bakery restaurant pet_food"
_WIDE = "car bike furniture real_estate travel toy"
BEST_VIEW: Mapping[str, View] = {
    **dict.fromkeys(_FROM_LOW.split(), "low"),
    **dict.fromkeys(_FROM_ABOVE.split(), "above"),
    **dict.fromkeys(_WIDE.split(), "wide"),
}

# Sold without a thing to hold: pictured by its name in metal letters.
LETTERED = frozenset(
    [
        "restaurant",
        "travel",
        "event",
        "local_service",
        "care",
        "service",
        "course",
        "real_estate",
        "advice",
        "occasion",
        "builder",
        "cause",
        "florist",
        "studio",
        "podcast",
        "childcare",
    ]
)
LETTERS = ("the edges of the letters, where the light catches", "the edges of the letters")
ANY_DETAIL = ("the edges and the surface, where the light catches", "the edges and the surface")
DETAILS: Mapping[str, tuple[str, ...]] = {
    "watch": ("the hands, the dial and the edge of the case", "the dial and its hands"),
    "jewellery": ("the way the metal takes the light",),
    "shoes": ("the texture of the upper and the line of the sole", "the line of the sole"),
    "bag": ("the seams and the grain of the material", "the seams"),
    "clothing": ("the weave and one clean seam", "the weave"),
    "eyewear": ("the hinge and the polished edge", "the hinge"),
    "perfume": ("the light inside the glass",),
    "skincare": ("the glass and one slow drop", "one slow drop"),
    "cosmetics": ("the edge of the lid and the colour itself", "the colour itself"),
    "lipstick": ("the slant of the bullet and the colour itself", "the slant of the bullet"),
    "toy": ("the painted edges and the grain of the wood", "the painted edges"),
    "supplement": ("the ribs of the lid and the print on the label", "the ribs of the lid"),
    "water_bottle": ("cold droplets and the curve of the cap", "cold droplets"),
    "coffee": ("the fold of the bag and the grain of the paper", "the fold of the bag"),
    "tea": ("the lid and the fine print", "the lid"),
    "soft_drink": ("cold droplets running down the side", "cold droplets"),
    "wine": ("the label and one dark highlight along the glass", "the label"),
    "snack": ("the print and the crisp edges of the pack", "the print"),
    "bakery": ("the cracks of the crust and the flour on it", "the crust"),
    "pet_food": ("the seam of the bag and the print", "the seam of the bag"),
    "headphones": ("the cushions and the curve of the headband", "the curve of the headband"),
    "speaker": ("the weave of the grille and the dial", "the weave of the grille"),
    "laptop": ("the thin edge and the keys", "the thin edge"),
    "phone": ("the metal frame and the ring of the lens", "the ring of the lens"),
    "app": ("the glowing display and the edge of the glass", "the glowing display"),
    "saas": ("the glowing display and the edge of the glass", "the glowing display"),
    "fitness_app": ("the glowing rings on the display", "the glowing display"),
    "bank": ("the chip and the edge of the card", "the chip"),
    "book": ("the cover and the edges of the pages", "the cover"),
    "candle": ("the small flame and the edge of the wax", "the small flame"),
    "furniture": ("the joints and the grain of the material", "the joints"),
    "pottery": ("the rim where the glaze breaks and the bare clay below", "the rim where the glaze breaks"),
    "soap": ("the pressed name and the soft edge of the bar", "the pressed name"),
    "plush": ("the fur and the stitched nose", "the stitched nose"),
    "lamp": ("the edge of the shade and the light beneath it", "the edge of the shade"),
    "snack_bar": ("the teeth of the crimped end and the broken piece", "the crimped end"),
    "cleaning": ("the trigger and one bead of liquid", "one bead of liquid"),
    "bike": ("the paint and the line of the frame", "the paint"),
    "car": ("the light running along its lines",),
}

# In the manner of a mood, by the typeface it brings.
MANNERS: Mapping[MusicStyle, Mapping[FontStyle, str]] = {
    "luxury": {"engraved_caps": "exclusive and precise", "luxury_serif": "refined and unhurried"},
    "tech": {"modern_grotesk": "sleek and clear", "technical_mono": "futuristic and exact"},
    "eco": {"geometric_sans": "natural and simple", "luxury_serif": "natural and timeless"},
    "energetic": {"bold_display": "bold and restless", "modern_grotesk": "dynamic and sleek"},
    "playful": {"friendly_rounded": "playful and friendly", "geometric_sans": "playful and tidy"},
    "calm": {"luxury_serif": "calm and timeless", "geometric_sans": "calm and simple"},
    "cinematic": {"engraved_caps": "cinematic and precise", "bold_display": "cinematic and bold"},
    "corporate": {"modern_grotesk": "professional and warm", "geometric_sans": "trustworthy and simple"},
}

REASONS: Mapping[Kind, str] = {
    "set": "You named no place. Now every picture is taken on the same ground, chosen to suit what you sell.",
    "light": "Light decides whether a thing looks cheap or precious, and the prompt said nothing of it.",
    "feature": "Names the part worth seeing, so that the close pictures show that and not just anything.",
    "style": "A manner picks the typeface and colours every picture's direction; without one both are left to chance.",
    "wording": "Says the same more clearly.",
    "framing": "Tells the camera where to stand.",
}
VIEW_REASONS: Mapping[View, str] = {
    "close": "From close by people see how well it is made.",
    "above": "Seen from above, all of it can be taken in at a glance.",
    "low": "Seen from below it looks larger and surer of itself.",
    "wide": "Empty space tells the eye where to look and leaves room for your words.",
}

# What one studio builds and lights the same way; naming the other of two is nothing new.
ALIKE: Mapping[str, str] = {"mossy stone": "travertine", "wall podium": "podium", "graphic": "window", "water rim": "rim"}

# Places in a light that suit a mood, beyond the one an ad has by itself.
IDEAS: Mapping[MusicStyle, tuple[tuple[str, str], ...]] = {
    "luxury": (("black marble", "window"), ("dark podium", "rim"), ("dark water", "rim"), ("travertine", "palm"), ("silk", "softbox")),
    "tech": (("dark podium", "neon"), ("arch", "softbox"), ("black marble", "window"), ("podium", "softbox")),
    "eco": (("travertine", "branch"), ("mossy stone", "branch"), ("mossy stone", "golden"), ("travertine", "palm")),
    "energetic": (("wall podium", "graphic"), ("dark podium", "rim"), ("sand", "golden"), ("wall podium", "blinds")),
    "playful": (("wall podium", "graphic"), ("arch", "graphic"), ("wall podium", "blinds"), ("podium", "softbox")),
    "calm": (("marble", "window"), ("travertine", "branch"), ("plaster room", "golden"), ("arch", "softbox")),
    "cinematic": (("sand", "golden"), ("dark water", "rim"), ("travertine", "golden"), ("dark podium", "rim")),
    "corporate": (("marble", "window"), ("podium", "softbox"), ("arch", "softbox"), ("wall podium", "graphic")),
}

ENGLISH = word_set(
    "a an the and or for of with in on to my our your ad ads advert commercial video make create generate promote launch new that is "
    "from it its brand made promo spot"
)
FOREIGN = word_set(
    "der die das und für mit ein eine einen auf aus werbung anzeige unsere unser mein meine wir le la les des une un pour avec et dans "
    "sur publicité annonce notre el los las para con una anuncio nuestra nuestro de del il lo gli per della annuncio pubblicità nostra "
    "o os uma com anúncio nossa het een voor met van onze reclame en och för med den på reklama dla z jest til og av"
)
