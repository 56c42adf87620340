"""What to say in the next prompt, grounded in what was measured: each suggestion names its measure and the value that calls for it.

    suggestions(scores, findings)       -> what could be said or set, worst first
    improved(prompt, suggestions)       -> the prompt with the words added that it does not have yet

The rows are experience with video models, not measurements: that more words help is never claimed, only what they answer. Works on scores
and findings; it knows no model and asks none.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from eval.coherence.findings import Finding
from eval.ranking import PARTS, common_parts
from eval.scores import Scores

WEAK = 0.6
"""A part whose goodness is below this is worth a word. A choice, as the curves of `ranking_v1` are."""


@dataclass(frozen=True)
class Advice:
    """sentence: for people. add: words for the prompt. avoid: words for the negative prompt. settings: what else to set, by name."""

    sentence: str
    add: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Suggestion:
    """because: the measure and its value, as a sentence. goodness: 0..1 where the part has a curve, None for findings."""

    code: str
    because: str
    advice: Advice
    measure: str = ""
    value: float | None = None
    goodness: float | None = None
    scene: int | None = None


PART_ADVICE: dict[str, Advice] = {
    "subject": Advice(
        "Keep the subject the same from frame to frame: one simple move, and its features named once more.",
        ("the same product throughout", "consistent shape and label"),
        ("morphing", "changing shape"),
        {"coherence.ip_adapter": "on"},
    ),
    "background": Advice("Hold the set still.", ("unchanging background", "locked-off set"), ("changing background",)),
    "smoothness": Advice("Slow the camera down and say that it is steady.", ("slow camera move", "stable"), ("shaky", "jitter", "judder")),
    "steady light": Advice("Ask for light that does not change.", ("constant, even lighting",), ("flicker", "strobing", "pulsing light")),
    "motion": Advice(
        "Little moves: give the camera or the subject one clear move.", ("slow push-in", "gentle movement"), ("static image",)
    ),
    "technique": Advice("Ask for what is to be sharp.", ("sharp focus on the product", "fine detail"), ("blurry", "out of focus")),
    "noise": Advice("Ask for a clean picture.", ("clean image",), ("grain", "noise")),
    "exposure": Advice(
        "Parts of the picture are lost in white or black: soften the light.",
        ("balanced exposure", "soft light"),
        ("overexposed", "blown-out highlights", "crushed shadows"),
    ),
    "compression": Advice(
        "Blocks of compression show: ask for a higher quality or size; words will not help.", settings={"quality": "higher"}
    ),
    "beauty": Advice("Name the light, the lens and the composition.", ("cinematic lighting", "considered composition"), ("cluttered",)),
    "prompt": Advice("Put what has to be seen first, in plain words, and take the rest out."),
}
"""By part of `ranking.PARTS`."""

DEGENERATE_ADVICE: dict[str, Advice] = {
    "black": Advice("Nothing is to be seen: make it again with another seed, and name the light.", ("brightly lit",), ("black screen",)),
    "frozen": Advice("Nothing moves: make it again with another seed, and name one move.", ("slow push-in",), ("still image", "frozen")),
    "flicker": Advice("The light jumps: make it again with another seed.", ("constant, even lighting",), ("flicker", "strobing")),
}

FINDING_ADVICE: dict[str, Advice] = {
    "color_jump": Advice(
        "Name the same palette and light in both scenes, in the same words.", ("the same colour palette as the scene before",)
    ),
    "light_jump": Advice("Name the same light in both scenes, in the same words.", ("the same lighting as the scene before",)),
    "motion_reversal": Advice("Let both shots move in the same direction."),
    "unplanned_cut": Advice("Ask for one shot.", ("one continuous shot",), ("cut", "scene change", "montage")),
    "palette_absent": Advice("Name the brand's colours where they are to be seen: a backdrop, a light, a prop."),
    "black": Advice("Part of the scene is black: name its light.", ("brightly lit",), ("black screen",)),
    "frozen": Advice("Part of the scene stands still: name a move that lasts.", ("continuous slow movement",), ("frozen",)),
}
"""By code of `coherence.findings`; the others are for the cutting room, not for a prompt."""


def suggestions(scores: Scores, findings: Sequence[Finding] = ()) -> tuple[Suggestion, ...]:
    """What the measures call for: first what is degenerate, then weak parts, weakest first, then the findings in order of time."""
    found = [
        Suggestion(bad.code, bad.sentence, DEGENERATE_ADVICE[bad.code], scene=None)
        for bad in scores.degenerate
        if bad.code in DEGENERATE_ADVICE
    ]
    if not scores.degenerate:  # of a black or frozen video no other number means anything
        found += sorted(_weak_parts(scores), key=lambda row: row.goodness or 0.0)
    found += [
        Suggestion(row.code, row.sentence, FINDING_ADVICE[row.code], row.measure, row.value, scene=row.scene)
        for row in findings
        if row.code in FINDING_ADVICE
    ]
    return tuple(found)


def improved(prompt: str, chosen: Iterable[Suggestion]) -> str:
    """The prompt with the words of the chosen suggestions at its end; words that it has already are not said twice."""
    said = prompt.casefold()
    words: list[str] = []
    for row in chosen:
        words += [word for word in row.advice.add if word.casefold() not in said and word not in words]
    return ", ".join([prompt.strip().rstrip(",.;"), *words]) if words else prompt


def avoided(chosen: Iterable[Suggestion]) -> str:
    """A negative prompt of the chosen suggestions, "" when they name nothing."""
    return ", ".join(dict.fromkeys(word for row in chosen for word in row.advice.avoid))


def _weak_parts(scores: Scores) -> list[Suggestion]:
    found = []
    for part, metric, _ in common_parts([scores], {}):
        score = scores[metric]
        assert score.value is not None
        goodness = min(1.0, max(0.0, part.curves[metric](score.value)))
        if goodness < WEAK:
            because = f"{score.name} is {score.value:.3g}, {goodness:.2f} of 1 on the scale of attempts."
            found.append(Suggestion(part.name.replace(" ", "_"), because, PART_ADVICE[part.name], score.name, score.value, goodness))
    return found


assert PART_ADVICE.keys() == {part.name for part in PARTS}
