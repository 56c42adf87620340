"""The shots of an ad photographed again for another shape, instead of cropped: the same scene, light, move and seed, through a frame of
another shape. Only the product studio can do that; its pictures are the same set again, another model's would be other pictures.

    piece ── the plan's own picture, made by the studio? ──┬── yes ─▶ the shot at the new size, frame for frame as long
                                                           └── no ──▶ cropped around its subject (focus.py), and why

Works on an edit and the plan it was made from. A clip that was replaced, made again or brought along is not the plan's.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from models.errors import Cancelled, ModelError
from pipelines.ad import make_shot
from pipelines.editing import Edit, Piece
from pipelines.edl import Edl
from pipelines.identity import STUDIO
from pipelines.progress import Tools
from pipelines.scene_plan import ScenePlan, Shot

How = Literal["re-rendered", "cropped"]


@dataclass(frozen=True)
class Framed:
    """How a clip got into its new shape. piece: its id. why: a sentence where it was cropped although it was to be rendered, else ""."""

    piece: str
    how: How
    why: str = ""


@dataclass(frozen=True)
class Reframable:
    """shots: to be photographed again, each once. pieces: of every piece with a picture, its shot, or why it has none."""

    shots: tuple[Shot, ...]
    pieces: Mapping[str, Shot | str]


@dataclass(frozen=True)
class Reframed:
    """path: None where it could not be made; why says so then."""

    shot: str
    path: Path | None
    why: str = ""


def reframable(edit: Edit, plan: ScenePlan) -> Reframable:
    """What of an edit can be photographed again. plan: as the ad was made, with the product's photo where that is still there."""
    shots = {shot.id: shot for shot in plan.shots}
    pieces: dict[str, Shot | str] = {piece.id: _shot_of(piece, shots.get(piece.name)) for piece in edit.pieces if not piece.is_gap}
    wanted = {shot.id: shot for shot in pieces.values() if isinstance(shot, Shot)}
    return Reframable(tuple(wanted.values()), pieces)


def reframe_shot(tools: Tools, shot: Shot, plan: ScenePlan) -> Reframed:
    """Photograph `shot` at the size of `plan`. A model that cannot is told of, not raised; raises Cancelled."""
    try:
        made = make_shot(tools, shot, plan, {"image": STUDIO, "video": STUDIO})
    except Cancelled:
        raise
    except ModelError as error:
        return Reframed(shot.id, None, str(error))
    return Reframed(shot.id, made.clip.path)


def with_reframed(edl: Edl, edit: Edit, can: Reframable, made: list[Reframed]) -> tuple[Edl, tuple[Framed, ...]]:
    """The edit list with the new pictures in the places of the old ones, and how each clip was framed. edl: conformed from `edit`."""
    by_shot = {one.shot: one for one in made}
    media: dict[str, str] = {}
    told: list[Framed] = []
    for piece, picture in zip(edit.pieces, edl.pictures, strict=True):
        shot = can.pieces.get(piece.id)
        if shot is None:
            continue
        new = by_shot[shot.id] if isinstance(shot, Shot) else Reframed("", None, shot)
        if new.path is None:
            told.append(Framed(piece.id, "cropped", new.why))
        else:
            media[picture.media] = str(new.path)
            told.append(Framed(piece.id, "re-rendered"))
    pictures = tuple(replace(picture, media=media.get(picture.media, picture.media)) for picture in edl.pictures)
    return replace(edl, pictures=pictures), tuple(told)


def framing_told(framed: tuple[Framed, ...], edit: Edit) -> tuple[str, ...]:
    """In a sentence or two, for people."""
    again = sum(one.how == "re-rendered" for one in framed)
    notes = [f"{again} of {len(framed)} clips were photographed again for this shape."] if framed else []
    for one in framed:
        if one.how == "cropped":
            notes.append(f"{edit.called(edit.index(one.piece))} was cropped around its subject: {one.why}")
    return tuple(notes)


def framing_rows(framed: tuple[Framed, ...]) -> list[dict[str, Any]]:
    """As plain values."""
    return [asdict(one) for one in framed]


def _shot_of(piece: Piece, shot: Shot | None) -> Shot | str:
    own = piece.own
    if own.get("regenerated"):
        return "it was made again in the Editor."
    if shot is None or (own.get("seed"), own.get("still_prompt")) != (shot.seed, shot.still_prompt):
        return "it is not one of the ad's own shots."
    if {own.get("image_model"), own.get("video_model")} != {STUDIO}:
        return f"{own.get('video_model') or 'Its model'} would not make the same picture again."
    return shot
