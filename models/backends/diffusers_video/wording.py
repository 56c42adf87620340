"""An ask in the words of a prompt: the motion, the camera's move where the motion does not name it, and what is seen."""

import re

from models.asks import Move, Subject, VideoAsk

MOVES: dict[Move, tuple[str, str]] = {
    "static": (r"static|locked|still camera|tripod", "the camera stands still"),
    "push_in": (r"push|dolly|closer|zoom", "the camera pushes in"),
    "pull_out": (r"pull|dolly|away|zoom", "the camera pulls out"),
    "slide_left": (r"slid|truck|left", "the camera slides to the left"),
    "slide_right": (r"slid|truck|right", "the camera slides to the right"),
    "pan_left": (r"\bpan", "the camera pans to the left"),
    "pan_right": (r"\bpan", "the camera pans to the right"),
    "rise": (r"\bris|crane|lift", "the camera rises"),
    "orbit_left": (r"orbit|circl|around", "the camera orbits to the left"),
    "orbit_right": (r"orbit|circl|around", "the camera orbits to the right"),
    "handheld": (r"hand-?held|sway", "handheld camera, a light natural sway"),
    "rack_focus": (r"rack|focus", "the focus racks onto the subject"),
    "light_reveal": (r"light", "the light comes on and sweeps over the subject"),
}
"""Move -> (what shows that a prompt names it already, how it is said)."""

GENTLE, BOLD = 0.35, 0.75


def prompt_of(ask: VideoAsk) -> str:
    """The prompt of `ask`. What is seen is described where there is no still that shows it."""
    named, said = MOVES[ask.move]
    words = [ask.prompt.strip(" .,;")]
    if not re.search(named, ask.prompt, re.IGNORECASE):
        words.append(said + _pace(ask))
    if ask.still is None:
        words += _looks(ask.subject)
    elif ask.subject is not None and ask.subject.label:
        words.append(f"the lettering “{ask.subject.label}” stays sharp and unchanged")
    return ", ".join(filter(None, words))


def _pace(ask: VideoAsk) -> str:
    if ask.move in ("static", "handheld", "rack_focus", "light_reveal"):
        return ""
    return " slowly and only a little" if ask.strength < GENTLE else " decidedly" if ask.strength > BOLD else " slowly and steadily"


def _looks(subject: Subject | None) -> list[str]:
    if subject is None:
        return []
    colours = f"in {', '.join(subject.colors)}" if subject.colors else ""
    label = f"the lettering “{subject.label}” on it" if subject.label else ""
    return [" ".join(filter(None, (subject.kind, colours))), subject.description, label]
