"""One clip of an edit made again, or a gap filled (FR-036): which frames it needs, what it is asked, what it is pinned to, and why.

    neighbour |─── last frame ──┐                         ┌── first frame ───| neighbour
    new clip             |─ head ─|──────── slot ────────|─ tail ─|             head, tail: what the transitions beside it borrow

Pure: works on an edit, a scene plan and what a model says it can; opens no file and asks no model.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal
from zlib import crc32

from models.asks import Still, VideoAsk
from models.capabilities import Capabilities
from pipelines.correction import Correction
from pipelines.editing import Edit, Piece
from pipelines.identity import STUDIO, main_shot
from pipelines.motion.takes import even
from pipelines.scene_plan import ScenePlan, Shot

Source = Literal["local", "scene", "hero", "neighbours"]
Pins = Literal["first and last", "first", "last", "none"]


@dataclass(frozen=True)
class Neighbour:
    """A clip beside the slot. frame: of its media, the one that is shown next to the new clip's own frames. still: as the timeline names
    it, "" for none. number: of its scene, 0 where that is not known."""

    id: str
    media: str
    frame: int
    look: str
    correction: Correction
    still: str = ""
    number: int = 0


@dataclass(frozen=True)
class Gap:
    """Where the new clip will lie. is_gap: nothing lies there now. before, after: None at the film's ends and beside another gap."""

    piece: str
    is_gap: bool
    n_frames: int
    head: int
    tail: int
    look: str
    before: Neighbour | None
    after: Neighbour | None

    @property
    def media_frames(self) -> int:
        """Frames that the new clip has."""
        return self.head + self.n_frames + self.tail


@dataclass(frozen=True)
class Prompted:
    """What the new clip is to show. motion: how it moves, in words. why: where the words come from, for people."""

    text: str
    motion: str
    source: Source
    why: str


@dataclass(frozen=True)
class Known:
    """Words that the ad has already and that a new clip can be described by. title: whose they are, for people. motion: how it moves."""

    source: Source
    title: str
    text: str
    motion: str


@dataclass(frozen=True)
class Pinned:
    """Which of the neighbours' frames the new clip begins and ends on, and why not all of them."""

    which: Pins
    why: str

    @property
    def first(self) -> bool:
        """It begins on the last frame before the slot."""
        return self.which in ("first and last", "first")

    @property
    def last(self) -> bool:
        """It ends on the first frame after the slot."""
        return self.which in ("first and last", "last")


def gap_of(edit: Edit, piece: str) -> Gap:
    """The slot of a clip or gap. Raises EditError when there is no such piece."""
    i = edit.index(piece)
    here, head, tail = edit.pieces[i], edit.before(i), edit.after(i)
    before = edit.pieces[i - 1] if i > 0 else None
    after = edit.pieces[i + 1] if i + 1 < len(edit.pieces) else None
    return Gap(
        piece=here.id,
        is_gap=here.is_gap,
        n_frames=here.n_frames,
        head=head,
        tail=tail,
        look=str(here.own.get("look", "none")),
        before=_neighbour(before, before.media_in + before.n_frames - 1 - head) if before and not before.is_gap else None,
        after=_neighbour(after, after.media_in + tail) if after and not after.is_gap else None,
    )


def prompted(edit: Edit, gap: Gap, plan: ScenePlan, local: str = "") -> Prompted:
    """The words for the new clip: the person's own, with their motion where the ad has the same ones; else the scene's, where the slot
    belongs to one; else those of the hero shot, where the neighbours belong to different scenes of the lit set; else the neighbours'."""
    i = edit.index(gap.piece)
    own = edit.pieces[i].own
    beside = [edit.pieces[k] for k in (i - 1, i + 1) if 0 <= k < len(edit.pieces) and not edit.pieces[k].is_gap]
    like = _motion(own) or next((motion for piece in beside if (motion := _motion(piece.own))), "")
    for one in known_words(edit, gap, plan) if local.strip() else ():
        if one.text == local.strip():
            return Prompted(one.text, one.motion or like, one.source, f"The words of {one.title[0].lower()}{one.title[1:]}, as you chose.")
    if local.strip():
        return Prompted(local.strip(), local.strip(), "local", "Your own words.")
    if text := str(own.get("still_prompt") or ""):
        return Prompted(text, like, "scene", f"The words of {_scene(own.get('scene'))}, to which this {_kind(gap)} belongs.")
    scenes = {piece.own.get("scene") for piece in beside}
    texts = [str(piece.own["still_prompt"]) for piece in beside if piece.own.get("still_prompt")]
    if texts and len(scenes) == 1:
        return Prompted(texts[0], like, "scene", f"The words of {_scene(scenes.pop())}, in the middle of which it lies.")
    hero = main_shot(plan).still_prompt
    if hero:
        return Prompted(hero, like or main_shot(plan).motion_prompt, "hero", "The words of the main shot: no scene of the plan lies here.")
    text = " ".join(dict.fromkeys(texts)) or plan.subject.description or plan.subject.kind
    return Prompted(text, like, "neighbours", "The words of the clips beside it: nothing else is known of this place.")


