"""What can be done about a finding on a draft, as edits: pure, from an edit and what was found to the actions that mend it.

    colours or light jump   correct the scene after the cut            text gone too soon   shown for longer
    motion turns round      a dissolve, where the clips have frames     text hard to read    black or white, whichever is sure to be read
    too short a shot        longer, or taken out                        text under buttons   to the middle
    anything of the picture itself: the clip has to be made again       too soft, too loud   the volume

Every list of actions was tried on the edit before it is proposed; one that cannot be done is not proposed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, Any

from pipelines.editing import Edit, EditError, apply
from pipelines.editing.edit import Caption
from pipelines.errors import TimelineError

if TYPE_CHECKING:
    from opentimelineio.schema import Timeline

Actions = tuple[Mapping[str, Any], ...]

AGAIN = frozenset({"unplanned_cut", "frozen", "black", "palette_absent", "color_jump", "light_jump", "motion_reversal"})
"""Findings that making the clip again may mend, where no edit does."""

LEAST_SHOT, DISSOLVE = 4, 12
WORDS_A_SECOND, LOOK_UP_S = 3, 0.3
"""How long type has to stand, as pre-flight has it."""

BRAND_S = 1.5


@dataclass(frozen=True)
class Fix:
    """title: for a button. actions: None where no edit helps. regenerate: the clip that can be made again instead, None where that would
    not help."""

    title: str
    actions: Actions | None
    regenerate: str | None = None


Match = Callable[[int], Mapping[str, Any] | None]
"""Index of a piece → {"offset", "gain", "cb", "cr", "spared"} that draw it towards the clip before it, None where nothing would."""


def coherence_fix(timeline: "Timeline", edit: Edit, code: str, at: int, match: Match) -> Fix | None:
    """What can be done about a finding at piece `at`; None for nothing."""
    piece = edit.pieces[at]
    if piece.is_gap:
        return Fix("Fill the gap", None, piece.id)
    if code in ("color_jump", "light_jump") and at > 0:
        found = match(at)
        if found is not None:
            run = [edit.pieces[k].id for k in scene_run(edit, at)]
            title = "Match the colours" if code == "color_jump" else "Level the light"
            fix = _tried(timeline, title, [{"action": "correct", "clip": id, **found} for id in run], piece.id)
            if fix is not None:
                return fix
    if code == "motion_reversal" and piece.transition != "crossfade":
        most = dissolve_room(edit, at)
        wanted = [{"action": "transition", "clip": piece.id, "to": "crossfade", "frames": most}]
        if most >= LEAST_SHOT and (fix := _tried(timeline, "Let the scenes dissolve", wanted, piece.id)) is not None:
            return fix
    if code == "short_shot":
        missing = LEAST_SHOT - piece.n_frames
        longer = [{"action": "trim", "clip": piece.id, "edge": "tail", "by": missing}]
        if missing > 0 and (fix := _tried(timeline, "Show it for longer", longer)) is not None:
            return fix
        return _tried(timeline, "Take the shot out", [{"action": "ripple_delete", "clips": [piece.id]}])
    return Fix("Make this clip again", None, piece.id) if code in AGAIN else None


def preflight_fix(timeline: "Timeline", edit: Edit, rule: str, caption: Caption | None, measured: str) -> Fix | None:
    """What can be done about what a platform asks. caption: the title that it is about. measured: as pre-flight tells it."""
    if rule == "reading time" and caption is not None:
        return _longer(timeline, edit, caption)
    if rule == "contrast" and caption is not None:
        color = readable(str(caption.values["color"]), _number(measured))
        if color is None:
            return None
        title = "Set the text in white" if color == "#FFFFFF" else "Set the text in black"
        return _tried(timeline, title, [{"action": "edit_title", "id": caption.id, "color": color}])
    if rule == "safe zone" and caption is not None and caption.values["position"] != "center" and measured.endswith(("top", "bottom")):
        return _tried(timeline, "Move the text to the middle", [{"action": "edit_title", "id": caption.id, "position": "center"}])
    if rule == "brand":
        return _brand(timeline, edit)
    if rule == "loudness" and edit.music is not None and (lufs := _number(measured)) is not None:
        return _volume(timeline, edit, "music", 10 ** ((-14.0 - lufs) / 20))
    if rule == "peak" and edit.effects is not None:
        return _volume(timeline, edit, "effects", 0.7)
    return None


def scene_run(edit: Edit, at: int) -> range:
    """The indices of the pieces from `at` on that belong to one scene and follow each other."""
    scene, end = edit.pieces[at].own.get("scene"), at + 1
    while scene and end < len(edit.pieces) and not edit.pieces[end].is_gap and edit.pieces[end].own.get("scene") == scene:
        end += 1
    return range(at, end)


def dissolve_room(edit: Edit, at: int) -> int:
    """Frames of the longest dissolve into piece `at` that both clips can lend, at most DISSOLVE; 0 where none can stand."""
    if not edit.joins(at):
        return 0
    last, piece = edit.pieces[at - 1], edit.pieces[at]
    lent = last.media_frames - last.media_in - last.n_frames
    half = min(lent, piece.media_in, last.n_frames - edit.before(at - 1), piece.n_frames - edit.after(at), DISSOLVE // 2)
    return 2 * max(0, half)


def readable(color: str, ratio: float | None) -> str | None:
    """White or black, whichever is sure to be read on a picture on which `color` has the contrast `ratio`; None where neither is."""
    if ratio is None or ratio < 1:
        return None
    own = _luminance(color) + 0.05
    grounds = [ground for ground in (own / ratio, own * ratio) if 0.05 <= ground <= 1.05]
    sure: dict[str, float] = {
        "#FFFFFF": min((1.05 / g for g in grounds), default=0.0),
        "#000000": min((g / 0.05 for g in grounds), default=0.0),
    }
    best = max(sure, key=sure.__getitem__)
    return best if sure[best] >= 4.5 and best != color.upper() else None


def _longer(timeline: "Timeline", edit: Edit, caption: Caption) -> Fix | None:
    words = sum(len(str(line["text"]).split()) for line in caption.values["lines"])
    need = ceil((LOOK_UP_S + words / WORDS_A_SECOND) * edit.fps)
    others = [one for one in edit.captions if one.id != caption.id]
    end = min([one.start for one in others if one.start >= caption.end] + [edit.n_frames])
    begin = max([one.end for one in others if one.end <= caption.start] + [0])
    if end - begin < need or need <= caption.n_frames:
        return None
    start = min(caption.start, end - need)
    return _tried(timeline, "Show the text for longer", [{"action": "move_title", "id": caption.id, "start": start, "frames": need}])


def _brand(timeline: "Timeline", edit: Edit) -> Fix | None:
    """The brand's name, as the end card has it, within the first seconds, where no other type stands."""
    found = next(((one, line) for one in edit.captions for line in one.values["lines"] if line.get("role") == "brand"), None)
    if found is None:
        return None
    caption, line = found
    start, length = edit.fps // 2, round(BRAND_S * edit.fps)
    taken = {str(one.values["position"]) for one in edit.captions if one.start < start + length and one.end > start}
    free = next((place for place in ("bottom", "top", "center") if place not in taken), None)
    if free is None:
        return None
    how: dict[str, Any] = {key: caption.values[key] for key in ("style", "color", "accent") if key in caption.values}
    lines = [{"text": line["text"], "role": "brand", "animation": line.get("animation", "fade")}]
    add: dict[str, Any] = {"action": "add_title", "start": start, "frames": length, "lines": lines, "position": free, **how}
    return _tried(timeline, "Show the name early", [add])


def _volume(timeline: "Timeline", edit: Edit, track: str, factor: float) -> Fix | None:
    now = float(edit.settings[f"{track}_volume"])
    to = round(min(1.0, now * factor), 2)
    if abs(to - now) < 0.01:
        return None
    title = f"Turn the {track} {'up' if to > now else 'down'}"
    return _tried(timeline, title, [{"action": "volume", "track": track, "to": to}])


def _tried(timeline: "Timeline", title: str, actions: Sequence[Mapping[str, Any]], regenerate: str | None = None) -> Fix | None:
    """The fix, if all of its actions can be done one after the other."""
    try:
        for action in actions:
            timeline = apply(timeline, action)
    except (EditError, TimelineError):
        return None
    return Fix(title, tuple(actions), regenerate)


def _number(measured: str) -> float | None:
    try:
        return float(measured.split()[0].replace("−", "-"))
    except (ValueError, IndexError):
        return None


def _luminance(color: str) -> float:
    """Relative luminance of "#RRGGBB", 0..1."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
