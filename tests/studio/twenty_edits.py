"""Twenty edits of a draft, and what their film is held against: PyAV, the timeline's JSON and the written formulas alone."""

import random
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from studio.errors import EditRefused
from studio.services.drafts import Draft
from tests.studio.blend_formulas import BLENDS
from tests.studio.recomposed import apart, blended, blends, lettered, looks, neutral, pictures, planes, shown


def twenty_edits(act: Callable[[Draft, dict[str, object]], Draft], draft: Draft) -> Draft:
    """As many as it takes, drawn at random but always the same, each of which the timeline allows."""
    draw, done = random.Random(31), 0
    while done < 20:
        pieces = [piece for piece in draft.edit.pieces if not piece.is_gap]
        clip, caption = draw.choice(pieces), draw.choice(draft.edit.captions)
        action = draw.choice(
            [
                {"action": "trim", "clip": clip.id, "edge": draw.choice(["head", "tail"]), "by": draw.randint(-8, 6), "ripple": True},
                {"action": "slip", "clip": clip.id, "by": draw.randint(-6, 6)},
                {"action": "set_speed", "clip": clip.id, "to": draw.choice([0.5, 0.75, 1.5])},
                {"action": "split", "clip": clip.id, "at": draw.randint(4, 30)},
                {"action": "transition", "clip": clip.id, "to": draw.choice(["cut", "crossfade", "dip_to_black"]), "frames": 6},
                {"action": "look", "clip": clip.id, "to": draw.choice(["none", "flat_cool"])},
                {
                    "action": "edit_title",
                    "id": caption.id,
                    "text": [f"Hour {done}", *[line["text"] for line in caption.values["lines"][1:]]],
                },
                {"action": "move", "clip": clip.id, "before": draw.choice(pieces).id},
            ]
        )
        try:
            draft = act(draft, action)
            done += 1
        except EditRefused:
            continue
    return draft


def every_transition(act: Callable[..., Draft], draft: Draft) -> Draft:
    """Those transitions that it does not have yet: copies of two clips in turn, at the end, each coming in by another one."""
    fit = [piece for piece in draft.edit.pieces if piece.own.get("look", "none") == "none" and piece.n_frames >= 12]
    pair = list({piece.media: piece for piece in sorted(fit, key=lambda piece: -piece.n_frames)}.values())[-2:]
    for n, name in enumerate(sorted(BLENDS.keys() - {piece.transition for piece in draft.edit.pieces})):
        draft = act(draft, {"action": "duplicate", "clip": pair[n % 2].id})
        draft = act(draft, {"action": "transition", "clip": draft.edit.pieces[-1].id, "to": name, "frames": 6})
    return draft


def exactly(timeline: str, root: Path, film: Path) -> None:
    """By PyAV and the timeline's JSON alone: wherever one picture is shown it is the very frame of the very file that the edit says, of all
    frames of all files."""
    wanted, seen = shown(timeline), pictures(film)
    assert len(wanted) == len(seen)
    files = {name: pictures(root / name) for name in sorted({name for pair in wanted for name, _ in pair})}
    all_of_them = [(name, n) for name, frames in files.items() for n in range(len(frames))]
    like = seen @ np.concatenate(list(files.values())).T
    alone = [n for n, pair in enumerate(wanted) if len(pair) == 1]
    found = {n: all_of_them[int(like[n].argmax())] for n in alone}
    assert found == {n: wanted[n][0] for n in alone}
    assert len(alone) > len(wanted) / 2


def blended_exactly(timeline: str, root: Path, film: Path) -> None:
    """By PyAV, the timeline's JSON and the written formulas alone: where two pictures are blended, no frame of either file a frame earlier
    or later and no moment of the transition beside it comes as near as what the edit says. On frames without type, of clips without
    looks."""
    found, typed, seen = blends(timeline), lettered(timeline), planes(film)
    free = {n: one for n, one in found.items() if n not in typed and one.looks == ("none", "none") and 8 <= n < len(seen) - 8}
    files = {name: planes(root / name) for name in {shown[0] for one in free.values() for shown in (one.before, one.after)}}
    tried = set()
    for n, one in free.items():
        if one.k not in (0, one.n // 2, one.n - 1):
            continue
        tried.add(one.name)
        graded = [
            {k: neutral(files[name][k]).astype(np.float32) for k in range(max(0, at - 1), min(len(files[name]), at + 2))}
            for name, at in (one.before, one.after)
        ]
        near = {
            (a, b, k): apart(blended(one, pa, pb, k), seen[n])
            for a, pa in graded[0].items()
            for b, pb in graded[1].items()
            for k in range(max(0, one.k - 1), min(one.n, one.k + 2))
        }
        right = (one.before[1], one.after[1], one.k)
        assert near[right] < 0.6, (n, one, near[right])
        margin = 0 if one.k == one.n // 2 else 0.05  # at its ends there is little of the other
        assert near[right] <= min(near.values()) + margin, (n, one)
    assert tried == set(BLENDS)


def graded_and_lettered_exactly(timeline: str, root: Path, film: Path) -> None:
    """By PyAV and the written formulas alone: where no type stands the picture is its file's own, graded; where it stands, something is
    over it."""
    typed, wanted, seen, look = lettered(timeline), shown(timeline), planes(film), looks(timeline)
    files: dict[str, list[NDArray[np.float32]]] = {}
    off = {}
    for n in range(8, len(seen) - 8, 4):
        if len(wanted[n]) == 1 and look[n] == "none":
            ((name, at),) = wanted[n]
            file = files.setdefault(name, planes(root / name))
            off[n] = apart(neutral(file[at]), seen[n])
    bare = {n: d for n, d in off.items() if n not in typed}
    full = {n: d for n, d in off.items() if set(range(n - 9, n + 10)) <= typed}
    assert len(bare) > 3, off
    assert max(bare.values()) < 1.0, bare
    assert len(full) > 1, off
    assert min(full.values()) > 1.5 * max(bare.values()), (full, bare)
