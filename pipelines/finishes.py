"""What a prompt says of a thing's material and form, wherever it says so: "an engagement ring ad for Elowen, white gold".

Only words that can mean nothing else of that product; what merely colours the ad ("blue and silver") is no finish.
"""

import re
from collections.abc import Mapping

ANY = r"rose gold|white gold|yellow gold|sterling silver|platinum|titanium|brushed steel|tortoise ?shell|leather strap"
STONES = r"diamonds?|sapphires?|emeralds?|emerald[- ]cut|rub(?:y|ies)|garnets?|amethysts?|citrines?|topaz|aquamarines?|morganite|pav[eé]"
WOODS = (
    r"(?:smoked |black |white )?oak|walnut|beech|birch|maple|ash|pine|cherry|mahogany|teak|acacia|bamboo"
    r"|eiche|nussbaum|buche|roble|nogal|chêne|noyer|rovere|noce"
)
SHADES = "black|white|cream|gr[ea]y|charcoal|brown|tan|cognac|green|olive|blue|navy|red|burgundy|mustard|terracotta|rust|pink|blush"
CLOTHS = r"linen|wool|boucl[eé]|velvet|leather|upholstered|leder|samt|leinen|cuero|terciopelo|cuir|velours|pelle|velluto"
FURNITURE = (
    rf"{WOODS}|(?:(?:{SHADES}) )?(?:{CLOTHS})|(?:{SHADES}) (?:seats?|cushions?|fabric)|cognac|(?:black|white) (?:(?:dining |arm)?chairs?)"
    r"|(?:metal|steel|brass|chrome|black|wooden) (?:legs|feet|base|frame)"
)
POTTERY = (
    r"(?:\w+ )?glaz(?:e|es|ed)(?: in \w+)?|celadon|tenmoku|porcelain|bone china|(?:white|red|dark|black) clay|earthenware"
    r"|unglazed|unspeckled|satin|matte?"
)
SOAP = (
    r"charcoal|lavender|rose|olive oil|rosemary|eucalyptus|tea tree|nettle|honey|oat(?:s|meal)?|calendula|turmeric|lemon|citrus|orange"
    r"|(?:pepper)?mint|sea ?salt|seaweed|cocoa|coffee|cinnamon|goat'?s? milk|coconut|shea|unscented|poppy|herbs"
)
BAGS = (
    rf"(?:{SHADES}|camel|caramel|oxblood) (?:leather|calfskin|suede)|(?:waxed|natural|unbleached) (?:cotton )?canvas|natural cotton|cognac"
    r"|saddle leather|nylon|ripstop|leather (?:handles|straps)"
)
CLOTHES = (
    r"merino|cashmere|lambswool|wool(?:len)?|linen|oxford cloth|flannel|(?:forest|bottle|olive|sage) green|navy(?: blue)?|sky blue|burgundy"
    r"|bordeaux|oatmeal|ecru|undyed|charcoal|heather gr[ea]y|camel|mustard|terracotta"
)
OF: Mapping[str, str] = {
    "bag": BAGS,
    "wallet": BAGS,
    "clothing": CLOTHES,
    "eyewear": r"tortoise|havana|aviators?|cat[- ]eye|round frames?|metal frames?|wire frames?|acetate|mirror(?:ed)?|\w+ lens(?:es)?",
    "furniture": FURNITURE,
    "plush": r"honey|(?:dark )?brown|chocolate|white|cream|gr[ea]y|pink|blue|rabbit|bunny",
    "lamp": rf"{WOODS}|ceramic|stoneware|terracotta|(?:brass|steel|chrome|black) (?:base|foot)",
    "jewellery": rf"gold|silver|{STONES}",
    "pottery": POTTERY,
    "soap": SOAP,
    "lipstick": r"red|crimson|scarlet|nude|pink|peach|coral|terracotta|plum|berry|burgundy|fuchsia|magenta|brown|(?:black|white) case",
}


def finishes(prompt: str, product_id: str, known: str = "") -> str:
    """The words found that are not `known` already, in order, each once; "" for none. What stands in quotation marks is a name."""
    text = re.sub(r"[\"“„«][^\"”“»]*[\"”“»]", " ", prompt.lower())
    pattern = "|".join(filter(None, (ANY, OF.get(product_id, ""))))
    found = dict.fromkeys(match.group() for match in re.finditer(rf"\b(?:{pattern})(?!\w)", text))
    return " ".join(word for word in found if word not in known)
