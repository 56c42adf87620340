"""The built-in copywriter as a director: adds a place and a light, a view and a detail, and a manner, where the prompt names none.

The person's sentence stays as it is and is followed by at most three of ours. Each is kept only if it changes the pictures, leaves
everything else as it was, and has room.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from pipelines.brief import PROMPT_CHARS, Brief
from pipelines.colors import luminance
from pipelines.copywriter.choices import category, choose_look, choose_mood
from pipelines.copywriter.lexicon import find_product
from pipelines.copywriter.looks import DARK
from pipelines.copywriter.staging import PLACES, STAGED
from pipelines.copywriter.voice import VOICES
from pipelines.directions import View
from pipelines.enhance.effects import framings, holds, pictures, usable
from pipelines.enhance.improved import Change, Kind
from pipelines.enhance.words import (
    ALIKE,
    ANY_DETAIL,
    BEST_VIEW,
    DETAILS,
    IDEAS,
    LETTERED,
    LETTERS,
    LIGHT_PHRASES,
    MANNERS,
    PLACE_PHRASES,
    REASONS,
    THEN_CLOSE,
    VIEW_PHRASES,
    VIEW_REASONS,
)
from pipelines.hints import Hints, read_hints
from pipelines.presets import STYLES

T = TypeVar("T")

MOST = PROMPT_CHARS[1]
_SINGULAR_S = ("ss", "us", "is", "glass", "canvas", "lens")


@dataclass(frozen=True)
class Addition:
    """One sentence to add, and the changes it makes."""

    sentence: str
    changes: tuple[Change, ...]


@dataclass
class Direction:
    """The prompt while it is being directed. left_out: kinds that found no room."""

    brief: Brief
    changes: list[Change] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def add(self, what: str, additions: Iterator[Addition]) -> None:
        """The first addition that has room, changes the pictures and breaks nothing."""
        before, no_room = pictures(self.brief), False
        for addition in additions:
            text = self.brief.prompt.rstrip()
            text += " " if text[-1] in ".!?…" else ". "
            if len(text) + len(addition.sentence) > MOST:
                no_room = True
                continue
            changed = usable(self.brief, text + addition.sentence)
            if changed is not None and pictures(changed) != before and holds(self.brief, changed):
                moved = framings(changed) != framings(self.brief)
                self.changes += [change for change in addition.changes if change.kind != "framing" or moved]
                self.brief = changed
                return
        if no_room:
            self.left_out.append(what)


def direct(brief: Brief) -> Direction:
    """`brief` with a directed prompt; the same brief where nothing is to be added."""
    direction = Direction(brief)
    wanted = missing(brief, read_hints(brief.prompt))
    if "set" in wanted or "light" in wanted:
        direction.add("a place and a light", _stagings(direction.brief))
    if "framing" in wanted or "feature" in wanted:
        direction.add("a view of the camera", _views(direction.brief))
    if "style" in wanted:
        direction.add("a manner", _manners(direction.brief))
    return direction


def missing(brief: Brief, hints: Hints) -> tuple[str, ...]:
    """What a prompt does not say yet. A photo is shown as it is, so its details are its own."""
    chosen = brief.style or brief.music or brief.font_style
    gaps = {
        "set": not hints.place,
        "light": not hints.light,
        "framing": not hints.views,
        "feature": not hints.detail and not brief.product_image,
        "style": not hints.styles and not chosen,
    }
    return tuple(kind for kind, open_ in gaps.items() if open_)


def _stagings(brief: Brief) -> Iterator[Addition]:
    hints = read_hints(brief.prompt)
    it = _it(brief, hints)
    verbs = ("Set", "Place", "Show")
    for turn, (place, light) in enumerate(_places(brief, hints)):
        for at in (*_order(brief.seed, 2), -1):
            where = "" if hints.place else _nth(PLACE_PHRASES[place], at)
            lit = "" if hints.light else _nth(LIGHT_PHRASES[light], at)
            if "," in where and "," in lit:
                lit = next((phrase for phrase in LIGHT_PHRASES[light] if "," not in phrase), lit)
            verb = "Light" if not where else verbs[(brief.seed + turn) % len(verbs)]
            verb = "Shoot" if not where and lit.startswith(("lit", "in ")) else verb
            sentence = f"{verb} {it} {', '.join(filter(None, (where, lit)))}."
            found: tuple[tuple[Kind, str], ...] = (("set", where), ("light", lit))
            yield Addition(sentence, tuple(Change(kind, "", words, REASONS[kind]) for kind, words in found if words))


def _places(brief: Brief, hints: Hints) -> Iterator[tuple[str, str]]:
    """Places in a light that suit the mood, but for the one the ad has by itself; those as dark or pale as its colours first, then
    whatever else is as dark or pale."""
    product = category(hints)
    mood = choose_mood(brief, hints, product)
    look = choose_look(brief, hints, product, mood)
    its_own, dark = STAGED[look.staging], luminance((brief.colors or hints.palette or (look.ground,))[0]) < DARK
    own = (ALIKE.get(its_own[0], its_own[0]), ALIKE.get(its_own[1], its_own[1]))
    ideas = _turned(IDEAS[STYLES[brief.style].mood if brief.style else mood], brief.seed)
    ideas.sort(key=lambda idea: PLACES[idea[0]].dark != dark)
    others = [idea for moods in IDEAS.values() for idea in moods if PLACES[idea[0]].dark == dark]
    asked = [(hints.place or place, hints.light or light) for place, light in (*ideas, *others)]
    own_colors = bool(brief.colors or hints.palette)
    for place, light in dict.fromkeys(asked):
        new = (ALIKE.get(place, place), ALIKE.get(light, light)) != own
        if new and (not own_colors or hints.place or PLACES[place].dark == dark):
            yield place, light


def _views(brief: Brief) -> Iterator[Addition]:
    hints = read_hints(brief.prompt)
    kind = "phone" if hints.noun == "smartphone" else hints.product_id
    best = BEST_VIEW.get(kind, "close") if not _lettered(hints) else "low"
    views: tuple[View, ...] = (best, *(view for view in ("close", "low", "above", "wide") if view != best))
    it = _it(brief, hints) if not hints.place else _pronoun(brief, hints)
    they = "they stand" if it == "them" else "it stands"
    details = _details(brief, hints)
    for view in views:
        for at in (*_order(brief.seed, 2), -1):
            detail = _nth(details, 0 if at != -1 else -1) if details and not hints.detail else ""
            if hints.views:
                opening, framing = "Then come in close", ""
                if not detail:
                    return
            else:
                opening = framing = _nth(VIEW_PHRASES[view], at).format(it=it, they=they)
            if not detail:
                sentence = f"{opening}."
            elif view == "close" or hints.views:
                sentence = f"{opening} on {detail}."
            else:
                sentence = f"{opening}{_nth(THEN_CLOSE, at).format(detail=detail)}."
            changes = [Change("framing", "", framing, VIEW_REASONS[view])] if framing else []
            changes += [Change("feature", "", detail, REASONS["feature"])] if detail else []
            yield Addition(sentence, tuple(changes))


def _manners(brief: Brief) -> Iterator[Addition]:
    hints = read_hints(brief.prompt)
    mood = choose_mood(brief, hints, category(hints))
    fonts = VOICES[mood].fonts
    own = hints.type if hints.type in fonts else fonts[brief.seed % len(fonts)]
    for font in sorted(fonts, key=lambda font: font == own):
        manner = MANNERS[mood][font]
        yield Addition(f"Keep it {manner}.", (Change("style", "", manner, REASONS["style"]),))


def _details(brief: Brief, hints: Hints) -> tuple[str, ...]:
    if brief.product_image:
        return ()
    if _lettered(hints):
        return LETTERS
    product = category(hints)
    return DETAILS.get(product.id, ANY_DETAIL) if hints.noun in (product.noun, "") else ANY_DETAIL


def _lettered(hints: Hints) -> bool:
    return hints.product_id in LETTERED or (hints.product_id == "fitness_app" and hints.noun != "phone app")


def _it(brief: Brief, hints: Hints) -> str:
    """What stands on the set, in the sentence that names it first."""
    if brief.product_image:
        return _pronoun(brief, hints)
    if _lettered(hints):
        return "the name"
    return "the phone" if hints.noun == "phone app" else _pronoun(brief, hints)


def _pronoun(brief: Brief, hints: Hints) -> str:
    match = find_product(brief.prompt)
    word = (match.words if match and not _lettered(hints) and hints.noun != "phone app" else "").lower()
    return "them" if word.endswith("s") and not word.endswith(_SINGULAR_S) else "it"


def _order(seed: int, count: int) -> tuple[int, ...]:
    return tuple((seed + i) % count for i in range(count))


def _turned(items: tuple[T, ...], seed: int) -> list[T]:
    at = seed % len(items)
    return [*items[at:], *items[:at]]


def _nth(phrases: tuple[str, ...], at: int) -> str:
    return phrases[min(at, len(phrases) - 1)] if at >= 0 else phrases[-1]
