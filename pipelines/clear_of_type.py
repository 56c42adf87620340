"""How much of a picture type will take from its edge, measured as it will be set: pictures are framed to leave it free.

It knows lines and fonts; what stands in the picture, and who photographs it, it does not know.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil

from pipelines.captions.layout import layout
from pipelines.edl import Position, Title, TitleLine
from pipelines.frameworks import Beat
from pipelines.shots import Kind
from pipelines.spec import SceneSpec
from pipelines.titling import ShotText

STEPS = 100  # whole hundredths: a letter's width more is not another picture
MOST = 0.62  # type that takes more than this stands on the product; there has to be a product


def position_of(scene: SceneSpec, beat: Beat, kinds: Sequence[Kind]) -> Position:
    """Where type stands: in the middle while there is nothing to cover, beside the product otherwise (the middle becomes the top,
    the bottom on the end card)."""
    if beat.shadow:
        return "top" if "blurred" in kinds else "center"
    asked = scene.text_overlay.position if scene.text_overlay else "center"
    if asked == "center":
        return "bottom" if beat.final else "top"
    return asked


def standing(texts: Sequence[ShotText], shot: int) -> ShotText:
    """What is to be read while a shot of a scene runs: its own lines, or those that stay over the cuts before it."""
    return next((text for text in reversed(texts[: shot + 1]) if text.lines), ShotText())


def calm_for(
    texts: Iterable[ShotText], position: Position, style: str, size: tuple[int, int], safe: tuple[float, float, float, float]
) -> float:
    """The share of the frame's height, from the edge that `position` names, that the tallest of `texts` reaches into; 0.0 for none.

    size: (width, height) of the frame; safe: its margins, as for captions.layout.
    """
    if position == "center":
        return 0.0
    reached = 0.0
    for text in texts:
        if not text.lines:
            continue
        _, top, _, bottom = (_box if any(line.image for line in text.lines) else _known_box)(text.lines, position, style, size, safe)
        reached = max(reached, bottom if position == "top" else size[1] - top)
    return min(MOST, ceil(STEPS * reached / size[1]) / STEPS)


def _box(
    lines: tuple[TitleLine, ...], position: Position, style: str, size: tuple[int, int], safe: tuple[float, float, float, float]
) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of the lines as they are set, pixels."""
    return layout(Title(lines, 0, 1, position, style), *size, safe).box


_known_box = lru_cache(maxsize=1024)(_box)
"""The same words stand on one shot after the other, and an ad is planned several times before it is made. Not for a logo: its file may be
another one by now."""
