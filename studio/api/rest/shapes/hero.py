"""Hero frames on the wire: single frames, sets of them, what can be chosen, and a prompt as a cinematographer completes it."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from pipelines.hero.cinematographer import Directed
from studio.api.rest.shapes.asked_hero import A_PICTURE
from studio.api.rest.shapes.detail import TroubleReply
from studio.api.rest.shapes.examples import A_TIME
from studio.api.rest.shapes.whose import Whose
from studio.services.hero_sets import HeroSet
from studio.store.tables import HeroFrame, SetChange, Status

A_SET = "5a7f2a64-0f0c-4a53-9d1e-2d6f2f0f1b11"
A_FRAME = "3f1d9a52-7b56-4f0a-8a53-6f1f4b1f0c21"
AN_IMAGE = "/api/media/8c6c1b2e-6a3e-4a44-9d0b-6c9be5f3a003"


class TermReply(BaseModel):
    """One choice of a matter."""

    id: str = Field(examples=["rim"])
    title: str = Field(examples=["Rim light"])
    words: str = Field(description="What goes into the prompt.", examples=["rim light from behind on both sides, deep shadows"])
    why: str = Field(examples=["Light from behind draws the outline and leaves the rest to mystery."])


class MatterReply(BaseModel):
    """What a photographer decides, and its usual answers."""

    id: str = Field(examples=["light"])
    title: str = Field(examples=["Light"])
    terms: list[TermReply]


class HeroModelReply(BaseModel):
    """A picture model. why_not: empty when it can run here."""

    id: str = Field(examples=["product-studio/v1"])
    title: str = Field(examples=["Product studio"])
    price_usd: float | None = Field(description="US dollars a picture; null when that is not known.", examples=[0.0])
    why_not: str = Field(examples=[""])
    can: list[str] = Field(description="In words.", examples=[["exact framing and light"]])


class HeroOptionsReply(BaseModel):
    """What can be chosen for hero frames here."""

    matters: list[MatterReply]
    counts: list[int] = Field(description="The fewest and the most candidates.", examples=[[4, 8]])
    aspects: list[str] = Field(examples=[["9:16", "16:9", "1:1"]])
    models: list[HeroModelReply]
    default_model: str = Field(description="Empty when nobody makes pictures here.", examples=["product-studio/v1"])


class FrameChangeReply(BaseModel):
    """One change of a prompt. before: words that it replaces, empty for an addition; after: as it stands in the new one."""

    model_config = ConfigDict(from_attributes=True)

    matter: str = Field(examples=["light"])
    before: str = Field(examples=[""])
    after: str = Field(examples=["rim light from behind on both sides, deep shadows"])
    reason: str = Field(examples=["Light from behind draws the outline and leaves the rest to mystery."])


class DirectedReply(BaseModel):
    """A prompt as a cinematographer would give it."""

    original: str = Field(examples=[A_PICTURE])
    directed: str = Field(examples=[f"{A_PICTURE}, rim light from behind on both sides, deep shadows"])
    changes: list[FrameChangeReply]
    writer: str = Field(examples=["built-in copywriter"])
    notes: list[str]
    cost: float = Field(description="US dollars.", examples=[0.0])


class HeroEstimateLine(BaseModel):
    """One model's part of a quote."""

    model: str = Field(examples=["product-studio/v1"])
    cost: float = Field(examples=[0.0])


class HeroEstimateReply(BaseModel):
    """What a set may cost at most; or, while the prompt is being written, what it has yet to say (then cost is null)."""

    missing: str = Field("", description="What the prompt has yet to say, in a sentence; usually empty.")
    cost: float | None = Field(None, description="US dollars.", examples=[0.0])
    lines: list[HeroEstimateLine] = Field(default=[])
    notes: list[str] = Field(default=[], description="What is not counted in, and what the model cannot follow, one sentence each.")
    warnings: list[str] = Field(default=[], description="What may make it dearer, one sentence each.", examples=[[]])
    left_this_month: float = Field(description="US dollars that may still be spent this month (UTC).", examples=[50.0])
    cap_per_ad: float = Field(description="US dollars: the most that one order may cost.", examples=[5.0])


class FrameReply(BaseModel):
    """One candidate. image_url and thumbnail_url are null until it is made; primary: the anchor of its tree, one at most."""

    id: str = Field(examples=[A_FRAME])
    set_id: str = Field(examples=[A_SET])
    root_id: str = Field(description="The first set of its tree.", examples=[A_SET])
    position: int = Field(description="From 0, within its set.", examples=[0])
    parent_id: str | None = Field(description="The frame that its set came from.", examples=[None])
    change: SetChange = Field(examples=["new"])
    status: Status = Field(examples=["completed"])
    prompt: str = Field(examples=[A_PICTURE])
    negative_prompt: str = Field(examples=[""])
    choices: dict[str, str] = Field(description="What was chosen, and what this reading of the brief adds.", examples=[{"light": "rim"}])
    model: str = Field(examples=["product-studio/v1"])
    seed: int | None = Field(examples=[7])
    aspect_ratio: str = Field(examples=["9:16"])
    width: int = Field(description="Pixels.", examples=[720])
    height: int = Field(description="Pixels.", examples=[1280])
    image_url: str | None = Field(examples=[AN_IMAGE])
    thumbnail_url: str | None = Field(examples=[AN_IMAGE])
    favorite: bool = Field(examples=[False])
    primary: bool = Field(examples=[False])
    made: dict[str, Any] = Field(description="How it came about; empty until it is made.", examples=[{"seconds": 11.4, "cached": False}])
    cost: float | None = Field(description="US dollars; null until it is made.", examples=[0.0])
    error: TroubleReply | None = Field(examples=[None])
    created_at: datetime = Field(examples=[A_TIME])
    team_id: str | None = Field(description="The team that it belongs to; null for its maker's alone.", examples=[None])


