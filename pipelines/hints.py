"""Reads out of the prompt what its words already say: length, platform, offer, brand, style, audience, product.

Everything read is kept with the words it was read from, so that people can be shown why. It chooses nothing: explicit fields
of the brief win over hints, and hints win over the copywriter's own choice.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

from pipelines.aspect import Aspect
from pipelines.brand_names import find_brand
from pipelines.colors import FLAVOR_COLORS, NAMED_COLORS, parse_color
from pipelines.copywriter.foreign import trade_abroad
from pipelines.copywriter.lexicon import Match, find_product, is_weak, mended, word_set
from pipelines.directions import View, masked, read_directions
from pipelines.frameworks import Framework
from pipelines.hint_words import (
    BRANDLESS,
    COMMAND_WORDS,
    FEATURES,
    FRAMEWORKS_NAMED,
    FREE,
    NUMBER_WORDS,
    PLATFORMS,
    SEASONS,
    SERVING,
    STYLES,
    URGENCY,
    WHEN,
)
from pipelines.spec import FontStyle

LONGEST_OFFER = 30
"""Characters of an offer that a badge holds with the days it is held on."""

DRINKS = ("soft_drink", "tea", "water_bottle")
"""Products that take the colour of their taste."""


@dataclass(frozen=True)
class Found:
    """One thing read: the field it fills, its value, and the words of the prompt that said so."""

    field: str
    value: str
    words: str


@dataclass(frozen=True)
class Hints:
    """Everything the prompt says of itself; None, "" and () where it says nothing.

    product_id: a key of PRODUCTS. noun: what is sold, as the prompt calls it. traits: what stands before it ("rose gold").
    colors: of the product, from named colours. palette: hex colours in the text. offer: as shown ("20% off"). manner: the style
    words themselves ("refined"). rating: the stars that are claimed, as shown ("4.8 from 2,300 reviews"). features: what is measured
    ("30-hour battery"). place, light, views, detail, type: see directions.Directions.
    """

    duration: Literal[15, 30, 60] | None = None
    asked_seconds: float | None = None
    aspect: Aspect | None = None
    platform: str = ""
    framework: Framework | None = None
    brand: str = ""
    offer: str = ""
    rating: str = ""
    features: tuple[str, ...] = ()
    urgency: str = ""
    styles: tuple[str, ...] = ()
    audience: str = ""
    season: str = ""
    colors: tuple[str, ...] = ()
    palette: tuple[str, ...] = ()
    product_id: str = ""
    noun: str = ""
    traits: str = ""
    manner: tuple[str, ...] = ()
    place: str = ""
    light: str = ""
    views: tuple[View, ...] = ()
    detail: str = ""
    type: FontStyle | None = None
    found: tuple[Found, ...] = field(default=())


@lru_cache(maxsize=256)  # one order reads its prompt again and again: to write, to plan, to say what was understood
def read_hints(text: str) -> Hints:
    """The hints in a prompt. Never raises; a prompt without hints gives empty ones."""
    values: dict[str, Any] = {}
    found: list[Found] = []
    spent: list[tuple[int, int]] = []
    for read in (_duration, _shape, _offer, _rating, _features, _urgency, _season, _framework, _hex_palette):
        for name, value, match in read(text):
            if values.get(name) in (None, ""):
                values[name] = value
                found.append(Found(name, str(value), match.group().strip()))
                spent.append(match.span())
    brand = find_brand(text)
    if brand:
        values["brand"] = brand.name
        found.append(Found("brand", brand.name, brand.words))
        spent.append((brand.start, brand.end))
    ways = read_directions(text)
    values |= {"place": ways.place, "light": ways.light, "views": ways.views, "detail": ways.detail, "type": ways.type}
    found += [Found(said.field, said.value, said.words) for said in ways.said]
    styles = [(name, m) for name, pattern in STYLES.items() for m in [re.search(pattern, masked(text, ways.spans), re.I)] if m]
    styles.sort(key=lambda style: style[1].start())
    values["styles"] = tuple(name for name, _ in styles)
    values["manner"] = tuple(m.group().lower() for _, m in styles)
    found += [Found("styles", name, m.group()) for name, m in styles]
    audience = _audience(text)
    if audience:
        values["audience"] = audience["who"]
        found.append(Found("audience", audience["who"], audience["who"]))
        spent.append(audience.span("who"))
    # "Luigi's Pizzeria" is a brand, and says what it sells: its name is read last, where nothing else says so.
    attempts = [[*spent, *ways.spans, *ways.asides], spent]
    for without in [*attempts, []] if brand and find_product(brand.name) else attempts:
        values |= _product(text, without)
        if values["noun"]:
            break
    if values["noun"]:
        found.append(Found("product", values["noun"], values["noun"]))
    return Hints(**values, found=tuple(found))


Reading = list[tuple[str, Any, re.Match[str]]]


def _duration(text: str) -> Reading:
    number = r"(?P<n>\d{1,3}(?:\.\d)?|" + "|".join(NUMBER_WORDS) + r"|half(?: an?)?|an?)"
    for unit, scale in ((r"(?:seconds?|secs?|s)", 1.0), (r"(?:minutes?|mins?)", 60.0)):
        match = re.search(rf"(?<![\w.]){number}[\s-]?{unit}\b", text, re.I)
        if match and not (scale == 1.0 and match["n"].lower() in ("a", "an")):
            word = match["n"].lower()
            seconds = scale * (0.5 if word.startswith("half") else NUMBER_WORDS.get(word) or (1.0 if word in ("a", "an") else float(word)))
            nearest = min((15, 30, 60), key=lambda d: abs(d - seconds))
            return [("duration", nearest, match), ("asked_seconds", seconds, match)]
    return []


def _shape(text: str) -> Reading:
    found: Reading = []
    explicit = re.search(r"(?<!\d)(9|16|1)\s?[:x×]\s?(16|9|1)(?!\d)", text)
    if explicit and f"{explicit[1]}:{explicit[2]}" in set(Aspect):
        found.append(("aspect", Aspect(f"{explicit[1]}:{explicit[2]}"), explicit))
    for pattern, name, aspect in PLATFORMS:
        match = re.search(rf"\b(?:{pattern})\b", text, re.I)
        if match:
            found += [("aspect", aspect, match)] + ([("platform", name, match)] if name else [])
    return found


def _offer(text: str) -> Reading:
    rules: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
        (r"(?:save\s+)?(?<!\d)(\d{1,2})\s?(?:%|percent|per cent)(?:\s*(?:off|discount|sale|reduction))?", lambda m: f"{m[1]}% off"),
        (r"(?:save\s+)?([$€£])\s?(\d{1,5}(?:\.\d\d)?)\s*(?:off|discount)", lambda m: f"{m[1]}{m[2]} off"),
        (r"save\s+([$€£])\s?(\d{1,5}(?:\.\d\d)?)", lambda m: f"Save {m[1]}{m[2]}"),
        (r"buy\s+(?:one|1),?\s+get\s+(?:one|1)(?:\s+free)?", lambda m: "Buy one, get one"),
        (r"\b(?:2|two)[\s-]for[\s-](?:1|one)\b", lambda m: "Two for one"),
        (r"\bhalf[\s-]price\b", lambda m: "Half price"),
        (r"\bfirst\s+(month|week|visit|box|order|class|lesson)\s+(?:is\s+)?free\b", lambda m: f"First {m[1].lower()} free"),
        (r"\bfree\s+(" + FREE + r")\b", lambda m: f"Free {m[1].lower()}"),
        (r"\b(?:only|just|from|for)\s+([$€£])\s?(\d{1,5}(?:[.,]\d\d)?)", lambda m: _priced(m, f"{m[1]}{m[2]}")),
        (r"\b(?:only|just|from|for)\s+(\d{1,5}(?:[.,]\d\d)?)\s?([$€£])", lambda m: _priced(m, f"{m[1]} {m[2]}")),
        (r"\b(\d{1,3})[\s-](day|night|week|month)s?[\s-](?:free[\s-])?trial\b", lambda m: f"{m[1]}-{m[2].lower()} trial"),
    )
    for pattern, write in rules:
        match = re.search(pattern, text, re.I)
        # "100% cotton" and "50% more grip" are no discounts: a bare percentage needs a word of selling near it.
        if match and not ("%" in match.group() and not re.search(r"off|discount|sale|save|reduction", text, re.I)):
            held = re.match(WHEN, text[match.end() :], re.I) or re.search(
                WHEN + r"\s*$", text[: match.start()], re.I
            )  # "two for one" is another offer than "two for one on Tuesdays"
            given = f"{write(match)} {held['when']}" if held else write(match)
            return [("offer", given if len(given) <= LONGEST_OFFER else write(match), match)]
    return []


def _priced(match: re.Match[str], price: str) -> str:
    """ "Only $19"; "for $19" is the price alone."""
    first = match.group().split()[0].capitalize()
    return price if first == "For" else f"{first} {price}"


def _rating(text: str) -> Reading:
    match = re.search(
        r"\b(?:rated\s+)?(?P<n>[0-5](?:[.,]\d)?)\s?(?:/\s?5|out of (?:5|five)|[\s-]stars?|★)(?:\s+rat(?:ed|ing))?"
        r"(?:\s+(?:from|by|with|on|in)\s+(?:over |more than )?(?P<count>[\d.,]+k?\+?)\s+(?P<who>reviews?|ratings?|customers?))?",
        text,
        re.I,
    )
    if not match or float(match["n"].replace(",", ".")) > 5 or _of_a_house(text[match.end() :]):
        return []
    count = f" from {match['count']} {match['who'].lower()}" if match["count"] else ""
    return [("rating", match["n"].replace(",", ".") + count, match)]


def _of_a_house(after: str) -> bool:
    """A five-star hotel has no rating of five."""
    return re.match(r"\s+(?:hotel|restaurant|resort|spa|service)s?\b", after, re.I) is not None


def _features(text: str) -> Reading:
    """Measured claims in the prompt's own words, three at most: nothing is called out that was not said."""
    matches = list(re.finditer(FEATURES, text, re.I))[:3]
    said = tuple(match.group().strip()[:1].upper() + match.group().strip()[1:] for match in matches)
    return [("features", said, matches[0])] if matches else []


