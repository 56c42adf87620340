"""Clips made again inside an edit, and the score lane under it, on the wire."""

from datetime import datetime
from decimal import Decimal
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.ads import LineReply
from studio.api.rest.shapes.detail import TroubleReply
from studio.api.rest.shapes.examples import A_FILM, A_POSTER, A_TIME, AN_AD
from studio.api.rest.shapes.takes import AttemptScoreReply, PartReply, RankingReply, TakeMadeReply
from studio.services.regeneration_told import RegenerationTold
from studio.services.regenerations import LONGEST_PROMPT, MOST_ATTEMPTS, RegenerationAsked, RegenerationEstimate
from studio.store.tables import Status

A_PIECE = "s2a"


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class AskedRegeneration(BaseModel):
    """A clip or a gap of the draft, and what shall be there instead."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(description="Of the draft that was seen. 409 when it is another one by now.", examples=[7])
    piece: str = Field(min_length=1, max_length=80, description="Id of a clip or a gap.", examples=[A_PIECE])
    prompt: str | None = Field(
        None,
        max_length=LONGEST_PROMPT,
        description="Null: the words of its scene, of the main shot, or of its neighbours.",
        examples=[None],
    )
    negative_prompt: str | None = Field(None, max_length=LONGEST_PROMPT, examples=[None])
    model: str | None = Field(None, max_length=100, description="Null: the one that made the ad's clips.", examples=[None])
    attempts: int | None = Field(None, ge=1, le=MOST_ATTEMPTS, description="Null: as this studio is set up.", examples=[3])
    seed: int | None = Field(None, ge=0, lt=2**32, description="Null: clips that were not made yet.", examples=[None])
    pin_frames: bool = Field(True, description="Begin and end on the neighbours' frames, where the model can.")
    reference: bool = Field(True, description="Let a new first picture take after the neighbours', where the model can.")
    match_colors: bool = Field(True, description="Draw its colours towards the neighbours'; brand colours stay as they are.")

    def asked(self) -> RegenerationAsked:
        """As the service takes it."""
        return RegenerationAsked(
            piece=self.piece,
            prompt=self.prompt or "",
            negative_prompt=self.negative_prompt or "",
            model=self.model or "",
            attempts=self.attempts,
            seed=self.seed,
            pin_frames=self.pin_frames,
            reference=self.reference,
            match_colors=self.match_colors,
        )


class AskedAcceptance(BaseModel):
    """Which attempt goes into the draft."""

    model_config = ConfigDict(extra="forbid")

    revision: int = Field(examples=[7])
    attempt_id: str = Field(max_length=64, examples=[AN_AD])


class PinnedReply(_Told):
    """Which of the neighbours' frames it begins and ends on."""

    which: Literal["first and last", "first", "last", "none"] = Field(examples=["first"])
    why: str


class KnownWordsReply(_Told):
    """Words that the ad has already; sent as `prompt` they bring the motion that goes with them."""

    source: Literal["scene", "hero"]
    title: str = Field(examples=["Scene 2"])
    text: str = Field(examples=["close hero shot, the light comes on and runs along it"])


class RegenerationEstimateReply(BaseModel):
    """What it may cost at most, and how it would be made."""

    cost: float = Field(description="US dollars, all attempts together.", examples=[0.0])
    per_attempt: float = Field(examples=[0.0])
    attempts: int = Field(examples=[3])
    lines: list[LineReply]
    model: str
    prompt: str
    source: Literal["local", "scene", "hero", "neighbours"]
    why: str = Field(description="Where the words come from.")
    known: list[KnownWordsReply] = Field(description="Of the slot's scene, those beside it, and the main shot.")
    pinned: PinnedReply
    n_frames: int = Field(description="That the clip will have, with what the transitions beside it borrow.", examples=[48])
    fps: int = Field(examples=[24])
    notes: list[str]
    warnings: list[str] = Field(description="What may make it dearer, one sentence each.", examples=[[]])
    left_this_month: float
    cap_per_ad: float


class CutFitReply(_Told):
    """A cut beside the new clip: how far the colours lie apart, in CIELAB, as it was made and with its correction."""

    side: Literal["before", "after"]
    delta_e: float = Field(examples=[11.2])
    matched: float = Field(examples=[4.1])


class FitReply(_Told):
    """How an attempt fits between its neighbours."""

    cuts: list[CutFitReply]
    correction: dict[str, Any] | None


class RegenerationAttemptReply(_Told):
    """One attempt."""

    id: str = Field(examples=[AN_AD])
    position: int = Field(description="From 0.", examples=[0])
    label: str = Field(examples=["1"])
    status: Status
    seed: int | None
    model: str
    video_url: str | None = Field(description="Takes ranges.", examples=[A_FILM])
    thumbnail_url: str | None = Field(examples=[A_POSTER])
    n_frames: int | None
    fps: int | None
    width: int | None
    height: int | None
    overall: float | None = Field(description="0 to 1: orders these attempts, nothing else.", examples=[0.71])
    parts: list[PartReply]
    scores: list[AttemptScoreReply]
    degenerate: list[str]
    fit: FitReply
    is_best: bool
    cost: float | None
    error: TroubleReply | None
    made: TakeMadeReply


