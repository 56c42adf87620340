"""What an ad measured, on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import A_TIME, AN_AD
from studio.services.quality import Quality


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ScoreReply(_Told):
    """One measure."""

    scene: int = Field(description="0: the whole film.", examples=[0])
    metric: str = Field(examples=["interp_residual_dis_v1"])
    name: str = Field(
        description="`vbench.…` only for VBench's own formula on VBench's own network; a stand-in is `proxy.…`.",
        examples=["proxy.interp_residual_dis_v1"],
    )
    kind: Literal["exact", "proxy", "unavailable"] = Field(examples=["proxy"])
    value: float | None = Field(description="Null exactly when it is unavailable.", examples=[0.992])
    low: float | None = Field(description="Of its range; null where it is open.", examples=[0.0])
    high: float | None = Field(examples=[1.0])
    direction: Literal["higher", "lower", "neither"] = Field(description="Which is better.", examples=["higher"])
    model: str = Field(description="The network; empty without one.", examples=[""])
    sha256: str = Field(description="Of the network's weights.", examples=[""])
    fps: float = Field(examples=[24.0])
    width: int = Field(examples=[1080])
    height: int = Field(examples=[1920])
    decoder: str = Field(examples=["h264 by PyAV 16.0.1, default swscale"])
    reason: str = Field(description="Why there is none, or what to keep in mind.", examples=[""])


class FindingReply(_Told):
    """Something that does not hold together."""

    code: str = Field(examples=["color_jump"])
    scene: int = Field(description="Where to act.", examples=[2])
    time_s: float = Field(examples=[4.0])
    measure: str = Field(examples=["delta_c"])
    value: float = Field(examples=[13.1])
    limit: float = Field(description="What the value is held against.", examples=[12.0])
    sentence: str = Field(examples=["The colours jump from scene 1 to 2 at 4.0 s (CIEDE2000 13 at equal lightness)."])
    fix: str = Field(description="What to do, in a line.", examples=["Match the colours of scene 2 to scene 1."])
    action: str = Field(examples=["match_color"])


class SeamReply(_Told):
    """Where one scene meets the next: how far colour and light are apart."""

    before: int = Field(examples=[1])
    after: int = Field(examples=[2])
    time_s: float = Field(examples=[4.0])
    delta_e: float = Field(description="CIEDE2000 of the mean colours.", examples=[15.2])
    delta_c: float = Field(description="The same at equal lightness.", examples=[13.1])
    delta_l: float = Field(description="L* after minus before.", examples=[2.0])
    planned: bool = Field(description="The story means the light to change here.", examples=[False])


class RuleReply(_Told):
    """A rule of the platform that is not met."""

    rule: str = Field(examples=["brand"])
    weight: Literal["stop", "mend"] = Field(description="`stop`: the platform refuses it, or covers what matters.", examples=["mend"])
    scene: int | None = Field(description="Null for the whole film.", examples=[3])
    time_s: float | None = Field(description="When it shows; null for the whole film.", examples=[11.0])
    sentence: str = Field(examples=["Who leaves early never reads whose ad it was; only the product's own label tells."])
    measured: str = Field(examples=["first at 11.0 s"])
    fix: str = Field(examples=["Show the name within 5 seconds."])


class PreflightReply(_Told):
    """Whether the film is ready for where films of its shape are usually shown."""

    platform: str = Field(examples=["reels"])
    title: str = Field(examples=["Instagram Reels"])
    ready: bool = Field(description="Nothing stops it.", examples=[True])
    looked_up: str = Field(description="The month in which the platform's rules were looked up.", examples=["2026-11"])
    passed: list[str] = Field(description="Rules that are met.", examples=[["length", "shape"]])
    unknown: list[str] = Field(description="Rules that could not be looked at.", examples=[[]])
    findings: list[RuleReply]


class DegenerateReply(_Told):
    """Something that makes a film worthless whatever else it scores."""

    code: str = Field(examples=["frozen"])
    sentence: str = Field(examples=["The picture stands still."])


class QualityReply(BaseModel):
    """What an ad measured. There is no total: one of a subset of measures would mean nothing."""

    generation_id: str = Field(examples=[AN_AD])
    measured_at: datetime | None = Field(description="Null where it was not measured.", examples=[A_TIME])
    took_s: float | None = Field(description="Seconds that measuring took.", examples=[9.4])
    version: int | None = Field(description="Of the way it was measured.", examples=[1])
    scores: list[ScoreReply]
    degenerate: list[DegenerateReply]
    findings: list[FindingReply]
    seams: list[SeamReply]
    preflight: PreflightReply | None
    troubles: list[str] = Field(description="What could not be measured, and why.", examples=[[]])


def quality_reply(quality: Quality) -> QualityReply:
    """Scores and findings as their owner sees them."""
    found = quality.found
    return QualityReply(
        generation_id=quality.generation_id,
        measured_at=quality.measured_at,
        took_s=found.get("took_s"),
        version=found.get("version"),
        scores=[ScoreReply.model_validate(row) for row in quality.metrics],
        degenerate=found.get("degenerate", []),
        findings=found.get("findings", []),
        seams=found.get("seams", []),
        preflight=found.get("preflight"),
        troubles=found.get("troubles", []),
    )
