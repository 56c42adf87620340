"""From a hero brief to the asks of its candidates: the same product, seen in four to eight ways that a person can choose between.

Where the brief leaves light or view open, each candidate is another reading of it (readings.py); where it decides both, they stay, and the
camera moves instead.
"""

import re
from dataclasses import replace
from typing import Any
from zlib import crc32

from models.asks import Control, Framing, ImageAsk, Reference
from pipelines.copywriter import writer
from pipelines.hero.hero_brief import HeroBrief
from pipelines.hero.readings import missing, reading
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


def asks_for_frames(brief: HeroBrief, first: int = 0) -> tuple[ImageAsk, ...]:
    """One ImageAsk per candidate, `brief.count` of them. first: how many there are already, so that another round repeats none.

    Raises PlanError.
    """
    return tuple(ask_for_frame(brief, index) for index in range(first, first + brief.count))


def ask_for_frame(brief: HeroBrief, index: int) -> ImageAsk:
    """The `index`-th way to see it. Raises PlanError."""
    read = reading(brief, index)
    made = plan(writer.write(read.order, read_hints(read.order.prompt)), read.order)
    width, height = read.aspect.scaled(read.order.short_side)
    return ImageAsk(
        prompt=picture_prompt(read),
        negative_prompt=", ".join(filter(None, (read.negative_prompt, NEGATIVE))),
        width=width,
        height=height,
        seed=seed_of(read.order.seed, index),
        subject=made.subject,
        framing=_stepped(framing_of(read), index) if is_decided(brief) else framing_of(read),
        palette=made.palette,
        references=(Reference(read.reference),) if read.reference else (),
        controls=(Control("depth", read.control),) if read.control else (),
    )


def seed_of(seed: int, index: int) -> int:
    """The seed of the `index`-th candidate; the first has the brief's own."""
    return crc32(f"{seed}/hero/{index}".encode()) if index else seed


def is_decided(brief: HeroBrief) -> bool:
    """Whether light and view are settled by the brief: then all candidates keep them, and the camera only takes a step."""
    return not {"light", "composition"} & set(missing(brief))


def _stepped(framing: Framing, index: int) -> Framing:
    around, up, lens = STEPS[index % len(STEPS)]
    return replace(
        framing,
        azimuth_deg=max(-60.0, min(60.0, framing.azimuth_deg + around)),
        elevation_deg=max(-4.0, min(58.0, framing.elevation_deg + up)),
        lens_mm=max(24.0, min(180.0, framing.lens_mm * lens)),
    )


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
