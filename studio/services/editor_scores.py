"""The score lane under a draft: what the ad's film measured, mapped to the draft's clips and cuts, and findings with edits that mend them.

    measured by scene and time ─▶ the ad's own timeline says which clip that was ─▶ where that clip lies in the draft, if it still does

Nothing is measured anew: what the draft has changed since is marked stale. Knows no HTTP.
"""

import threading
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from pipelines.correction import MEASURED, Correction
from pipelines.editing import Edit, Piece, edit_of
from pipelines.editing.edit import Caption
from pipelines.enhancement import LIKE_ENOUGH
from pipelines.enhancement_edges import jump
from pipelines.errors import PipelineError
from pipelines.plan_as_cut import scenes_as_cut
from pipelines.regeneration import gap_of
from pipelines.regeneration_fit import correction_between, edge_at, neighbour_edge, window_of
from pipelines.timeline import timeline_from
from studio.services.ad_parts import TIMELINE_ROLE
from studio.services.drafts import Draft
from studio.services.editor import Editor
from studio.services.editor_fixes import Fix, coherence_fix, preflight_fix
from studio.services.quality import Qualities, Quality
from studio.store.media import Media

MOST_REMEMBERED = 512
"""Corrections; four numbers each."""

NAMES = {"delta_e": ("Colour difference", None), "delta_c": ("Colour at equal lightness", 12.0), "delta_l": ("Lightness", 15.0)}
"""Of what seams measure: for people, and eval's limit."""


@dataclass(frozen=True)
class LaneScore:
    """A measure of a clip's scene. goodness: 0..1 where eval has a scale for it."""

    metric: str
    name: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    direction: str
    goodness: float | None


@dataclass(frozen=True)
class LaneClip:
    """stale: the clip is not as it was when its scene was measured."""

    piece: str
    scene: int | None
    stale: bool
    scores: tuple[LaneScore, ...]


@dataclass(frozen=True)
class LaneMeasure:
    """limit: what it is held against, None for nothing."""

    measure: str
    name: str
    value: float | None
    limit: float | None


@dataclass(frozen=True)
class LaneCut:
    """frame: of the draft. planned: the story means the light to change here."""

    frame: int
    before: str
    after: str
    planned: bool
    stale: bool
    measures: tuple[LaneMeasure, ...]


@dataclass(frozen=True)
class LaneFinding:
    """frame: of the draft, None for the whole film. source: "coherence" or "preflight"."""

    id: str
    source: str
    weight: str
    frame: int | None
    pieces: tuple[str, ...]
    scene: int | None
    sentence: str
    advice: str
    measure: str
    value: float | str | None
    limit: float | None
    fix: Fix | None


@dataclass(frozen=True)
class Lane:
    """The whole lane. measured_at: None when the ad was never measured; everything is empty then."""

    stale: bool
    measured_at: datetime | None
    clips: tuple[LaneClip, ...]
    cuts: tuple[LaneCut, ...]
    findings: tuple[LaneFinding, ...]


