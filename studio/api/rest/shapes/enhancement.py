"""The matching of an ad's scenes, on the wire."""

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import AN_AD
from studio.api.rest.shapes.quality import FindingReply
from studio.services.enhancement import Enhanced
from studio.store.tables import Status


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class EnhancingReply(BaseModel):
    """A version was ordered."""

    generation_id: str = Field(description="Of the version: an ad of its own.", examples=[AN_AD])
    version_of: str = Field(description="The ad that it is cut from, which stays as it is.", examples=[AN_AD])
    status: Status = Field(examples=["pending"])


class ChangeReply(_Told):
    """One thing that was changed."""

    kind: Literal["match_color", "level_exposure", "transition"] = Field(examples=["match_color"])
    scene: int = Field(examples=[3])
    sentence: str = Field(examples=["Scene 3 is matched to scene 2: warmer, 6 % darker."])
    towards: int | None = Field(description="The scene that it was matched to.", examples=[2])


class MeasureReply(_Told):
    """One measure before and after."""

    measure: str = Field(examples=["delta_c"])
    name: str = Field(examples=["Colour at cuts"])
    kind: str = Field(description="`exact`: VBench's own; `proxy`: another measure.", examples=["proxy"])
    direction: Literal["higher", "lower", "neither"] = Field(description="Which is better.", examples=["lower"])
    before: float | None = Field(examples=[13.1])
    after: float | None = Field(examples=[4.2])


class EnhancementReply(_Told):
    """How the matching of an ad's scenes stands, and what came of it."""

    generation_id: str = Field(examples=[AN_AD])
    version_id: str | None = Field(description="The newest version whose scenes were matched; null when nobody asked.", examples=[AN_AD])
    version_of: str | None = Field(description="The ad that it was cut from; null once that was deleted.", examples=[AN_AD])
    status: Status | None = Field(description="Of the version.", examples=["completed"])
    trouble: str = Field(description="Why it failed.", examples=[""])
    may: bool = Field(description="Whether it can be asked for now.", examples=[False])
    why_not: str = Field(
        examples=["The scenes belong together already: the largest jump of colour at a cut is ΔE 4.2. Nothing was changed."]
    )
    changes: list[ChangeReply]
    left: list[str] = Field(description="What was found and could not be mended by cutting again, and why.", examples=[[]])
    measures: list[MeasureReply]
    gone: list[FindingReply] = Field(description="Findings that are gone.")
    stayed: list[FindingReply] = Field(description="Findings that are still there.")
    new: list[FindingReply] = Field(description="Findings that were not there before.")
    verdict: str = Field(description="What came of it.", examples=["The largest jump of colour at a cut is smaller now."])


def enhancement_reply(told: Enhanced) -> EnhancementReply:
    """As the ad's owner sees it."""
    return EnhancementReply.model_validate(told)
