"""From a hero brief to the asks of its candidates: the same product, seen in four to eight ways that a person can choose between.

Where the brief leaves set and light open, each candidate is another reading of it (ImageAsk.variant); where it decides them, they stay, and
the camera moves instead.
"""

import re
from dataclasses import replace
from typing import Any
from zlib import crc32

from models.asks import Control, Framing, ImageAsk, Reference
from pipelines.copywriter import writer
from pipelines.hero.hero_brief import HeroBrief
from pipelines.hero.terms import TERMS, Matter, Term
from pipelines.hints import read_hints
from pipelines.planner import plan
from pipelines.shot_prompts import NEGATIVE

ORDER: tuple[Matter, ...] = ("composition", "light", "mood", "camera", "lens", "film_stock")
FINISH = "product photography, photorealistic, fine detail"

# How the camera moves from candidate to candidate: degrees around, degrees up, lens factor. The first is the brief's own view.
STEPS: tuple[tuple[float, float, float], ...] = (
    (0, 0, 1.0),
    (-18, 6, 0.8),
    (16, -3, 1.25),
    (26, 10, 0.9),
    (-30, 2, 1.1),
    (8, 14, 1.0),
    (-10, -4, 1.4),
    (36, 4, 0.75),
)


def asks_for_frames(brief: HeroBrief) -> tuple[ImageAsk, ...]:
    """One ImageAsk per candidate, `brief.count` of them. Raises PlanError."""
    made = plan(writer.write(brief.order, read_hints(brief.order.prompt)), brief.order)
    width, height = brief.aspect.scaled(brief.order.short_side)
    ask = ImageAsk(
        prompt=picture_prompt(brief),
        negative_prompt=", ".join(filter(None, (brief.negative_prompt, NEGATIVE))),
        width=width,
        height=height,
        subject=made.subject,
        framing=framing_of(brief),
        palette=made.palette,
        references=(Reference(brief.reference),) if brief.reference else (),
        controls=(Control("depth", brief.control),) if brief.control else (),
    )
    return tuple(candidate(ask, brief, index) for index in range(brief.count))


def candidate(ask: ImageAsk, brief: HeroBrief, index: int) -> ImageAsk:
    """The `index`-th way to see it."""
    seed = crc32(f"{brief.order.seed}/hero/{index}".encode())
    if index == 0:
        return replace(ask, seed=seed)
    if not decided(brief):
        return replace(ask, seed=seed, variant=index)
    around, up, lens = STEPS[index % len(STEPS)]
    old = ask.framing
    framing = replace(
        old,
        azimuth_deg=max(-60.0, min(60.0, old.azimuth_deg + around)),
        elevation_deg=max(-4.0, min(58.0, old.elevation_deg + up)),
        lens_mm=max(24.0, min(180.0, old.lens_mm * lens)),
    )
    return replace(ask, seed=seed, framing=framing)


def decided(brief: HeroBrief) -> bool:
    """Whether the brief names a place or a light: then all candidates keep it."""
    hints = read_hints(brief.order.prompt)
    return bool("light" in brief.choices or hints.place or hints.light)


def picture_prompt(brief: HeroBrief) -> str:
    """The picture in words: the person's, then what was chosen that they do not say already."""
    parts = [brief.prompt.rstrip(" .,;")]
    for matter in ORDER:
        words = words_of(brief, matter)
        if words and words.lower() not in brief.prompt.lower():
            parts.append(words)
    return ", ".join((*parts, FINISH))


def words_of(brief: HeroBrief, matter: Matter) -> str:
    """What was chosen of a matter, in a model's words; "" where nothing was."""
    chosen = brief.choices.get(matter, "")
    term = TERMS[matter].get(chosen)
    return term.words if term else chosen


def framing_of(brief: HeroBrief) -> Framing:
    """The camera, as chosen and as the prompt says it; a choice outweighs a word, a lens the composition's."""
    said = _said(brief.prompt)
    for matter in ("composition", "lens"):
        term: Term | None = TERMS[matter].get(brief.choices.get(matter, ""))
        if term:
            said |= dict(term.framing)
        elif own := _said(brief.choices.get(matter, "")):
            said |= own
    return replace(Framing(elevation_deg=8.0), **said)


def _said(text: str) -> dict[str, Any]:
    """What words say of the framing: millimetres, and the views of terms.COMPOSITIONS."""
    found: dict[str, Any] = {}
    for pattern, name in (
        (r"close[\s-]?up|three[\s-]quarter", "three_quarter"),
        (r"\bmacro\b(?! lens)|extreme close|detail shot", "detail"),
        (r"from above|top[\s-]down|overhead|flat[\s-]?lay|looking down", "above"),
        (r"low[\s-](?:hero )?angle|hero angle|from below", "low"),
        (r"negative space|wide shot|empty space", "negative_space"),
        (r"left third", "thirds_left"),
        (r"right third", "thirds_right"),
        (r"cent(?:re|er)ed|symmetr", "centred"),
    ):
        if re.search(pattern, text, re.I):
            found |= dict(TERMS["composition"][name].framing)
            break
    if match := re.search(r"\b(\d{2,3})\s?mm\b", text):
        found["lens_mm"] = float(min(max(int(match[1]), 14), 200))
    return found
