"""Takes on the wire: what is told of groups, iterations and attempts (PRD §23.6)."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipelines.motion.changes import Field as Changed
from studio.api.rest.shapes.asked_takes import A_FRAME, A_GROUP, AN_ATTEMPT
from studio.api.rest.shapes.detail import TroubleReply
from studio.api.rest.shapes.examples import A_FILM, A_POSTER, A_TIME, AN_AD
from studio.api.rest.shapes.hero import FrameReply, frame_reply
from studio.api.rest.shapes.whose import Whose
from studio.services.group_told import AttemptTold, GroupTold, IterationTold
from studio.store.tables import Status

Value = str | int | float | None


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class PartReply(_Told):
    """One part of an overall score."""

    name: str = Field(examples=["smoothness"])
    measure: str = Field(description="What it was measured by.", examples=["proxy.interp_residual_dis_v1"])
    value: float = Field(examples=[0.992])
    goodness: float = Field(description="0 to 1.", examples=[0.67])
    weight: float = Field(examples=[2.0])


class AttemptScoreReply(_Told):
    """One measure of an attempt."""

    metric: str = Field(examples=["sharpness_v1"])
    name: str = Field(description="`vbench.…` only for VBench's own; a stand-in is `proxy.…`.", examples=["proxy.sharpness_v1"])
    kind: Literal["exact", "proxy", "unavailable"] = Field(examples=["proxy"])
    value: float | None = Field(examples=[212.0])
    low: float | None = Field(description="Of its range; null where it is open.", examples=[0.0])
    high: float | None = Field(examples=[None])
    direction: Literal["higher", "lower", "neither"] = Field(description="Which is better.", examples=["higher"])
    reason: str = Field(description="Why there is none, or what to keep in mind.", examples=[""])


class TakeMadeReply(BaseModel):
    """How an attempt came about. Everything is null or empty before it was made."""

    model_config = ConfigDict(extra="ignore")

    model: str | None = Field(None, examples=["product-studio/v1"])
    seed: int | None = Field(None, examples=[7])
    prompt: str | None = Field(None, description="What the model was told.", examples=["push-in towards the product, gentle movement"])
    move: str | None = Field(None, examples=["push_in"])
    strength: float | None = Field(None, examples=[0.5])
    variant: int | None = Field(None, description="Which performance of the move.", examples=[0])
    elapsed_s: float | None = Field(None, examples=[4.2])
    measured_s: float | None = Field(None, examples=[3.1])
    fallback_from: list[str] = Field([], description="Models that failed before it.", examples=[[]])
    notes: list[str] = Field([], description="What is not as asked, one sentence each.", examples=[[]])


class AttemptReply(_Told):
    """One film of an iteration."""

    id: str = Field(examples=[AN_ATTEMPT])
    iteration: int = Field(examples=[2])
    position: int = Field(description="From 0.", examples=[0])
    label: str = Field(examples=["2.1"])
    status: Status = Field(examples=["completed"])
    seed: int | None = Field(examples=[7])
    model: str = Field(examples=["product-studio/v1"])
    video_url: str | None = Field(description="Takes ranges.", examples=[A_FILM])
    thumbnail_url: str | None = Field(examples=[A_POSTER])
    n_frames: int | None = Field(examples=[120])
    fps: int | None = Field(examples=[24])
    width: int | None = Field(examples=[1080])
    height: int | None = Field(examples=[1920])
    overall: float | None = Field(
        description="0 to 1: orders attempts that were made and measured here, nothing else. Null: worthless, or not measured.",
        examples=[0.71],
    )
    vbench_score_overall: float | None = Field(description="The same where every part of it is VBench's own.", examples=[None])
    parts: list[PartReply] = Field(description="What `overall` is the weighted mean of.")
    scores: list[AttemptScoreReply]
    degenerate: list[str] = Field(description="What makes it worthless whatever it scores.", examples=[[]])
    is_system_selected_best: bool
    is_user_selected_best: bool
    is_final: bool = Field(description="The group's version, which gallery, download and reports use.")
    cost: float | None = Field(description="US dollars.", examples=[0.0])
    error: TroubleReply | None = Field(examples=[None])
    made: TakeMadeReply


class ChangeReply(BaseModel):
    """A field that is not as in the iteration before."""

    field: Changed = Field(examples=["camera"])
    before: Value = Field(examples=["orbit"])
    after: Value = Field(examples=["push_in"])


class RankingReply(BaseModel):
    """Which attempt is best, by how much, and whether that can be told."""

    sentence: str = Field(examples=["Attempt 2.1 leads by 0.031 (95 %: 0.012 to 0.049), mostly by subject and smoothness."])
    decided: bool = Field(description="False: too close to call, or nothing to choose from.", examples=[True])
    margin: float | None = Field(examples=[0.031])
    interval: list[float] | None = Field(description="Of the margin, 95 %.", examples=[[0.012, 0.049]])


class MotionReply(BaseModel):
    """What the camera was asked to do."""

    camera: str = Field(examples=["push_in"])
    speed: str = Field(examples=["real_time"])
    slow_motion: bool
    fps: int = Field(examples=[24])
    intensity: float = Field(examples=[0.5])
    direction: str | None = Field(examples=[None])
    template: str | None = Field(examples=["hero_push"])


class IterationReply(_Told):
    """One order of attempts."""

    number: int = Field(description="From 1.", examples=[2])
    generation_id: str = Field(examples=[AN_AD])
    hero_frame_id: str | None = Field(examples=[A_FRAME])
    status: Status = Field(examples=["completed"])
    progress: int = Field(ge=0, le=100, examples=[100])
    current_step: str | None = Field(examples=[None])
    eta_s: float | None = Field(examples=[None])
    queue_position: int | None = Field(examples=[None])
    motion_prompt: str = Field(examples=["light glides along the edges"])
    negative_prompt: str = Field(examples=["fast movements, flicker"])
    motion: MotionReply
    model: str = Field(examples=["product-studio/v1"])
    seconds: float = Field(examples=[5.0])
    seed: int | None = Field(description="As it was asked; null: attempts that were not made yet.", examples=[None])
    changes: list[ChangeReply] = Field(description="Against the iteration before.")
    note: str | None = Field(examples=[None])
    quoted_cost: float = Field(description="US dollars, at most; as quoted.", examples=[0.0])
    cost: float | None = Field(description="US dollars, as paid.", examples=[0.0])
    ranking: RankingReply | None = Field(description="Null until its attempts were compared.")
    n_failed: int = Field(description="Attempts that could not be made; the others are there all the same.", examples=[0])
    missing_in: int | None = Field(description="The number of the iteration that makes those; null: none does.", examples=[None])
    selected_attempt_id: str | None = Field(description="What was marked as best; null: nothing was.", examples=[AN_ATTEMPT])
    chosen_attempt_id: str | None = Field(description="What is in effect: your choice, else what was marked.", examples=[AN_ATTEMPT])
    error: TroubleReply | None = Field(examples=[None])
    created_at: datetime = Field(examples=[A_TIME])
    attempts: list[AttemptReply]


class StepReply(_Told):
    """Where the scores stood after an iteration: of the attempt in effect, else of its best."""

    iteration: int = Field(examples=[1])
    overall: float = Field(examples=[0.66])
    attempt_id: str = Field(examples=[AN_ATTEMPT])


class GroupCard(Whose):
    """A group at a glance."""

    id: str = Field(examples=[A_GROUP])
    title: str = Field(examples=["A steel watch on wet black stone"])
    tag: str | None = Field(examples=["spring"])
    hero_frame: FrameReply | None = Field(description="Null where it was removed.")
    n_iterations: int = Field(examples=[2])
    n_attempts: int = Field(examples=[6])
    status: Status = Field(description="Being made as long as any iteration is.", examples=["completed"])
    final_attempt: AttemptReply | None = Field(description="The version, once there is one.")
    best_overall: float | None = Field(examples=[0.71])
    created_at: datetime = Field(examples=[A_TIME])


class GroupReply(GroupCard):
    """A whole group."""

    auto_select: bool
    comparison_type: Literal["prompt", "settings"] = Field(description="What differs between its iterations.", examples=["prompt"])
    iterations: list[IterationReply]
    trend: list[StepReply]
    final_attempt_id: str | None = Field(examples=[AN_ATTEMPT])


class GroupsReply(BaseModel):
    """Some of the groups, and how many there are in all."""

    total: int = Field(examples=[12])
    groups: list[GroupCard]


class MetricFramesReply(_Told):
    """One measure, frame by frame."""

    metric: str = Field(examples=["brightness_flicker_v1"])
    name: str = Field(examples=["proxy.brightness_flicker_v1"])
    kind: Literal["exact", "proxy", "unavailable"] = Field(examples=["proxy"])
    direction: Literal["higher", "lower", "neither"] = Field(examples=["lower"])
    frames: list[int] = Field(description="Which frames.", examples=[[1, 2, 3]])
    values: list[float] = Field(description="What each measured.", examples=[[0.21, 0.2, 0.34]])


class FramesReply(_Told):
    """An attempt, frame by frame; without metrics where it was not measured."""

    fps: float = Field(examples=[24.0])
    n_frames: int = Field(examples=[120])
    metrics: list[MetricFramesReply]


class SuggestionReply(_Told):
    """One field with another value, and why."""

    because: str = Field(examples=["You said: “too chaotic”."])
    sentence: str = Field(examples=["Slow the camera down and move it less."])
    field: Changed = Field(examples=["speed"])
    before: Value = Field(examples=["real_time"])
    after: Value = Field(examples=["slow_motion"])


class SuggestionsReply(BaseModel):
    """What could be asked differently next time; at most one of a field."""

    suggestions: list[SuggestionReply]


class RemovedReply(BaseModel):
    """It is gone."""

    message: str = Field(examples=["Group deleted successfully"])


def group_reply(group: GroupTold) -> GroupReply:
    """A whole group."""
    return GroupReply(
        **_card(group),
        auto_select=group.auto_select,
        comparison_type=group.comparison_type,
        iterations=[_iteration(row) for row in group.iterations],
        trend=[StepReply.model_validate(step) for step in group.trend],
        final_attempt_id=group.final_attempt_id,
    )


def card_reply(group: GroupTold) -> GroupCard:
    """A group at a glance."""
    return GroupCard(**_card(group))


def _card(group: GroupTold) -> dict[str, object]:
    names = ("id", "title", "tag", "n_iterations", "n_attempts", "status", "best_overall", "created_at", "team_id")
    return {name: getattr(group, name) for name in names} | {
        "may": group.right.name.lower(),
        "hero_frame": frame_reply(group.hero_frame) if group.hero_frame else None,
        "final_attempt": _attempt(group.final_attempt) if group.final_attempt else None,
    }


def _iteration(row: IterationTold) -> IterationReply:
    return IterationReply.model_validate(row)


def _attempt(row: AttemptTold) -> AttemptReply:
    return AttemptReply.model_validate(row)
