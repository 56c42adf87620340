"""What a narrator says beside the type of each scene: the category's thoughts that are set nowhere, never the headline again.

shadow scenes   its pains                     "Another week, gone."
lit scenes      its themes                    "A dial worth a second look."
both            when those are used up: the line that another of its sets has for this beat
the last one    the end card, read aloud      "Aurelia. Keep yours. See the watch."
"""

from collections.abc import Sequence

from pipelines.copywriter.product import Lines, Product
from pipelines.frameworks import FRAMEWORKS, Framework
from pipelines.speaking import budget, sentence, spoken_of

MOST_LINES = 2
"""Of a scene; the rest of it belongs to the music."""


def script(framework: Framework, texts: Sequence[Sequence[str]], product: Product, chosen: Lines, cta: str, total: int) -> list[str]:
    """A line for each scene, that fits the time it has. texts: the type of each scene; chosen: the set it comes from."""
    story = FRAMEWORKS[framework]
    shown = " | ".join(line for lines in texts for line in lines).casefold()
    pains, themes = ([line for line in lines if not _said(line, shown)] for lines in (product.pains, product.themes))
    others = [lines.scenes for lines in product.sets(framework) if lines is not chosen and lines.tone in ("any", chosen.tone)]
    lit = sum(not beat.shadow and not beat.final for beat in story.beats)
    said: list[str] = []
    for i, beat in enumerate(story.beats):
        most = budget(beat.seconds(total))
        if beat.final:
            whole = spoken_of(list(texts[i]), most)
            invited = f"{whole} {sentence(cta)}".strip()
            said.append(invited if len(invited) <= most else whole)
            continue
        thoughts = pains if beat.shadow else themes
        share = 1 if beat.shadow else max(1, len(themes) // max(1, lit))
        lines = thoughts[: min(share, MOST_LINES)]
        del thoughts[: len(lines)]
        lit -= not beat.shadow
        more = [scenes[i] for scenes in others if not _said(scenes[i], shown)]
        said.append(spoken_of(lines or more[:1] or list(texts[i]), most))
    return said


def _said(line: str, shown: str) -> bool:
    """Whether the type says it already, or says more of the same."""
    return line.casefold().rstrip(".!?") in shown
