"""Links, uploads and what is seen through a link, on the wire."""

from datetime import datetime

from pydantic import BaseModel, Field

from studio.api.rest.shapes.examples import A_TIME, AN_AD

A_LINK = "3q2-7wX1mUe0m4n6oQF0V5yq8rT9sKd2bLhJ1cZpX0A"


class LinkReply(BaseModel):
    """A link that shows the ad to whoever has it. It is told this once."""

    url: str = Field(examples=[f"/r/{A_LINK}"])
    expires_at: datetime = Field(examples=[A_TIME])


class SharedReply(BaseModel):
    """What a guest sees: the film, and nothing of how it was ordered."""

    brand: str = Field(description="Empty when none was named.", examples=["Aurelia"])
    framework: str | None = Field(examples=["AIDA"])
    duration_s: int = Field(examples=[15])
    aspect_ratio: str = Field(examples=["9:16"])
    created_at: datetime = Field(examples=[A_TIME])
    expires_at: datetime = Field(examples=["2025-11-28T10:30:00Z"])
    video_url: str = Field(description="Takes ranges.", examples=[f"/api/shared/{A_LINK}/video"])
    poster_url: str | None = Field(examples=[f"/api/shared/{A_LINK}/poster"])


class UploadReply(BaseModel):
    """A picture that was taken in: upright, and without whatever else its file carried."""

    id: str = Field(description="For `product_image_id`.", examples=[AN_AD])
    name: str = Field(examples=["watch.png"])
    width: int = Field(examples=[1600])
    height: int = Field(examples=[1200])
    url: str = Field(examples=["/api/media/8c6c1b2e-6a3e-4a44-9d0b-6c9be5f3a003"])
