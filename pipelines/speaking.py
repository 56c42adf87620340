"""How much can be said in a time, and a line made to fit it. Words and seconds; it knows no voices and no sound."""

import re
from collections.abc import Sequence

CHARACTERS_A_SECOND = 14
"""What a calm voice says, pauses included: 150 words a minute."""

LEAD_S = 0.25
"""From a scene's first frame to its first word; the cut is seen before it is spoken of."""

REST_S = 0.25
"""From the last word to the next cut."""


def room_s(scene_s: float) -> float:
    """Seconds of a scene in which somebody may speak."""
    return max(0.0, scene_s - LEAD_S - REST_S)


def budget(scene_s: float) -> int:
    """Characters that fit a scene."""
    return int(room_s(scene_s) * CHARACTERS_A_SECOND)


def sentence(line: str) -> str:
    """A line of type as it is spoken: one line, with an end to it."""
    text = " ".join(line.split())
    return text if not text or text[-1] in ".!?…" else f"{text}."


def spoken_of(lines: Sequence[str], most: int) -> str:
    """As many of the lines, one after the other, as `most` characters hold; "" when even the first is too long for that."""
    text = ""
    for line in filter(None, map(sentence, lines)):
        longer = f"{text} {line}".strip()
        if len(longer) > most:
            break
        text = longer
    return text or (shortened(sentence(lines[0]), most) if lines else "")


def shortened(text: str, most: int) -> str:
    """`text` with its last sentences left out, then its last clauses, until it has at most `most` characters; "" when a single
    clause is longer. Never cut within one."""
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    ends = [match.start() for match in re.finditer(r"(?<=[.!?…])\s|\s*[,;:–—]\s", text)]
    for end in reversed(ends):
        piece = sentence(text[:end])
        if len(piece) <= most:
            return piece
    return ""