class EditorScores:
    """Thread-safe."""

    def __init__(self, media: Media, editor: Editor, qualities: Qualities) -> None:
        self._media = media
        self._editor = editor
        self._qualities = qualities
        self._lock = threading.Lock()
        self._known: OrderedDict[tuple[Any, ...], Mapping[str, Any] | None] = OrderedDict()

    def of(self, user_id: str, ad_id: str) -> Lane:
        """Of the user's draft. Raises NotFound, NotYours, NotReady."""
        draft = self._editor.open(user_id, ad_id)
        quality = self._qualities.of(user_id, ad_id)
        base = self._base(user_id, draft)
        if quality.measured_at is None:
            return Lane(draft.timeline != "" and changed(base, draft.edit), None, (), (), ())
        stale = {piece.id for piece in draft.edit.pieces if not same(piece, _by_id(base, piece.id))}
        clips = _clips(base, draft.edit, quality, stale)
        return Lane(
            stale=changed(base, draft.edit),
            measured_at=quality.measured_at,
            clips=clips,
            cuts=_cuts(base, draft.edit, quality.found, stale),
            findings=(*self._coherence(user_id, draft, base, quality.found, stale), *_preflight(draft, base, quality.found)),
        )

    def _base(self, user_id: str, draft: Draft) -> Edit:
        """The ad as it was made and measured."""
        part = next(part for part in draft.parts if part.role == TIMELINE_ROLE)
        text = b"".join(self._media.read(self._media.find(part.media_id, owner_id=user_id))).decode()
        return edit_of(timeline_from(text))

    def _coherence(self, user_id: str, draft: Draft, base: Edit, found: Mapping[str, Any], stale: set[str]) -> tuple[LaneFinding, ...]:
        timeline, rows = timeline_from(draft.timeline), list[LaneFinding]()
        for n, row in enumerate(found.get("findings", ())):
            at = _place(base, draft.edit, float(row["time_s"]))
            if at is None:
                continue
            i, frame = at
            here = draft.edit.pieces[i]
            jumps = row["code"] in ("color_jump", "light_jump", "motion_reversal")
            if here.id in stale or (
                jumps and (i == 0 or draft.edit.pieces[i - 1].id in stale or _before(base, here.id) != draft.edit.pieces[i - 1].id)
            ):
                continue  # what was found is not what the draft shows any more
            if row["code"] == "motion_reversal" and here.transition == "crossfade":
                continue
            fix = coherence_fix(timeline, draft.edit, row["code"], i, lambda k: self._match(user_id, draft, k))
            rows.append(
                LaneFinding(
                    id=f"coherence-{n}",
                    source="coherence",
                    weight="mend",
                    frame=draft.edit.start(i) if jumps else frame,
                    pieces=(draft.edit.pieces[i - 1].id, here.id) if jumps else (here.id,),
                    scene=row["scene"],
                    sentence=row["sentence"],
                    advice=row["fix"],
                    measure=row["measure"],
                    value=row["value"],
                    limit=row["limit"],
                    fix=fix,
                )
            )
        return tuple(rows)

    def _match(self, user_id: str, draft: Draft, i: int) -> Mapping[str, Any] | None:
        """What draws the scene at piece i towards the clip before it, on top of the correction it has."""
        edit = draft.edit
        ids = {part.name: part.media_id for part in draft.parts} | {asset.name: asset.media_id for asset in draft.assets}
        before, here = edit.pieces[i - 1], edit.pieces[i]
        if before.is_gap or here.is_gap or before.media not in ids or here.media not in ids:
            return None
        key = (*_look(before), *_look(here), ids[before.media], ids[here.media], edit.settings.get("grade"))
        with self._lock:
            if key in self._known:
                return self._known[key]
        with ExitStack() as stack:
            files = [stack.enter_context(self._media.local(self._media.find(ids[one.media], owner_id=user_id))) for one in (before, here)]
            try:
                found = match_at(edit, i, files[0], files[1], tuple(draft.ad.brief.get("colors") or ()))
            except PipelineError:
                found = None
        with self._lock:
            self._known[key] = found
            while len(self._known) > MOST_REMEMBERED:
                self._known.popitem(last=False)
        return found


def match_at(edit: Edit, i: int, before: Path, here: Path, spared: tuple[str, ...] = ()) -> Mapping[str, Any] | None:
    """The correction of piece i as a whole, within what an edit may do, that brings it nearer to the clip before it; None where none does.
    before, here: the files of the two. spared: brand colours. Raises MediaError."""
    gap, grade = gap_of(edit, edit.pieces[i].id), str(edit.settings.get("grade", "none"))
    if gap.before is None:
        return None
    theirs = neighbour_edge(gap.before, before.parent, grade, edit.fps, at_end=True, media=before)
    piece = edit.pieces[i]
    window = window_of(piece.n_frames - gap.head - gap.tail, edit.fps)
    raw = edge_at(here, piece.of_file(piece.media_in + gap.head), window, edit.fps, (gap.look, grade))
    own = Correction(**piece.own.get("match", {}))
    now = raw.corrected(own)
    total = own.then(correction_between([theirs], [now], spared, limits=MEASURED)).bounded(MEASURED)
    if total == own or jump(theirs, raw.corrected(total)) > LIKE_ENOUGH * jump(theirs, now):
        return None
    numbers = {"offset": total.offset, "gain": total.gain, "cb": total.cb, "cr": total.cr}
    return numbers | ({"spared": list(total.spared)} if total.spared else {})


def same(piece: Piece, was: Piece | None) -> bool:
    """Whether the picture of a piece is what it was."""
    return was is not None and _look(piece) == _look(was)


def changed(base: Edit, edit: Edit) -> bool:
    """Whether a draft shows or says anything else than what was measured."""
    return (base.pieces, base.captions, base.settings, base.music, base.effects) != (
        edit.pieces,
        edit.captions,
        edit.settings,
        edit.music,
        edit.effects,
    )


def _look(piece: Piece) -> tuple[Any, ...]:
    match = piece.own.get("match", {})
    return (
        piece.media,
        piece.media_in,
        piece.n_frames,
        piece.speed,
        piece.own.get("look", "none"),
        tuple(sorted((k, str(v)) for k, v in match.items())),
    )


def _by_id(edit: Edit, id: str) -> Piece | None:
    return next((piece for piece in edit.pieces if piece.id == id), None)