class RegenerationReply(BaseModel):
    """A clip in the making, or made."""

    id: str = Field(examples=[AN_AD])
    generation_id: str = Field(description="Of its job: status, cancel and retry go by it.", examples=[AN_AD])
    ad_id: str = Field(examples=[AN_AD])
    piece: str = Field(examples=[A_PIECE])
    prompt: str
    source: Literal["local", "scene", "hero", "neighbours"]
    why: str
    model: str
    scene: int | None
    n_frames: int = Field(description="Of the slot.")
    status: Status
    progress: int = Field(description="Percent.", examples=[40])
    current_step: str | None
    eta_seconds: float | None
    queue_position: int | None
    quoted_cost: float
    cost: float | None
    pinned: PinnedReply
    notes: list[str]
    attempts: list[RegenerationAttemptReply]
    best_attempt_id: str | None
    ranking: RankingReply | None
    accepted_attempt_id: str | None
    error: TroubleReply | None
    created_at: datetime = Field(examples=[A_TIME])


class RegenerationsReply(BaseModel):
    """Newest first."""

    regenerations: list[RegenerationReply]


def regeneration_reply(told: RegenerationTold) -> RegenerationReply:
    """On the wire."""
    return RegenerationReply(
        id=told.id,
        generation_id=told.id,
        ad_id=told.ad_id,
        piece=told.piece,
        prompt=told.prompt,
        source=told.source,
        why=told.why,
        model=told.model,
        scene=told.scene,
        n_frames=told.n_frames,
        status=told.status,
        progress=told.progress,
        current_step=told.current_step,
        eta_seconds=told.eta_s,
        queue_position=told.queue_position,
        quoted_cost=float(told.quoted_cost),
        cost=None if told.cost is None else float(told.cost),
        pinned=PinnedReply.model_validate(told.pinned),
        notes=list(told.notes),
        attempts=[RegenerationAttemptReply.model_validate(one) for one in told.attempts],
        best_attempt_id=told.best_attempt_id,
        ranking=RankingReply.model_validate(told.ranking) if told.ranking else None,
        accepted_attempt_id=told.accepted_attempt_id,
        error=TroubleReply.model_validate(told.error, from_attributes=True) if told.error else None,
        created_at=told.created_at,
    )


def regeneration_estimate(found: RegenerationEstimate, left: Decimal, cap: Decimal) -> RegenerationEstimateReply:
    """On the wire."""
    return RegenerationEstimateReply(
        cost=float(found.quote.total),
        per_attempt=float(found.per_attempt),
        attempts=found.attempts,
        lines=[LineReply(model=use.model, cost=float(price)) for use, price in found.quote.lines],
        model=found.model,
        prompt=found.words.text,
        source=found.words.source,
        why=found.words.why,
        known=[KnownWordsReply.model_validate(one) for one in found.known],
        pinned=PinnedReply.model_validate(found.pinned),
        n_frames=found.n_frames,
        fps=found.fps,
        notes=list(found.notes),
        warnings=list(filter(None, (found.quote.of_stand_ins(cap),))),
        left_this_month=float(left),
        cap_per_ad=float(cap),
    )


class LaneScoreReply(_Told):
    """One measure of the scene that a clip belongs to. goodness: 0 to 1 where there is a scale for it."""

    metric: str
    name: str
    kind: str
    value: float | None
    low: float | None
    high: float | None
    direction: str
    goodness: float | None


class LaneClipReply(_Told):
    """A clip of the draft and what its scene measured. stale: it is not as it was when the film was measured."""

    piece: str
    scene: int | None
    stale: bool
    scores: list[LaneScoreReply]


class LaneMeasureReply(_Told):
    """How far apart both sides of a cut lie."""

    measure: str = Field(examples=["delta_e"])
    name: str
    value: float | None
    limit: float | None


class LaneCutReply(_Told):
    """A cut of the draft. frame: of the draft. stale: one of its sides is not as it was measured."""

    frame: int
    before: str
    after: str
    planned: bool
    stale: bool
    measures: list[LaneMeasureReply]


class FixReply(_Told):
    """What can be done. actions: edits for POST …/editor/actions, null where none helps. regenerate: the clip that can be made again
    instead, null where that would not help."""

    title: str
    actions: list[dict[str, Any]] | None
    regenerate: str | None


class LaneFindingReply(_Told):
    """Something that was found, where it is in the draft, and what can be done. fix null: nothing that an edit could mend."""

    id: str
    source: Literal["coherence", "preflight"]
    weight: str
    frame: int | None
    pieces: list[str]
    scene: int | None
    sentence: str
    advice: str
    measure: str
    value: float | str | None
    limit: float | None
    fix: FixReply | None


class ScoresReply(_Told):
    """The score lane under a draft. stale: the draft is not the film that was measured. measured_at null: it was never measured."""

    stale: bool
    measured_at: datetime | None
    clips: list[LaneClipReply]
    cuts: list[LaneCutReply]
    findings: list[LaneFindingReply]
