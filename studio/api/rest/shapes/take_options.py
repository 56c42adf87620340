"""What can be chosen for takes, what they may cost, and what ordering them says, on the wire."""

from typing import Literal

from pydantic import BaseModel, Field

from studio.api.rest.shapes.ads import EstimateReply, LineReply
from studio.api.rest.shapes.asked_takes import A_GROUP
from studio.api.rest.shapes.examples import AN_AD
from studio.store.tables import Status


class CameraReply(BaseModel):
    """A camera movement. directed: it goes to the left or to the right."""

    id: str = Field(examples=["push_in"])
    title: str = Field(examples=["Push-in"])
    what: str = Field(examples=["Slowly nearer: attention grows."])
    directed: bool = Field(examples=[False])


class SpeedReply(BaseModel):
    """A pace."""

    id: str = Field(examples=["slow_motion"])
    title: str = Field(examples=["Slow motion"])
    what: str = Field(examples=["Time is stretched; details are seen."])


class IntensityReply(BaseModel):
    """How far a move goes; any number from 0 to 1 may be asked."""

    id: float = Field(examples=[0.5])
    title: str = Field(examples=["Gently"])
    what: str = Field(examples=["gentle movement"])


class DirectionReply(BaseModel):
    """Where a move goes."""

    id: Literal["left", "right"] = Field(examples=["left"])
    title: str = Field(examples=["To the left"])


class TemplateMotionReply(BaseModel):
    """What a template sets."""

    camera: str = Field(examples=["push_in"])
    speed: str = Field(examples=["real_time"])
    slow_motion: bool = Field(examples=[False])
    intensity: float = Field(examples=[0.5])
    motion_prompt: str = Field(examples=["light glides along the edges"])
    negative_prompt: str = Field(examples=["fast movements, flicker"])


class TemplateReply(BaseModel):
    """A motion that works."""

    id: str = Field(examples=["hero_push"])
    title: str = Field(examples=["Hero push-in"])
    what: str = Field(examples=["The safe opening of a product film."])
    motion: TemplateMotionReply


class AttemptsReply(BaseModel):
    """How many attempts there may be."""

    default: int = Field(examples=[3])
    min: int = Field(examples=[1])
    max: int = Field(examples=[6])


class VideoModelReply(BaseModel):
    """A model that sets pictures in motion."""

    id: str = Field(examples=["product-studio/v1"])
    title: str = Field(examples=["Product studio"])
    price_usd: float = Field(description="US dollars; 0: free.", examples=[0.0])
    per: str = Field(description="What the price is for; empty where it is free.", examples=["a second"])
    why_not: str = Field(description="Why it cannot be used here; empty: it can.", examples=[""])
    can: list[str] = Field(description="What it can do, in words.", examples=[["any length to 10 s"]])
    seconds: list[float] = Field(description="Shortest and longest clip.", examples=[[2.0, 10.0]])


class TakeOptionsReply(BaseModel):
    """What can be chosen for takes."""

    cameras: list[CameraReply]
    speeds: list[SpeedReply]
    fps: list[int] = Field(examples=[[24, 25, 30]])
    intensities: list[IntensityReply]
    directions: list[DirectionReply]
    templates: list[TemplateReply]
    negatives: list[str] = Field(description="What is recommended to keep out.", examples=[["flicker", "morphing"]])
    attempts: AttemptsReply
    models: list[VideoModelReply]
    default_model: str | None = Field(description="Null where no model can make clips here.", examples=["product-studio/v1"])


class TakesEstimateReply(BaseModel):
    """What a set of attempts may cost at most. Nothing is ordered."""

    cost: float = Field(description="US dollars, of the whole set.", examples=[0.75])
    per_attempt: float = Field(examples=[0.25])
    lines: list[LineReply]
    notes: list[str] = Field(description="What costs money and is not counted in, or costs more than usual.", examples=[[]])
    warnings: list[str] = Field(description="What may make it dearer, one sentence each.", examples=[[]])
    left_this_month: float = Field(examples=[49.95])
    cap_per_ad: float = Field(examples=[5.0])


class TakesOrderedReply(BaseModel):
    """The iteration is in line."""

    group_id: str = Field(examples=[A_GROUP])
    generation_id: str = Field(examples=[AN_AD])
    iteration: int = Field(description="Its number in the group, from 1.", examples=[1])
    status: Status = Field(Status.PENDING, examples=["pending"])


class AdAroundReply(EstimateReply):
    """What an ad around a version may cost at most, besides what its main scene did cost. Nothing is ordered."""

    prompt: str = Field(
        "", description="What the ad is for: as asked, else as the version shows it.", examples=["A steel watch on wet black stone"]
    )
    already_paid: float = Field(
        0.0, description="US dollars that the hero frame and its clip did cost when they were made; not in `cost`.", examples=[0.6]
    )