def _urgency(text: str) -> Reading:
    match = re.search(URGENCY, text, re.I)
    return [("urgency", match.group().lower(), match)] if match else []


def _season(text: str) -> Reading:
    return [("season", name, m) for name, pattern in SEASONS.items() for m in [re.search(rf"\b(?:{pattern})\b", text, re.I)] if m]


def _framework(text: str) -> Reading:
    for name, pattern in FRAMEWORKS_NAMED.items():
        match = re.search(pattern, text)
        if match:
            return [("framework", Framework(name), match)]
    return []


def _hex_palette(text: str) -> Reading:
    matches = list(re.finditer(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b", text))[:5]
    return [("palette", tuple(parse_color(m.group()) for m in matches), matches[0])] if matches else []


def _product(text: str, spent: list[tuple[int, int]]) -> dict[str, Any]:
    """product_id, noun, traits and colours. What the lexicon does not know keeps its own words: "leather saddle"."""
    bare = text
    for start, end in spent:
        bare = bare[:start] + ";" * (end - start) + bare[end:]
    match = find_product(bare)
    if match is None or is_weak(match.words):
        found = find_product(trade_abroad(bare) or mended(bare))
        match = replace(found, start=0) if found and not is_weak(found.words) else match
    if match:
        traits = _traits_before(bare, match)
        kind = match.product.kinds.get(_singular(match.words.lower()), match.product.noun)
        if match.product.id in ("product", "service"):
            kind = _singular(match.words.lower())
            kind = match.product.noun if kind in BRANDLESS else kind
            if match.product.id == "service" and "service" not in kind:
                kind += " service"  # it is seen as its name, not as a box
        colors = _named_colors(traits) or (_tasted(traits) if match.product.id in DRINKS else ())
        return {"product_id": match.product.id, "noun": kind, "traits": traits, "colors": colors}
    run = _unknown_noun(bare)
    if not run:
        return {"product_id": "", "noun": "", "traits": "", "colors": ()}
    if re.search(SERVING, bare, re.I):
        return {"product_id": "service", "noun": "service", "traits": "", "colors": ()}
    return {"product_id": "product", "noun": _singular(run), "traits": "", "colors": _named_colors(run)}


def _content_words(text: str) -> list[str]:
    """Words, with None-like gaps (";") where something else was read or a stop word stood."""
    for pattern in STYLES.values():
        text = re.sub(pattern, " ", text, flags=re.I)
    tokens = re.findall(r"[^\W_][\w'’&-]*|[;,.:!?]", text)
    return [t if t[0].isalnum() and t.lower() not in COMMAND_WORDS and not t.isdigit() else ";" for t in tokens]


def _traits_before(text: str, match: Match) -> str:
    """Up to three words right before the product that describe it: "rose gold", "handmade ceramic"."""
    words = _content_words(text[: match.start])[-3:]
    last_gap = max((i for i, w in enumerate(words) if w == ";"), default=-1)
    return " ".join(words[last_gap + 1 :]).lower()


def _unknown_noun(text: str) -> str:
    """The longest run of words that are neither commands nor styles nor anything read before; at most four words. What is sold stands
    before where it is from or whom it is for: "eggs from free-range hens" are eggs."""
    for part in re.split(r"\b(?:from|with|made|by|in|at|for)\b", text):
        runs: list[list[str]] = [[]]
        for word in _content_words(part):
            if word == ";":
                runs.append([])
            else:
                runs[-1].append(word)
        if best := max(runs, key=len):
            return " ".join(best[-4:]).lower()
    return ""


def _singular(words: str) -> str:
    """The plain singular of an English plural; anything unclear stays."""
    head, _, last = words.rpartition(" ")
    if (
        re.search(r"(?:ss|us|is|glasses|jeans|headphones|earrings|earbuds|binoculars|scissors|trousers|shorts|pyjamas)$", last)
        or len(last) < 4
    ):
        return words
    if kept := re.search(r"(?:kni|wi|li)(?=ves$)|(?:scar|loa|shel|lea|hal|cal|wol|thie|hoo)(?=ves$)", last):
        return f"{head} {last[: kept.end()]}{'fe' if kept.group() in ('kni', 'wi', 'li') else 'f'}".strip()
    last = (
        re.sub(r"(?<=[^aeiou])ies$", "y", last) if last.endswith("ies") else re.sub(r"(?:(?<=sh)|(?<=ch)|(?<=x)|(?<=ss))es$|s$", "", last)
    )
    return f"{head} {last}".strip()


def _named_colors(text: str) -> tuple[str, ...]:
    rest, colors = text, []
    for name in sorted(NAMED_COLORS, key=len, reverse=True):
        if re.search(rf"\b{name}\b", rest):
            colors.append((text.index(name), NAMED_COLORS[name]))
            rest = rest.replace(name, " ")
    return tuple(color for _, color in sorted(colors))


def _tasted(text: str) -> tuple[str, ...]:
    """The colour of the first taste that is named."""
    words = text.split()
    return tuple(FLAVOR_COLORS[word] for word in words if word in FLAVOR_COLORS)[:1]


_PEOPLE = word_set(
    "people women men kids children teens seniors athletes parents mums moms dads families couples beginners professionals runners "
    "students travellers travelers gamers commuters teams freelancers founders developers designers creators brides dogs owners lovers"
)


def _audience(text: str) -> re.Match[str] | None:
    """ "for busy parents", "for people over 60", "aimed at runners": people, no platforms, no product ("for running shoes")."""
    aged = re.search(
        r"\b(?:for|targeting|aimed at|to reach)\s+(?P<who>(?:people|women|men|adults|parents|couples|drivers)"
        r"\s+(?:in their [a-z]+(?:-[a-z]+)?|(?:over|under|above) \d{2}))\b",
        text,
    )
    if aged:
        return aged
    for cue in re.finditer(r"\b(?:for|targeting|aimed at|to reach)\s+", text):
        for length in range(1, 5):
            match = re.compile(rf"(?P<who>[a-z][a-z'’-]+(?:\s+[a-z][a-z'’-]+){{{length - 1}}})\b").match(text, cue.end())
            if not match or match["who"].split()[0] in ("my", "our", "a", "an", "the", "your"):
                break
            last = match["who"].split()[-1]
            if last in ("for", "on", "with", "in", "and"):
                break
            if (last in _PEOPLE or last.endswith("ers")) and not find_product(match["who"]):
                return match
    return None
