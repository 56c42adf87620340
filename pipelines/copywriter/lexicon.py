"""Finds the product in a sentence: which category, in which words. It knows no ads and no copy."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pipelines.copywriter.product import Product
from pipelines.copywriter.products import PRODUCTS


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, for lists that read better as a line of prose."""
    return frozenset(text.split())


# "Something cool to watch" sells no watch: these nouns are verbs when one of _VERB_CUES stands before them.
_ALSO_VERBS = word_set("watch book drink ring snack bank travel shop play can show market home house tour loan brand pet")
_VERB_CUES = word_set("to please can could will would should must i we you they people viewers and")
_NOT_AFTER = {
    "can": word_set("i we you they it that who people viewers"),
    "ring": word_set("key onion boxing teething piston curtain napkin"),
    "tee": word_set("golf für unser unseren unserem der den dem grüner schwarzer kräuter bio"),  # German tea
    "bag": word_set("bean punching boxing golf garbage trash bin rubbish gift paper plastic poop doggy pastry piping sand air body saddle"),
    "jumper": word_set("show puddle base horse"),
    "salad bowl": word_set("wooden bamboo glass wood steel"),
    "serving bowl": word_set("wooden bamboo glass wood steel"),
    "handmade soap": word_set("liquid dish"),
    "vase": word_set("glass crystal plastic metal"),
    "flower vase": word_set("glass crystal plastic metal"),
    "bar": word_set("protein energy snack candy granola cereal muesli oat nut chocolate soap shampoo"),
}
# "Book by phone" sells no phone; "order in our app" may sell the app, where nothing else is sold.
_BY = re.compile(r"\b(?:by|via|per|(?:on|over|from)\s+(?:the|your|my|any|a))\s+$", re.IGNORECASE)
_WITH = re.compile(r"\b(?:in|on|via|through|with|from)\s+(?:(?:the|your|our|my|any|a)\s+)?$", re.IGNORECASE)
_MEANS = word_set("app tablet laptop computer website platform")
_ORDERS_GO_ON = word_set("a an the your our my now online by at in with us today here early this it and for from it's")
_AD_WORDS = word_set("ad ads advert advertisement commercial video spot promo campaign clip reel brand company")
# Words of their own, a letter away from a product's: "larger" is no lager.
_NO_SLIPS = word_set(
    "match matches layer layers compute computes larger creation creations latter caching removal saving charge charges analytic splice "
    "crypt salmon shade ceramic lightning planet planets barrel barrels dinner dinners crisp beaker plate plates curse curses clamping"
)
# These say little beside another category's word: "a coffee brand" sells coffee, "an online shop for lamps" sells lamps.
_WEAK = word_set(
    "product brand shop store company business service studio agency app platform gift packaging home house opening market show "
    "workshop food drink beverage can delivery rental website game class holiday party fair pet"
) | {"online shop", "small business", "gift box", "gift card", "subscription box"}


def is_weak(word: str) -> bool:
    """Whether a word of a category says little beside another's."""
    return word.lower() in _WEAK


@dataclass(frozen=True)
class Match:
    """A category and the words of the prompt that named it, as characters [start, end)."""

    product: Product
    words: str
    start: int
    end: int


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], Product, str, str], ...]:
    """Each word as it may be written, its product, itself, and what it begins with."""
    rows: list[tuple[re.Pattern[str], Product, str, str]] = []
    for product in PRODUCTS.values():
        for word in product.words:
            spaced = re.escape(word).replace(r"\ ", r"[\s-]+").replace(r"\-", r"[\s-]?")
            rows.append((re.compile(rf"(?<![\w-]){spaced}(?:e?s)?(?![\w-])", re.IGNORECASE), product, word, word.split("-")[0].split()[0]))
    return tuple(rows)


