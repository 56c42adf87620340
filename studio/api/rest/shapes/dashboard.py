"""The figures of the Quality page on the wire."""

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import A_TIME, AN_AD
from studio.services.dashboard import Figures
from studio.services.dashboard_measures import Measure
from studio.services.dashboard_takes import ModelFigures, Share
from studio.services.dashboard_video import Video, VideoLine

Direction = Literal["higher", "lower", "neither"]
OVERALL = "Ranking score 0..1: it orders attempts that were made and measured here, and is no VBench total. Null where there is none."


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class BinReply(BaseModel):
    """Values from `lo` up to `hi`; the last bin of a measure has its upper edge as well."""

    lo: float = Field(examples=[0.98])
    hi: float = Field(examples=[0.985])
    attempts: int = Field(description="All attempts (or ads).", examples=[12])
    finals: int = Field(description="Those of them that are final versions.", examples=[4])


class DistributionReply(BaseModel):
    """How one measure is spread. VBench's own measures and stand-ins are never in one."""

    metric: str = Field(examples=["temporal_flickering"])
    name: str = Field(examples=["vbench.temporal_flickering"])
    kind: Literal["exact", "proxy"] = Field(examples=["exact"])
    direction: Direction = Field(description="Which is better.", examples=["higher"])
    low: float | None = Field(description="Of its possible range; null where it is open.", examples=[0.0])
    high: float | None = Field(examples=[1.0])
    n: int = Field(examples=[24])
    n_finals: int = Field(examples=[8])
    mean: float = Field(examples=[0.983])
    mean_finals: float | None = Field(examples=[0.986])
    bins: list[BinReply]


class MissingReply(_Told):
    """A measure that could not be taken here, and why."""

    metric: str = Field(examples=["subject_consistency"])
    name: str = Field(examples=["vbench.subject_consistency"])
    reason: str = Field(examples=["This installation has no weights for it."])


class ShareReply(_Told):
    """So many of n. interval: the 95 % interval of the share (Wilson); null without cases."""

    n: int = Field(examples=[24])
    met: int = Field(examples=[18])
    rate: float | None = Field(examples=[0.75])
    interval: tuple[float, float] | None = Field(examples=[[0.551, 0.880]])


class AgreementReply(BaseModel):
    """How often a person chose the attempt that the program had marked as best. Only where both happened."""

    n: int = Field(examples=[24])
    agreed: int = Field(examples=[18])
    rate: float | None = Field(examples=[0.75])
    interval: tuple[float, float] | None = Field(description="95 %, Wilson.", examples=[[0.551, 0.880]])
    goal: float = Field(examples=[0.7])


class CountReply(BaseModel):
    """How many videos took so many iterations."""

    iterations: int = Field(examples=[2])
    groups: int = Field(examples=[5])


class IterationsReply(BaseModel):
    """Iterations of videos that have a final version."""

    mean: float | None = Field(examples=[2.1])
    median: float | None = Field(examples=[2.0])
    counts: list[CountReply]


class CostReply(BaseModel):
    """What a second of a final version cost: everything spent on the iterations, over the seconds of the final versions."""

    usd: float | None = Field(description="Null without a final version.", examples=[0.19])
    spent: float = Field(examples=[7.6])
    seconds: float = Field(examples=[40.0])
    finals: int = Field(examples=[8])


class RisingReply(ShareReply):
    """Of the videos with two iterations or more: how many scored higher at the end than at the beginning."""

    mean_change: float | None = Field(description="Of the ranking score.", examples=[0.04])


class ModelReply(BaseModel):
    """One model's attempts."""

    model: str = Field(examples=["product-studio-motion/v1"])
    attempts: int = Field(examples=[24])
    finals: int = Field(examples=[8])
    approved: ShareReply = Field(description="Attempts that became a final version.")
    overall: float | None = Field(description=OVERALL, examples=[0.67])
    overall_finals: float | None = Field(examples=[0.72])
    spent: float = Field(examples=[7.6])
    seconds: float = Field(examples=[40.0])


class WeekReply(_Told):
    """The attempts of one week."""

    week: str = Field(description="Its Monday.", examples=["2026-11-23"])
    attempts: int = Field(examples=[12])
    overall: float | None = Field(description=OVERALL, examples=[0.66])
    finals: int = Field(examples=[4])
    overall_finals: float | None = Field(examples=[0.71])


class StepReply(_Told):
    """One iteration of a video."""

    iteration: int = Field(examples=[1])
    overall: float | None = Field(description=OVERALL, examples=[0.66])
    final: bool = Field(examples=[False])


class VideoLineReply(BaseModel):
    """One video in the list."""

    id: str = Field(examples=[AN_AD])
    title: str = Field(examples=["Watch on wet slate"])
    tag: str | None = Field(examples=["spring"])
    created_at: datetime = Field(examples=[A_TIME])
    attempts: int = Field(examples=[6])
    final: str | None = Field(description="Its final version, as iteration.attempt.", examples=["2.1"])
    trend: list[StepReply]


class CountedReply(BaseModel):
    """How many there are."""

    n: int = Field(examples=[24])
    videos: int = Field(examples=[8])
    finals: int = Field(examples=[8])


class AdsReply(BaseModel):
    """Finished ads, measured as a whole."""

    n: int = Field(examples=[12])
    distributions: list[DistributionReply]
    missing: list[MissingReply]


