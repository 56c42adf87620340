"""One ad on the wire: how far it is, what was asked, what came out. The same value is an event of /events."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import A_FILM, A_POSTER, A_TIME, AN_AD
from studio.services.details import Detail
from studio.store.tables import GenerationKind, Status


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class TroubleReply(_Told):
    """Why an ad failed."""

    code: str = Field(description="Stable; `cancelled` for an ad its owner stopped.", examples=["model_failed"])
    message: str = Field(examples=["A model stopped halfway. Try again; if it happens twice, the log has the details."])


class StageReply(_Told):
    """How long a stage took."""

    name: str = Field(examples=["visuals"])
    label: str = Field(examples=["Filming the shots"])
    seconds: float = Field(examples=[41.2])


class BriefReply(_Told):
    """What was asked, as it was checked."""

    prompt: str
    duration: int | None
    aspect_ratio: str | None
    framework: str | None
    style: str | None
    grade: str | None
    brand: str
    brand_colors: list[str]
    seed: int | None  # of takes: null where none was asked for
    models: dict[str, str]
    voice: str
    captions: str
    coherence: dict[str, bool]
    lora: str
    lora_weight: float
    product_image_id: str | None
    rating: str
    features: list[str]
    kit: str | None


class ResultReply(_Told):
    """A finished ad. Of ads of earlier releases some of this is not known."""

    video_url: str = Field(description="To be shown; takes ranges.", examples=[A_FILM])
    download_url: str = Field(description="To be saved.", examples=[f"/api/video/{AN_AD}"])
    poster_url: str | None = Field(examples=[A_POSTER])
    width: int | None = Field(examples=[1080])
    height: int | None = Field(examples=[1920])
    fps: int | None = Field(examples=[24])
    duration_s: float = Field(examples=[15.0])
    size_bytes: int = Field(examples=[30_381_056])
    framework: str | None = Field(examples=["AIDA"])
    rationale: str = Field(description="Why the story has the shape it has.")
    num_scenes: int | None = Field(examples=[4])
    models: list[str] = Field(description="Who made it.")
    notes: list[str] = Field(description="What was decided or replaced on the way.")
    stages: list[StageReply]
    lufs: float | None = Field(description="Loudness; null where it is silent.", examples=[-14.0])


class DetailReply(_Told):
    """One ad at one moment; or a set of hero frames, or an iteration of takes."""

    id: str = Field(examples=[AN_AD])
    kind: GenerationKind = Field(description="What is made: an ad, hero frames or takes.", examples=["ad"])
    set_id: str | None = Field(description="Of hero frames: their set.", examples=[None])
    group_id: str | None = Field(description="Of takes: the group that they belong to.", examples=[None])
    status: Status = Field(examples=["processing"])
    cancelled: bool = Field(description="It failed because its owner stopped it.")
    progress: float = Field(ge=0, le=100, description="Percent; never goes back.", examples=[65])
    step: str = Field(description="Stable name of the step; empty before the first.", examples=["visuals"])
    current_step: str = Field(description="What is being done, in words.", examples=["Filming shot 2 of 3"])
    eta_s: float | None = Field(description="Seconds it still needs; null when that is not known.", examples=[38.0])
    elapsed_s: float | None = Field(description="Seconds since it was begun; null before.", examples=[62.5])
    queue_position: int | None = Field(description="1: next in line; null when it does not wait.", examples=[None])
    revision: int = Field(description="Grows with every change.", examples=[17])
    error: TroubleReply | None
    created_at: datetime = Field(examples=[A_TIME])
    completed_at: datetime | None = Field(description="When it ended, well or badly.", examples=[None])
    quoted_cost: float = Field(description="US dollars: what it may cost at most.", examples=[0.12])
    cost: float | None = Field(description="US dollars: what it cost; null before that is known.", examples=[None])
    brief: BriefReply
    result: ResultReply | None = Field(description="Once completed.")
    team_id: str | None = Field(description="The team that it belongs to; null for its maker's alone.", examples=[None])
    may: Literal["look", "edit", "manage"] = Field(
        description="What you may do: look, comment and decide; change and export, too; remove and give away, too.", examples=["manage"]
    )


def detail_reply(ad: Detail) -> DetailReply:
    """An ad as its owner sees it."""
    return DetailReply.model_validate(ad)