def find_product(text: str) -> Match | None:
    """The best reading of what is advertised, or None.

    Longer names win ("pet food" over "food"), then strong words over weak ones ("coffee" over "brand"), then what is sold over
    whom it is for, then the word right before "ad", then the later word ("watch strap shop" aside, English puts the noun last).
    """
    best: tuple[tuple[int, ...], Match] | None = None
    lowered = text.lower()
    for pattern, product, word, beginning in _patterns():
        if beginning not in lowered:
            continue  # most words are not there, and looking is cheaper than matching
        for found in pattern.finditer(text):
            earlier = ["", "", *re.findall(r"[\w']+", text[: found.start()].lower())][-2:]
            before = [earlier[-1]] if earlier[-1] else []
            after = re.findall(r"[\w']+", text[found.end() :].lower())[:1]
            if word in _ALSO_VERBS and before and before[0] in _VERB_CUES and not (after and after[0] in _AD_WORDS):
                continue
            if word in _ALSO_VERBS and _is_order(text[: found.start()], after) and found.group().lower() == word:
                continue
            if before and before[0] in _NOT_AFTER.get(word, ()):
                continue
            if word == "phone" and _BY.search(text[: found.start()]):
                continue
            strength = 0 if word in _WEAK else len(word.split())
            # "software for accountants" sells software; "an ad for headphones" does sell headphones.
            is_whom = earlier[-1] == "for" and earlier[-2] not in _AD_WORDS
            # "Tables made in our workshop" sells tables.
            is_where = bool(re.search(r"\b(?:in|from|at)\s+(?:our|my|a|the)\s+(?:\w+\s+)?$", text[: found.start()], re.IGNORECASE))
            # "A phone with a good camera" is a phone.
            is_part = bool(re.search(r"\bwith\s+(?:an?|its|the|two|three)\s+(?:[\w-]+\s+){0,2}$", text[: found.start()], re.IGNORECASE))
            is_means = word in _MEANS and bool(_WITH.search(text[: found.start()]))
            score = (
                0 if is_means else strength,
                -int(is_whom or is_where or is_means or is_part),
                int(bool(after) and after[0] in _AD_WORDS),
                -int(word in _ALSO_VERBS),
                found.start(),
            )
            if best is None or score > best[0]:
                best = score, Match(product, found.group(), found.start(), found.end())
    return best[1] if best else None


def _is_order(before: str, after: Sequence[str]) -> bool:
    """Whether what stands at the beginning of a clause tells people what to do: "..., book by phone", "Book your table"."""
    return bool(after) and after[0] in _ORDERS_GO_ON and (not before.strip() or before.rstrip()[-1] in ",.;:!?–—-")


def mended(text: str) -> str:
    """`text` with its first slip put right: a word that is a product's but for one letter too many, too few or in the wrong place; ""
    where there is none.

    Only for a text in which no product is spelt right; words under five letters have too many neighbours.
    """
    for said in re.findall(r"[a-z]{5,}", text.lower()):
        if said in _AD_WORDS or said in _WEAK or said in _NO_SLIPS:
            continue
        for word in dict.fromkeys((said, said.removesuffix("s"))):
            for known in _spellings().get(word[0], ()):
                if len(word) >= 5 and _one_slip(word, known):
                    return re.sub(rf"\b{said}\b", known, text, count=1, flags=re.IGNORECASE)
    return ""


@cache
def _spellings() -> dict[str, tuple[str, ...]]:
    """Single words of five letters and more that name products, by their first letter."""
    words = [word for product in PRODUCTS.values() for word in product.words if word.isalpha() and len(word) >= 5 and word not in _WEAK]
    return {first: tuple(word for word in words if word[0] == first) for first in {word[0] for word in words}}


def _one_slip(word: str, known: str) -> bool:
    """Whether a letter was added or left out, or two stand in each other's place."""
    if len(word) == len(known):
        wrong = [i for i, (a, b) in enumerate(zip(word, known, strict=True)) if a != b]
        return len(wrong) == 2 and wrong[1] == wrong[0] + 1 and word[wrong[0]] == known[wrong[1]] and word[wrong[1]] == known[wrong[0]]
    short, long = sorted((word, known), key=len)
    return len(long) == len(short) + 1 and any(long[:i] + long[i + 1 :] == short for i in range(len(long)))


def product_named(noun: str) -> Product:
    """The category of a plain noun, as a spec names it; the generic product when it is in no list."""
    for product in PRODUCTS.values():
        if product.noun == noun.lower():
            return product
    match = find_product(noun)
    return match.product if match else PRODUCTS["product"]
