"""What the Editor tells of a draft: frozen values, without rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from pipelines.editing import Edit
from studio.services.ad_parts import Part
from studio.store.tables import Generation


@dataclass(frozen=True)
class Step:
    """Something that was done, in words."""

    words: str
    action: Mapping[str, Any]
    at: str


@dataclass(frozen=True)
class SavedVersion:
    """A saved state of an ad."""

    id: str
    number: int
    title: str
    n_changes: int
    created_at: datetime


@dataclass(frozen=True)
class Asset:
    """A file that was added to an ad's media."""

    id: str
    name: str
    kind: str
    title: str
    origin: str
    media_id: str
    n_frames: int
    width: int | None
    height: int | None
    about: Mapping[str, Any]
    created_at: datetime


@dataclass(frozen=True)
class Draft:
    """A draft as it stands. timeline: its OpenTimelineIO JSON; edit: the same to look at. parts: what the ad was cut from; assets: what was
    added. dirty: whether it differs from what was saved last, or from the ad where nothing was."""

    ad: Generation
    revision: int
    timeline: str
    edit: Edit
    parts: tuple[Part, ...]
    assets: tuple[Asset, ...]
    done: tuple[Step, ...]
    undone: tuple[Step, ...]
    versions: tuple[SavedVersion, ...]
    saved_id: str | None
    dirty: bool


@dataclass(frozen=True)
class DraftCard:
    """A draft in a list."""

    ad_id: str
    prompt: str
    aspect_ratio: str
    thumbnail_id: str | None
    changes: int
    changed_at: datetime