class DashboardReply(BaseModel):
    """The figures of one part of one's work."""

    empty: bool = Field(description="Neither attempts nor ads are in it.", examples=[False])
    models: list[str] = Field(description="That `model` can be.", examples=[["product-studio-motion/v1"]])
    tags: list[str] = Field(description="That `tag` can be.", examples=[["spring"]])
    attempts: CountedReply
    distributions: list[DistributionReply]
    missing: list[MissingReply]
    iterations_per_final: IterationsReply
    agreement: AgreementReply
    cost_per_approved_second: CostReply
    rising: RisingReply
    adoption: ShareReply = Field(description="Of the finished ads, those whose main scene is a version of hero-frame work.")
    by_model: list[ModelReply]
    trend: list[WeekReply]
    videos: list[VideoLineReply]
    ads: AdsReply


class ValueReply(_Told):
    """One measure of one attempt."""

    metric: str = Field(examples=["sharpness_v1"])
    name: str = Field(examples=["proxy.sharpness_v1"])
    kind: Literal["exact", "proxy", "unavailable"] = Field(examples=["proxy"])
    direction: Direction = Field(examples=["higher"])
    value: float | None = Field(examples=[240.0])


class AttemptLineReply(_Told):
    """One attempt. `parts`: what its ranking score is made of."""

    id: str = Field(examples=[AN_AD])
    label: str = Field(examples=["2.1"])
    iteration: int = Field(examples=[2])
    model: str = Field(examples=["product-studio-motion/v1"])
    overall: float | None = Field(description=OVERALL, examples=[0.72])
    vbench_score_overall: float | None = Field(description="Only when every part of it is exact VBench.", examples=[None])
    system: bool = Field(description="The program marked it as best.", examples=[True])
    user: bool = Field(description="The person chose it.", examples=[True])
    final: bool = Field(examples=[True])
    parts: list[dict[str, Any]]
    degenerate: list[Any]
    values: list[ValueReply]


class InEffectReply(BaseModel):
    """The attempt that counts in an iteration: the final version, else the person's choice, else the program's."""

    iteration: int = Field(examples=[2])
    attempt_id: str = Field(examples=[AN_AD])
    overall: float | None = Field(description=OVERALL, examples=[0.72])


class VideoReply(BaseModel):
    """One video, attempt by attempt."""

    id: str = Field(examples=[AN_AD])
    title: str = Field(examples=["Watch on wet slate"])
    tag: str | None = Field(examples=["spring"])
    created_at: datetime = Field(examples=[A_TIME])
    iterations: int = Field(examples=[2])
    attempts: list[AttemptLineReply]
    trend: list[InEffectReply]
    final_attempt_id: str | None = Field(examples=[AN_AD])


GOAL = 0.7
"""PRD §23.4: agreement that is aimed at."""


def dashboard_reply(f: Figures) -> DashboardReply:
    """Everything of one scope."""
    return DashboardReply(
        empty=not f.attempts and not f.ads,
        models=list(f.models),
        tags=list(f.tags),
        attempts=CountedReply(n=f.attempts, videos=f.videos, finals=f.finals),
        distributions=[_distribution(m) for m in f.measures],
        missing=[MissingReply.model_validate(m) for m in f.missing],
        iterations_per_final=IterationsReply(
            mean=f.iterations.mean,
            median=f.iterations.median,
            counts=[CountReply(iterations=i, groups=n) for i, n in f.iterations.counts],
        ),
        agreement=AgreementReply(n=f.agreement.n, agreed=f.agreement.met, rate=f.agreement.rate, interval=f.agreement.interval, goal=GOAL),
        cost_per_approved_second=CostReply(usd=f.per_second, spent=float(f.spent), seconds=f.seconds, finals=f.finals),
        rising=RisingReply(**_share(f.rising.share).model_dump(), mean_change=f.rising.mean_change),
        adoption=_share(f.adoption),
        by_model=[_model(m) for m in f.by_model],
        trend=[WeekReply.model_validate(w) for w in f.by_week],
        videos=[_line(v) for v in f.lines],
        ads=AdsReply(
            n=f.ads,
            distributions=[_distribution(m) for m in f.ad_measures],
            missing=[MissingReply.model_validate(m) for m in f.ad_missing],
        ),
    )


def video_reply(video: Video) -> VideoReply:
    """One video."""
    overall = {attempt.id: attempt.overall for attempt in video.attempts}
    return VideoReply(
        id=video.id,
        title=video.title,
        tag=video.tag,
        created_at=video.created_at,
        iterations=video.iterations,
        attempts=[AttemptLineReply.model_validate(a) for a in video.attempts],
        trend=[InEffectReply(iteration=number, attempt_id=id, overall=overall[id]) for number, id in video.in_effect],
        final_attempt_id=next((a.id for a in video.attempts if a.final), None),
    )


def _distribution(m: Measure) -> DistributionReply:
    bins = [BinReply(lo=b.lo, hi=b.hi, attempts=b.n, finals=b.n_finals) for b in m.bins]
    return DistributionReply(**{name: getattr(m, name) for name in DistributionReply.model_fields if name != "bins"}, bins=bins)


def _share(share: Share) -> ShareReply:
    return ShareReply.model_validate(share)


def _model(m: ModelFigures) -> ModelReply:
    return ModelReply(
        model=m.model,
        attempts=m.attempts,
        finals=m.finals,
        approved=_share(m.approved),
        overall=m.overall,
        overall_finals=m.overall_finals,
        spent=float(m.spent),
        seconds=m.seconds,
    )


def _line(v: VideoLine) -> VideoLineReply:
    trend = [StepReply.model_validate(step) for step in v.steps]
    return VideoLineReply(id=v.id, title=v.title, tag=v.tag, created_at=v.created_at, attempts=v.attempts, final=v.final, trend=trend)
