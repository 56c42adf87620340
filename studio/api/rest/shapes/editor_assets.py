"""Media of one's own in an edit, on the wire."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from pipelines.brought_media import STILL_S, STILLS_S
from studio.api.rest.shapes.examples import A_FILM, A_TIME, AN_AD
from studio.services.editor_assets import AssetTold


class AssetAsked(BaseModel):
    """Which file, and what to call it."""

    model_config = ConfigDict(extra="forbid")

    upload_id: str = Field(max_length=64, description="Of POST /uploads/media (or POST /uploads).", examples=[AN_AD])
    title: str = Field("", max_length=400, description="The file's own name when empty.", examples=["Our shop window"])
    seconds: float = Field(
        STILL_S, ge=STILLS_S[0], le=STILLS_S[1], description="How long a picture is shown; for pictures.", examples=[5.0]
    )


class MediaUploadReply(BaseModel):
    """A file that was taken in."""

    id: str = Field(description="For `upload_id`.", examples=[AN_AD])
    name: str = Field(examples=["shop.mov"])
    kind: str = Field(description="picture, film or sound.", examples=["film"])
    width: int = Field(description="0 for sound.", examples=[1080])
    height: int = Field(examples=[1920])


class AssetReply(BaseModel):
    """A file of an ad's edit."""

    id: str = Field(description="Also of the job that makes it fit, under /generations.", examples=[AN_AD])
    name: str = Field(description="As actions and timelines name it.", examples=["clips/own-0b9a3c0e-shop.mp4"])
    kind: str = Field(description="clip, image (a clip of a picture) or sound.", examples=["clip"])
    title: str = Field(examples=["Our shop window"])
    origin: str = Field(description="upload, regenerated or replaced.", examples=["upload"])
    status: str = Field(description="making, ready or failed.", examples=["ready"])
    progress: int = Field(description="Percent.", examples=[100])
    trouble: str = Field(description="Why it failed.", examples=[""])
    notes: list[str] = Field(description="What was done to it.", examples=[["It was cropped: 56% of it is shown."]])
    n_frames: int | None = Field(description="At the ad's rate, once it is ready.", examples=[120])
    url: str | None = Field(examples=[A_FILM])
    strip_url: str | None = Field(description="Small pictures of it.", examples=[f"{A_FILM}/strip"])
    in_use: bool
    created_at: datetime = Field(examples=[A_TIME])


class AssetsReply(BaseModel):
    """All that was added to an ad, the last first."""

    assets: list[AssetReply]


def asset_reply(one: AssetTold) -> AssetReply:
    """On the wire."""
    url = f"/api/media/{one.asset.media_id}" if one.asset else None
    return AssetReply(
        id=one.id,
        name=one.name,
        kind=one.kind,
        title=one.title,
        origin=one.origin,
        status=one.status,
        progress=one.percent,
        trouble=one.trouble,
        notes=list(one.notes),
        n_frames=one.asset.n_frames if one.asset else None,
        url=url,
        strip_url=f"{url}/strip" if url and one.kind != "sound" else None,
        in_use=one.in_use,
        created_at=one.created_at,
    )
