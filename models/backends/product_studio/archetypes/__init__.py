"""Every shape the studio can build. Adding one is adding a file and a row."""

import re

from models.backends.product_studio.archetypes.backpack import BACKPACK
from models.backends.product_studio.archetypes.book import BOOK
from models.backends.product_studio.archetypes.box import BOX
from models.backends.product_studio.archetypes.bracelet import BRACELET
from models.backends.product_studio.archetypes.brand_lettering import LETTERING
from models.backends.product_studio.archetypes.can import CAN
from models.backends.product_studio.archetypes.candle import CANDLE
from models.backends.product_studio.archetypes.chair import CHAIR
from models.backends.product_studio.archetypes.coffee_cup import COFFEE_CUP
from models.backends.product_studio.archetypes.dropper import DROPPER
from models.backends.product_studio.archetypes.food_bar import FOOD_BAR
from models.backends.product_studio.archetypes.garment import GARMENT
from models.backends.product_studio.archetypes.handbag import HANDBAG
from models.backends.product_studio.archetypes.headphones import HEADPHONES
from models.backends.product_studio.archetypes.hung_jewellery import EARRINGS, NECKLACE
from models.backends.product_studio.archetypes.jar import JAR
from models.backends.product_studio.archetypes.lamps import FLOOR_LAMP, TABLE_LAMP
from models.backends.product_studio.archetypes.laptop import LAPTOP
from models.backends.product_studio.archetypes.lipstick import LIPSTICK
from models.backends.product_studio.archetypes.loaf import LOAF
from models.backends.product_studio.archetypes.mug import MUG
from models.backends.product_studio.archetypes.perfume import PERFUME
from models.backends.product_studio.archetypes.phone import PHONE
from models.backends.product_studio.archetypes.pouch import POUCH
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product
from models.backends.product_studio.archetypes.pump_bottle import PUMP_BOTTLE
from models.backends.product_studio.archetypes.ring import RING
from models.backends.product_studio.archetypes.running_shoe import RUNNING_SHOE
from models.backends.product_studio.archetypes.sauce_bottle import SAUCE_BOTTLE
from models.backends.product_studio.archetypes.soap_bar import SOAP_BAR
from models.backends.product_studio.archetypes.sofa import ARMCHAIR, SOFA
from models.backends.product_studio.archetypes.spirit_bottle import SPIRIT_BOTTLE
from models.backends.product_studio.archetypes.spray_bottle import SPRAY_BOTTLE
from models.backends.product_studio.archetypes.squeeze_tube import SQUEEZE_TUBE
from models.backends.product_studio.archetypes.stacking_toy import STACKING_TOY
from models.backends.product_studio.archetypes.sunglasses import SUNGLASSES
from models.backends.product_studio.archetypes.tables import COFFEE_TABLE, DESK, TABLE
from models.backends.product_studio.archetypes.tableware import TABLEWARE
from models.backends.product_studio.archetypes.teddy import TEDDY
from models.backends.product_studio.archetypes.tote import TOTE
from models.backends.product_studio.archetypes.toy_car import TOY_CAR
from models.backends.product_studio.archetypes.vase import VASE
from models.backends.product_studio.archetypes.wallet import WALLET
from models.backends.product_studio.archetypes.watch import WATCH
from models.backends.product_studio.archetypes.water_bottle import WATER_BOTTLE
from models.backends.product_studio.archetypes.wine_bottle import WINE_BOTTLE

__all__ = ["ARCHETYPES", "Archetype", "Look", "Part", "Product", "archetype_for"]

ARCHETYPES: dict[str, Archetype] = {
    shape.name: shape
    for shape in (
        WATCH,
        PERFUME,
        CAN,
        PHONE,
        HEADPHONES,
        JAR,
        DROPPER,
        WATER_BOTTLE,
        SQUEEZE_TUBE,
        POUCH,
        CANDLE,
        WINE_BOTTLE,
        SPIRIT_BOTTLE,
        COFFEE_CUP,
        BOOK,
        LAPTOP,
        RUNNING_SHOE,
        SPRAY_BOTTLE,
        LOAF,
        SUNGLASSES,
        LIPSTICK,
        RING,
        NECKLACE,
        EARRINGS,
        BRACELET,
        STACKING_TOY,
        TOY_CAR,
        TEDDY,
        CHAIR,
        SOFA,
        ARMCHAIR,
        TABLE,
        DESK,
        COFFEE_TABLE,
        TABLE_LAMP,
        FLOOR_LAMP,
        TOTE,
        MUG,
        TABLEWARE,
        VASE,
        SOAP_BAR,
        FOOD_BAR,
        HANDBAG,
        BACKPACK,
        GARMENT,
        PUMP_BOTTLE,
        SAUCE_BOTTLE,
        WALLET,
        LETTERING,
        BOX,
    )
}
FALLBACK = "box"


ACCESSORIES = (
    "case|strap|stand|holder|opener|cover|charger|cleaner|dispenser|lid|brush|warmer|maker|machine|grinder|knife|light|doorbell|tray|dish|wheel"
    "|binder|cushion|lift|leg|wine|tennis|cloth|runner|linen|salt|lamp"
)
"""What follows a product's word and makes it another product: a phone case is no phone."""
NOT_AFTER = {
    "toy": ("dog", "cat", "pet", "plush", "stuffed", "soft"),
    "chair": ("office", "desk", "gaming", "rocking", "high", "deck", "beach", "camping", "massage", "swivel", "wheel", "garden"),
    "table": ("pool", "changing", "massage", "billiard", "garden", "snooker", "operating", "tennis", "water", "folding"),
    "desk": ("standing", "reception", "help", "service", "news"),
    "bracelet": ("fitness", "smart", "activity", "festival", "hospital", "watch"),
    "lamp": ("pendant", "ceiling", "wall", "lava", "salt", "street", "head", "uv", "nail", "hanging", "heat"),
    "mug": ("travel", "insulated", "thermal", "steel", "enamel", "glass", "camping"),
    "salad bowl": ("wooden", "bamboo", "glass", "olive wood", "steel"),
    "serving bowl": ("wooden", "bamboo", "glass", "olive wood", "steel"),
    "vase": ("glass", "crystal", "plastic", "metal"),
    "soap": ("dish", "liquid", "hand", "laundry"),
    "purse": ("coin",),
    "wallet": ("crypto", "digital", "mobile", "hardware", "bitcoin", "e"),
    "ring": ("key", "onion", "boxing", "teething", "piston", "curtain", "napkin"),
}
"""What stands before a product's word and makes it another product: a dog's toy is no stack of wooden rings, a key ring no jewel."""


def archetype_for(kind_words: str) -> str:
    """The archetype that plain words name: the longest of its words found in them; the branded box when none is."""
    words = " ".join(re.findall(r"[a-z0-9\-]+", kind_words.lower()))
    found = [
        (not shape.general, len(word), -row, shape.name)
        for row, shape in enumerate(ARCHETYPES.values())
        for word in shape.words
        if word in words and re.search(rf"{_not_after(word)}\b{re.escape(word)}(?:s|es)?\b(?! (?:{ACCESSORIES})s?\b)", words)
    ]
    return max(found)[-1] if found else FALLBACK


def _not_after(word: str) -> str:
    return "".join(f"(?<!{before} )" for before in NOT_AFTER.get(word, ()))
