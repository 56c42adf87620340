"""A draft as plain values, as pages and programs get it. Knows timelines' edits and addresses of media; no HTTP, no database."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from models.typefaces import TYPEFACES
from pipelines.editing import Edit, Piece
from pipelines.editing.title_actions import POSITIONS
from pipelines.grade import LOOKS
from pipelines.text_animations import ANIMATIONS, EXITS
from pipelines.transitions import TRANSITIONS
from pipelines.word_captions.styles import NAMES as CAPTION_STYLES
from studio.services.drafts import Draft
from studio.services.editor_captions_told import cues_told
from studio.services.strips import TILE_HEIGHT, TILES_PER_SECOND

Address = Callable[[str], str]
"""Media id → where its owner fetches it."""


def told(draft: Draft, address: Address, proxies: Mapping[str, str] = MappingProxyType({})) -> dict[str, Any]:
    """Everything the Editor shows. proxies: the media ids of clips that have a small copy, by their names."""
    ids = {part.name: part.media_id for part in draft.parts} | {asset.name: asset.media_id for asset in draft.assets}
    used = {piece.media for piece in draft.edit.pieces}
    return {
        "ad": {
            "id": draft.ad.id,
            "prompt": draft.ad.prompt,
            "aspect_ratio": draft.ad.aspect_ratio,
            "video_url": address(draft.ad.video_id) if draft.ad.video_id else None,
            "thumbnail_url": address(draft.ad.thumbnail_id) if draft.ad.thumbnail_id else None,
            "scenes": _scenes(draft.edit),
        },
        "revision": draft.revision,
        "dirty": draft.dirty,
        "saved": draft.saved_id,
        "edit": edit_told(draft.edit),
        "media": media_told(draft, ids, address, proxies),
        "done": [{"words": step.words, "action": dict(step.action), "at": step.at} for step in draft.done],
        "undone": [{"words": step.words, "action": dict(step.action)} for step in draft.undone],
        "versions": [
            {"id": one.id, "number": one.number, "title": one.title, "n_changes": one.n_changes, "created_at": one.created_at.isoformat()}
            for one in draft.versions
        ],
        "beats": beats(draft.edit),
        "choices": choices(),
        "bin": [
            {
                "id": asset.id,
                "name": asset.name,
                "kind": asset.kind,
                "title": asset.title,
                "origin": asset.origin,
                "in_use": asset.name in used,
                "n_frames": asset.n_frames,
                "created_at": asset.created_at.isoformat(),
            }
            for asset in draft.assets
        ],
    }


def _scenes(edit: Edit) -> list[dict[str, Any]]:
    """The scenes of the story that the edit shows, in its order."""
    known = {piece.own["scene"]: piece.own.get("scene_type", "") for piece in edit.pieces if piece.own.get("scene")}
    return [{"number": number, "title": title} for number, title in known.items()]


def edit_told(edit: Edit) -> dict[str, Any]:
    """The timeline in frames."""
    own = edit.settings
    return {
        "name": edit.name,
        **{key: own[key] for key in ("width", "height", "fps", "grade", "music_volume", "effects_volume")},
        **{key: [list(span) for span in own.get(key, ())] for key in ("music_spans", "effects_spans")},
        "n_frames": edit.n_frames,
        "safe": list(own["safe"]),
        "pieces": [_piece(edit, i, piece) for i, piece in enumerate(edit.pieces)],
        "captions": [{"id": one.id, "start": one.start, "n_frames": one.n_frames, **one.values} for one in edit.captions],
        **cues_told(edit),
        "spoken": [
            {"start_s": one.start / 48_000, "length_s": one.length / 48_000, "text": one.text, "media": one.media} for one in edit.spoken
        ],
        "music": {"media": edit.music.media, "media_frames": edit.music.media_frames} if edit.music else None,
        "effects": {"media": edit.effects.media, "media_frames": edit.effects.media_frames} if edit.effects else None,
    }


def _piece(edit: Edit, i: int, piece: Piece) -> dict[str, Any]:
    own = piece.own
    return {
        "id": piece.id,
        "start": edit.start(i),
        "n_frames": piece.n_frames,
        "gap": piece.is_gap,
        "media": piece.media,
        "media_in": piece.media_in,
        "media_frames": piece.media_frames,
        "speed": piece.speed,
        "transition": piece.transition,
        "transition_frames": piece.transition_frames,
        "name": piece.name,
        "group": piece.group,
        "shows": piece.shows,
        "scene": own.get("scene"),
        "look": own.get("look", "none"),
        "correction": own.get("match"),
        "label": edit.called(i),
        "prompt": own.get("still_prompt", ""),
        "model": own.get("video_model", ""),
        "seed": own.get("seed"),
        "room": [0, 0] if piece.is_gap else [piece.media_in, piece.media_frames - piece.media_in - piece.n_frames],
    }


def media_told(draft: Draft, ids: Mapping[str, str], address: Address, proxies: Mapping[str, str]) -> dict[str, Any]:
    """What every file is, by the name that timelines give it. strip: tiles of TILE_HEIGHT pixels, TILES_PER_SECOND of them in a row.
    proxy: a small copy to play and to seek in, None where there is none (yet)."""
    fps = draft.edit.fps
    found: dict[str, Any] = {}
    for part in draft.parts:
        if part.role in ("clip", "still", "music", "effects", "voice"):
            kind = "clip" if part.role == "clip" else "still" if part.role == "still" else "sound"
            found[part.name] = {"name": part.name, "kind": kind, "url": address(part.media_id), "media_id": part.media_id}
    for asset in draft.assets:
        kind = "sound" if asset.kind == "sound" else "clip"
        found[asset.name] = {"name": asset.name, "kind": kind, "url": address(asset.media_id), "media_id": asset.media_id}
    for media in found.values():
        if media["kind"] == "clip":
            media["strip"] = {
                "url": f"{address(ids[media['name']])}/strip",
                "every": max(1, fps // TILES_PER_SECOND),
                "tile_height": TILE_HEIGHT,
            }
            media["proxy"] = {"url": f"{address(proxies[media['name']])}/proxy"} if media["name"] in proxies else None
        if media["kind"] == "sound":
            media["wave"] = {"url": f"{address(ids[media['name']])}/wave"}
    return found


def beats(edit: Edit) -> list[int]:
    """Frames at which the music has a beat, within the film."""
    return [frame for at in edit.settings.get("beats_s", ()) if (frame := round(float(at) * edit.fps)) <= edit.n_frames]


def choices() -> dict[str, list[str]]:
    """What the actions take, by the name of what is chosen."""
    return {
        "transitions": list(TRANSITIONS),
        "looks": ["none", *(name for name in LOOKS if name != "none")],
        "grades": list(LOOKS),
        "positions": list(POSITIONS),
        "styles": list(TYPEFACES),
        "animations": list(ANIMATIONS),
        "exits": list(EXITS),
        "caption_styles": list(CAPTION_STYLES),
    }
