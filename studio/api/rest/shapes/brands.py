"""Brand kits on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from pipelines.spec import FontStyle
from studio.api.rest.shapes.examples import A_TIME, AN_AD
from studio.services.brands import contrasts, type_color
from studio.store.access import Right
from studio.store.tables import BrandKit


class AskedBrand(BaseModel):
    """What is set; the rest stays as it is."""

    model_config = ConfigDict(extra="forbid", strict=True)

    name: str | None = Field(None, max_length=1000, description="As it stands in ads: at most 40 characters.", examples=["Aurelia"])
    colors: list[str] | None = Field(
        None, description="Ground first, then accent, then more: #RRGGBB, at most 5.", examples=[["#0A192F", "#D4AF37"]]
    )
    tone: str | None = Field(
        None,
        max_length=2000,
        description="How the brand speaks, for language models that write: at most 200 characters.",
        examples=["Calm"],
    )
    call: str | None = Field(None, max_length=1000, description="Its usual call to action: 2 to 28 characters.", examples=["See the watch"])
    font_style: str | None = Field(
        None, description="The manner its type is set in; empty: the ad's mood decides.", examples=["luxury_serif"]
    )
    logo_upload_id: str | None = Field(None, description="One of your uploads; empty for no logo.", examples=[""])


class NewBrand(AskedBrand):
    """A name, and whatever else is known of the brand."""

    name: str = Field(max_length=1000, description="As it stands in ads: at most 40 characters.", examples=["Aurelia"])


class BrandFontRow(BaseModel):
    """A font of the brand's own."""

    role: Literal["display", "text"] = Field(description="Headlines and names, or everything small.")
    title: str = Field(description="Its full name, as it says itself.", examples=["Aurelia Display Bold"])
    embedding: Literal["installable", "editable", "preview"] = Field(description="What it says about being embedded.")
    sha256: str = Field(description="Its content; recipes of ads name it.", examples=["0" * 64])
    url: str = Field(examples=[f"/api/media/{AN_AD}"])


class ContrastRow(BaseModel):
    """How a colour reads on the ground."""

    color: str = Field(examples=["#D4AF37"])
    ratio: float = Field(description="1 to 21.", examples=[8.04])
    enough: bool = Field(description="At least 4.5, which small type needs.", examples=[True])


class BrandReply(BaseModel):
    """A brand kit."""

    id: str = Field(description="For `kit` of an order.", examples=[AN_AD])
    name: str = Field(examples=["Aurelia"])
    colors: list[str] = Field(examples=[["#0A192F", "#D4AF37"]])
    type_color: str = Field(description="What type has on its ground.", examples=["#FFFFFF"])
    contrasts: list[ContrastRow] = Field(description="Of every other colour on the ground.")
    tone: str = Field(examples=["Calm"])
    call: str = Field(examples=["See the watch"])
    font_style: FontStyle | None
    logo_url: str | None = Field(examples=[f"/api/media/{AN_AD}"])
    fonts: list[BrandFontRow]
    created_at: datetime = Field(examples=[A_TIME])
    updated_at: datetime = Field(examples=[A_TIME])
    team_id: str | None = Field(description="The team that it belongs to; null for its maker's alone.", examples=[None])
    may: Literal["look", "edit", "manage"] = Field(
        description="What you may do: look; change and use it, too; remove and give away, too.", examples=["manage"]
    )


class BrandsReply(BaseModel):
    """One's brand kits and those of one's teams, by name."""

    brands: list[BrandReply]


def brand_reply(kit: BrandKit, right: Right) -> BrandReply:
    """On the wire. right: what whoever asks may do with it."""
    return BrandReply.model_validate(
        {
            "id": kit.id,
            "name": kit.name,
            "colors": kit.colors,
            "type_color": type_color(kit),
            "contrasts": [vars(one) for one in contrasts(kit)],
            "tone": kit.tone,
            "call": kit.call,
            "font_style": kit.font_style,
            "logo_url": kit.logo.url if kit.logo else None,
            "fonts": [
                {"role": f.role, "title": f.title, "embedding": f.embedding, "sha256": f.file.sha256, "url": f.file.url} for f in kit.fonts
            ],
            "created_at": kit.created_at,
            "updated_at": kit.updated_at,
            "team_id": kit.team_id,
            "may": right.name.lower(),
        }
    )