def _before(edit: Edit, id: str) -> str | None:
    i = next((i for i, piece in enumerate(edit.pieces) if piece.id == id), 0)
    return edit.pieces[i - 1].id if i else None


def _place(base: Edit, edit: Edit, time_s: float) -> tuple[int, int] | None:
    """(index of the piece, frame) in the draft of what was seen at a time of the ad; None when it is not in the draft any more."""
    frame = round(time_s * base.fps)
    at = base.at(frame)
    piece = base.pieces[at]
    found = next((i for i, one in enumerate(edit.pieces) if one.id == piece.id), None)
    if found is None:
        return None
    inside = min(max(0, frame - base.start(at)), edit.pieces[found].n_frames - 1)
    return found, edit.start(found) + inside


def _measured(base: Edit) -> dict[str, int]:
    """By the id of each piece of the measured film: the number under which its scene was measured."""
    return {piece.id: number for piece, number in zip(base.pieces, scenes_as_cut(base), strict=True)}


def _clips(base: Edit, edit: Edit, quality: Quality, stale: set[str]) -> tuple[LaneClip, ...]:
    from eval.ranking import PARTS

    curves = {metric: curve for part in PARTS for metric, curve in part.curves.items()}
    rows: dict[int, list[LaneScore]] = {}
    for row in quality.metrics:
        curve = curves.get(row.metric)
        goodness = None if curve is None or row.value is None else round(min(1.0, max(0.0, curve(row.value))), 4)
        score = LaneScore(row.metric, row.name, row.kind, row.value, row.low, row.high, row.direction, goodness)
        rows.setdefault(row.scene, []).append(score)
    numbers = _measured(base)
    kin = {piece.own.get("scene"): numbers[piece.id] for piece in base.pieces if not piece.is_gap}
    return tuple(
        LaneClip(piece.id, scene, piece.id in stale, tuple(rows.get(numbers.get(piece.id, kin.get(scene, -1)), ())))
        for piece in edit.pieces
        if not piece.is_gap
        for scene in [int(piece.own["scene"]) if piece.own.get("scene") else None]
    )


def _cuts(base: Edit, edit: Edit, found: Mapping[str, Any], stale: set[str]) -> tuple[LaneCut, ...]:
    """Every cut between two clips of the draft; measured where the ad had the same cut between two scenes."""
    seams = {(row["before"], row["after"]): row for row in found.get("seams", ())}
    numbers, cuts = _measured(base), []
    for i in range(1, len(edit.pieces)):
        before, after = edit.pieces[i - 1], edit.pieces[i]
        if before.is_gap or after.is_gap:
            continue
        seam = seams.get((numbers.get(before.id), numbers.get(after.id)))
        met = _before(base, after.id) == before.id
        measures = tuple(LaneMeasure(key, name, seam.get(key), limit) for key, (name, limit) in NAMES.items()) if seam and met else ()
        old = {before.id, after.id} & stale or not met
        cuts.append(LaneCut(edit.start(i), before.id, after.id, bool(seam and seam["planned"]), bool(old), measures))
    return tuple(cuts)


def _preflight(draft: Draft, base: Edit, found: Mapping[str, Any]) -> tuple[LaneFinding, ...]:
    told = found.get("preflight") or {}
    timeline, edit, rows = timeline_from(draft.timeline), draft.edit, list[LaneFinding]()
    for n, row in enumerate(told.get("findings", ())):
        caption = _caption(base, edit, row["time_s"])
        if row["time_s"] is not None and row["rule"] != "brand" and caption is None:
            continue  # the text that it is about was changed or taken out
        frame = caption.start if caption else None
        rows.append(
            LaneFinding(
                id=f"preflight-{n}",
                source="preflight",
                weight=row["weight"],
                frame=frame,
                pieces=(edit.pieces[edit.at(frame)].id,) if frame is not None else (),
                scene=row["scene"],
                sentence=row["sentence"],
                advice=row["fix"],
                measure=row["rule"],
                value=row["measured"],
                limit=None,
                fix=preflight_fix(timeline, edit, row["rule"], caption, row["measured"]),
            )
        )
    return tuple(rows)


def _caption(base: Edit, edit: Edit, time_s: float | None) -> Caption | None:
    """The draft's title that began at that time of the ad, unless it was changed since."""
    if time_s is None:
        return None
    was = next((one for one in base.captions if abs(one.start / base.fps - time_s) < 0.5 / base.fps + 0.005), None)
    now = next((one for one in edit.captions if was is not None and one.id == was.id), None)
    return now if now is not None and was is not None and (now.values, now.n_frames) == (was.values, was.n_frames) else None
