"""The Editor on the wire. What a draft looks like is told by studio.services.editor_told; here is what may be asked."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import A_TIME, AN_AD
from studio.services.drafts import DraftCard
from studio.services.editor_exports import ExportTold

A_TRIM = {"action": "trim", "clip": "s2a", "edge": "tail", "by": -6}


class _Asked(BaseModel):
    model_config = ConfigDict(extra="forbid")

    revision: int = Field(description="Of the draft that was seen. 409 when it is another one by now.", examples=[7])


class ActionsAsked(_Asked):
    """Edits to be done, all or none."""

    actions: list[dict[str, Any]] = Field(min_length=1, max_length=50, description="See GET /editor/actions.", examples=[[A_TRIM]])


class StepsAsked(_Asked):
    """How far back, or forth."""

    steps: int = Field(1, ge=1, le=1000, examples=[1])


class SaveAsked(_Asked):
    """A name for what is kept."""

    title: str = Field("", max_length=400, description="Up to 80 characters; numbered when empty.", examples=["Shorter, warmer"])


class OpenAsked(_Asked):
    """Which saved version to go on from."""

    version_id: str | None = Field(None, max_length=64, description="Null: the ad as it was made.", examples=[AN_AD])


class ImportAsked(_Asked):
    """A timeline that was handed out for this ad."""

    timeline: dict[str, Any] = Field(description="What is in timeline.otio: OpenTimelineIO JSON, up to 4 MB.")


class ExportAsked(_Asked):
    """How the film shall be; what is left out is as the edit is."""

    aspect: str | None = Field(None, max_length=10, examples=["1:1"])
    short_side: int | None = Field(None, description="720, 1080 or 2160 pixels.", examples=[1080])
    fps: int | None = Field(None, description="24, 25, 30 or 60.", examples=[24])
    codec: str | None = Field(None, max_length=10, description="h264, hevc or av1, where there is an encoder.", examples=["h264"])
    quality: str | None = Field(None, max_length=10, description="draft, standard or high.", examples=["standard"])
    framing: str | None = Field(
        None,
        max_length=10,
        description="How pictures get into another shape: crop, or rerender, where the product studio photographs its shots again.",
        examples=["crop"],
    )


class DraftReply(BaseModel):
    """A draft as it stands: timeline in frames, media by name, history, versions, and what the actions may choose from."""

    ad: dict[str, Any]
    revision: int = Field(description="To be named with the next change.", examples=[7])
    dirty: bool = Field(description="Whether it differs from what was saved last.")
    saved: str | None = Field(description="The version that it was last the same as.")
    edit: dict[str, Any] = Field(description="The timeline: pieces, captions, sound; all in frames.")
    media: dict[str, Any] = Field(description="By the name that the timeline gives a file.")
    done: list[dict[str, Any]] = Field(description="What was done, oldest first, in words and as actions.")
    undone: list[dict[str, Any]] = Field(description="What can be done again, the next one last.")
    versions: list[dict[str, Any]]
    beats: list[int] = Field(description="Frames on which the music has a beat.")
    choices: dict[str, list[str]]
    bin: list[dict[str, Any]] = Field(description="Media that were added.")


class ActionRow(BaseModel):
    """An action that the Editor knows."""

    name: str = Field(examples=["trim"])
    title: str = Field(examples=["Trim"])
    what: str = Field(examples=["Move one end of a clip."])
    arguments: dict[str, Any] = Field(description="JSON Schema.")


class ActionsReply(BaseModel):
    """All of them."""

    actions: list[ActionRow]


class DraftRow(BaseModel):
    """A draft in a list."""

    ad_id: str = Field(examples=[AN_AD])
    prompt: str
    aspect_ratio: str = Field(examples=["9:16"])
    thumbnail_url: str | None
    changes: int = Field(examples=[12])
    changed_at: datetime = Field(examples=[A_TIME])


class DraftsReply(BaseModel):
    """Ads whose edits are not finished, the last one first."""

    drafts: list[DraftRow]


class ExportOptionsReply(BaseModel):
    """What an export can be."""

    aspects: list[dict[str, Any]]
    heights: list[dict[str, Any]]
    rates: list[dict[str, Any]]
    codecs: list[dict[str, Any]]
    qualities: list[str]
    framings: list[dict[str, Any]] = Field(description="Crop, or photograph again: how many clips can be, and seconds by shape.")


class ExportingReply(BaseModel):
    """Ordered; it is a version of the ad, with a page and a status of its own."""

    generation_id: str = Field(examples=[AN_AD])


class ExportRow(BaseModel):
    """An export of an ad."""

    generation_id: str = Field(examples=[AN_AD])
    status: str = Field(examples=["completed"])
    words: str = Field(description="What it is.", examples=["1080 × 1920, 24 fps, H.264"])
    trouble: str
    video_url: str | None
    size_bytes: int | None
    copied: int | None = Field(description="Frames that were copied from the film before, coded as they are.", examples=[282])
    rendered: int | None = Field(examples=[78])
    why_whole: str = Field(description="Why nothing could be copied; empty otherwise.")
    framed: list[dict[str, Any]] = Field(description="Of each clip that was to be photographed again: piece, how, why.")
    created_at: datetime = Field(examples=[A_TIME])


class ExportsReply(BaseModel):
    """Newest first."""

    exports: list[ExportRow]


def draft_row(card: DraftCard) -> DraftRow:
    """On the wire."""
    return DraftRow(
        ad_id=card.ad_id,
        prompt=card.prompt,
        aspect_ratio=card.aspect_ratio,
        thumbnail_url=f"/api/thumbnail/{card.ad_id}" if card.thumbnail_id else None,
        changes=card.changes,
        changed_at=card.changed_at,
    )


def export_row(one: ExportTold) -> ExportRow:
    """On the wire."""
    return ExportRow(
        generation_id=one.generation_id,
        status=one.status.value,
        words=one.words,
        trouble=one.trouble,
        video_url=f"/api/media/{one.video_id}" if one.video_id else None,
        size_bytes=one.size_bytes,
        copied=one.copied,
        rendered=one.rendered,
        why_whole=one.why_whole,
        framed=[dict(row) for row in one.framed],
        created_at=one.created_at,
    )