def known_words(edit: Edit, gap: Gap, plan: ScenePlan) -> tuple[Known, ...]:
    """What can be said again: of the slot's own scene, of the scenes beside it, of the main shot; each text once."""
    i = edit.index(gap.piece)
    near = [edit.pieces[k].own for k in (i, i - 1, i + 1) if 0 <= k < len(edit.pieces)]
    found = [
        Known("scene", _scene(own.get("scene")).capitalize(), str(own["still_prompt"]), _motion(own))
        for own in near
        if own.get("still_prompt")
    ]
    hero = main_shot(plan)
    if hero.still_prompt:
        found.append(Known("hero", "Main shot", hero.still_prompt, hero.motion_prompt))
    said: dict[str, Known] = {}
    for one in found:
        said.setdefault(one.text, one)
    return tuple(said.values())


def pinned(gap: Gap, can: Capabilities | None, model: str, wanted: bool) -> Pinned:
    """What a model that `can` so much is given to begin and to end on."""
    if not wanted:
        return Pinned("none", "Pinning was switched off; reference picture and colours hold the clip to its neighbours.")
    if gap.before is None and gap.after is None:
        return Pinned("none", "There is no clip on either side whose frames it could begin or end on.")
    if model == STUDIO:
        return Pinned(
            "none", "The product studio takes a photograph of its own: begun on another clip's frame it would only move over that."
        )
    starts, ends = bool(can and can.from_still), bool(can and can.last_still)
    if not starts and not ends:
        return Pinned("none", f"{model} begins from words alone; colours are matched instead.")
    first, last = starts and gap.before is not None, ends and gap.after is not None
    if first and last:
        return Pinned("first and last", "It begins on the last frame before it and ends on the first frame after it.")
    if first and gap.after is None:
        return Pinned("first", "It begins on the last frame before it; nothing follows it that it could end on.")
    if first:
        return Pinned(
            "first", f"It begins on the last frame before it; {model} cannot end on a given frame, so the cut after it is matched."
        )
    if last:
        return Pinned("last", "It ends on the first frame after it; no clip lies before it.")
    return Pinned("none", f"No clip lies before it, and {model} cannot end on a given frame; colours are matched instead.")


def model_of_clips(edit: Edit, usable: Callable[[str], bool]) -> str:
    """The model that made most clips of the edit and can still be used here; "" for none."""
    made = Counter(str(piece.own.get("video_model") or "") for piece in edit.pieces if not piece.is_gap)
    return next((model for model, _ in made.most_common() if model and usable(model)), "")


def shot_for(edit: Edit, gap: Gap, plan: ScenePlan, words: Prompted, seed: int, *, kin: bool, negative: str = "") -> Shot:
    """The shot of the plan that lies in the slot, or the one nearest to it, with these words and the slot's frames.

    kin: the model that draws can share noise between pictures, and the ad wants that: then the shot keeps the ad's own seed; else it has
    `seed`, so that a clip that is made again is another one. negative: what must not be seen, "" for what the plan says."""
    i = edit.index(gap.piece)
    near = sorted((abs(k - i), k) for k in range(len(edit.pieces)))
    shots = {shot.id: shot for shot in plan.shots}
    found = next((shots[edit.pieces[k].name] for _, k in near if edit.pieces[k].name in shots), None) or main_shot(plan)
    return replace(
        found,
        id=f"again-{gap.piece}",
        start=edit.start(i),
        n_frames=gap.n_frames,
        head=gap.head,
        tail=gap.tail,
        still_prompt=words.text,
        motion_prompt=words.motion or found.motion_prompt,
        negative_prompt=negative or found.negative_prompt,
        seed=found.seed if kin else seed,
        look=gap.look,
    )


def seeds_of(seed: int, attempts: int) -> tuple[int, ...]:
    """One for each attempt; the first is `seed` itself."""
    return tuple(seed if n == 0 else crc32(f"{seed}/again/{n}".encode()) for n in range(attempts))


def asks_of(
    shot: Shot,
    plan: ScenePlan,
    size: tuple[int, int],
    fps: int,
    seeds: Sequence[int],
    still: Still | None = None,
    last: Still | None = None,
) -> tuple[VideoAsk, ...]:
    """One ask for each of `seeds`: the slot's exact frames, rate and size."""
    width, height = even(size[0]), even(size[1])
    return tuple(
        VideoAsk(
            prompt=shot.motion_prompt,
            negative_prompt=shot.negative_prompt,
            width=width,
            height=height,
            n_frames=shot.media_frames,
            fps=fps,
            seed=seed,
            still=still,
            last_still=last,
            subject=plan.subject if shot.shows_product else None,
            move=shot.move,
            variant=variant,
        )
        for variant, seed in enumerate(seeds)
    )


def _neighbour(piece: Piece, frame: int) -> Neighbour:
    own = piece.own
    return Neighbour(
        id=piece.id,
        media=piece.media,
        frame=piece.of_file(min(max(frame, 0), piece.media_frames - 1)),
        look=str(own.get("look", "none")),
        correction=Correction(**own.get("match", {})),
        still=str(own.get("still") or ""),
        number=int(own.get("scene") or 0),
    )


def _motion(own: dict[str, object]) -> str:
    return str(own.get("motion_prompt") or "")


def _scene(number: object) -> str:
    return f"scene {number}" if number else "its scene"


def _kind(gap: Gap) -> str:
    return "gap" if gap.is_gap else "clip"