class SetReply(Whose):
    """A set of candidates as it stands. Frames arrive one by one; each change of the set is an event of /events."""

    id: str = Field(examples=[A_SET])
    root_id: str = Field(description="The first set of its tree.", examples=[A_SET])
    parent_frame_id: str | None = Field(description="The frame that it came from.", examples=[None])
    change: SetChange = Field(examples=["new"])
    status: Status = Field(examples=["processing"])
    progress: float = Field(ge=0, le=100, description="Percent; never goes back.", examples=[52])
    current_step: str = Field(description="What is being done, in words.", examples=["Frame 3 of 4"])
    eta_seconds: float | None = Field(description="Null when that is not known.", examples=[14.0])
    queue_position: int | None = Field(description="1: next in line; null when it does not wait.", examples=[None])
    prompt: str = Field(examples=[A_PICTURE])
    original_prompt: str = Field(description="As the person wrote it.", examples=[A_PICTURE])
    enhanced_prompt: str | None = Field(description="As it was completed; null where it was not.", examples=[None])
    words: str = Field(description="What was to be different, besides choices; of a variation.", examples=[""])
    choices: dict[str, str] = Field(examples=[{"lens": "85"}])
    negative_prompt: str = Field(examples=[""])
    aspect_ratio: str = Field(examples=["9:16"])
    model: str = Field(examples=["product-studio/v1"])
    seed: int = Field(examples=[7])
    count: int = Field(examples=[4])
    quoted_cost: float = Field(description="US dollars: what it may cost at most.", examples=[0.0])
    cost: float | None = Field(description="US dollars; null before that is known.", examples=[None])
    error: TroubleReply | None = Field(examples=[None])
    created_at: datetime = Field(examples=[A_TIME])
    frames: list[FrameReply]


class FramesReply(BaseModel):
    """Some of the frames that were looked for, newest first, and how many there are in all."""

    total: int = Field(examples=[1])
    frames: list[FrameReply]
    models: list[str] = Field(description="That made any of one's frames.", examples=[["product-studio/v1"]])


class SetsReply(BaseModel):
    """Some of one's sets, newest first, and how many there are in all."""

    total: int = Field(examples=[1])
    sets: list[SetReply]


class LineageReply(BaseModel):
    """A tree: every set that came from the first one, oldest first."""

    root_id: str = Field(examples=[A_SET])
    sets: list[SetReply]


class SetRemovedReply(BaseModel):
    """The set, its frames and their files are gone."""

    message: str = Field(examples=["Hero frames deleted successfully"])


def directed_reply(found: Directed) -> DirectedReply:
    """A directed prompt."""
    return DirectedReply(
        original=found.original,
        directed=found.directed,
        changes=[FrameChangeReply.model_validate(change) for change in found.changes],
        writer=found.writer,
        notes=list(found.notes),
        cost=float(found.made.cost_usd) if found.made else 0.0,
    )


def frame_reply(frame: HeroFrame) -> FrameReply:
    """A frame as its owner sees it."""
    return FrameReply(
        id=frame.id,
        set_id=frame.set_id,
        root_id=frame.root_id,
        position=frame.position,
        parent_id=frame.parent_id,
        change=frame.change,
        status=frame.status,
        prompt=frame.prompt,
        negative_prompt=frame.negative_prompt,
        choices=frame.brief.get("hero", {}).get("choices", {}),
        model=frame.model,
        seed=frame.seed,
        aspect_ratio=frame.aspect_ratio,
        width=frame.width,
        height=frame.height,
        image_url=frame.image.url if frame.image else None,
        thumbnail_url=frame.thumbnail.url if frame.thumbnail else None,
        favorite=frame.favorite,
        primary=frame.is_primary,
        made=frame.made or {},
        cost=None if frame.cost is None else float(frame.cost),
        error=TroubleReply(code=frame.error_code, message=frame.error_message or "") if frame.error_code else None,
        created_at=frame.created_at,
        team_id=frame.team_id,
    )


def set_reply(found: HeroSet) -> SetReply:
    """A set as its owner sees it."""
    detail, brief = found.detail, found.generation.brief
    first = found.frames[0]
    return SetReply(
        id=detail.id,
        root_id=found.root_id,
        parent_frame_id=first.parent_id,
        change=first.change,
        status=detail.status,
        progress=detail.progress,
        current_step=detail.current_step,
        eta_seconds=detail.eta_s,
        queue_position=detail.queue_position,
        prompt=first.prompt,
        original_prompt=first.original_prompt,
        enhanced_prompt=next((frame.enhanced_prompt for frame in found.frames if frame.enhanced_prompt), None),
        words=brief["words"],
        choices=brief["hero"]["choices"],
        negative_prompt=first.negative_prompt,
        aspect_ratio=found.generation.aspect_ratio,
        model=brief["models"]["image"],
        seed=brief["seed"],
        count=brief["hero"]["count"],
        quoted_cost=float(detail.quoted_cost),
        cost=None if detail.cost is None else float(detail.cost),
        error=TroubleReply(code=detail.error.code, message=detail.error.message) if detail.error else None,
        created_at=detail.created_at,
        team_id=found.generation.team_id,
        may=found.right.name.lower(),
        frames=[frame_reply(frame) for frame in found.frames],
    )
