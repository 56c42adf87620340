"""Links, what is seen and said through them, and uploads, on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import A_TIME, AN_AD
from studio.services.reviews import Remark, Review, Verdict
from studio.services.shares import LinkTold, SharedAd

A_LINK = "3q2-7wX1mUe0m4n6oQF0V5yq8rT9sKd2bLhJ1cZpX0A"
UNTIL = "2025-11-28T10:30:00Z"
A_REMARK = "1f0c2b6e-22cf-4b0e-9a54-0f8a2a4f6e21"


class LinkAsked(BaseModel):
    """How a link shall be. All of it may be left out."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field("", max_length=200, description="For whom it is; guests are greeted with it.", examples=["Marta, Lumen agency"])
    days: int = Field(14, description="How long it is good: 1 to 90.", examples=[14])
    password: str = Field("", max_length=200, description="Asked of guests; empty for none.", examples=["lumen-2026"])
    with_versions: bool = Field(False, description="Whether versions cut from the ad are shown beside it, also later ones.")


class LinkReply(BaseModel):
    """A link that shows the ad to whoever has it. The address is told this once."""

    id: str = Field(examples=[AN_AD])
    url: str = Field(examples=[f"/r/{A_LINK}"])
    expires_at: datetime = Field(examples=[UNTIL])


class LinkRow(BaseModel):
    """A link to an ad, without its address."""

    id: str = Field(examples=[AN_AD])
    name: str = Field(examples=["Marta, Lumen agency"])
    created_at: datetime = Field(examples=[A_TIME])
    expires_at: datetime = Field(examples=[UNTIL])
    opened_at: datetime | None = Field(description="When a guest last looked.", examples=[A_TIME])
    ended: bool = Field(description="Its time is over, or it was taken back.", examples=[False])
    has_password: bool = Field(examples=[True])
    with_versions: bool = Field(examples=[False])


class LinksReply(BaseModel):
    """The links to an ad, newest first."""

    links: list[LinkRow]


class RemarkReply(BaseModel):
    """Something that was said about a film."""

    id: str = Field(examples=[A_REMARK])
    version: str | None = Field(description="Which film is meant: null for the ad that the link was made for.", examples=[None])
    author: str = Field(examples=["Marta"])
    at_s: float | None = Field(description="Seconds into the film; null for the whole.", examples=[4.25])
    text: str = Field(examples=["The dial is cut off here; show all of it."])
    created_at: datetime = Field(examples=[A_TIME])
    by_owner: bool = Field(examples=[False])
    done: bool = Field(description="Whether the owner has seen to it.", examples=[False])


class OwnRemarkReply(RemarkReply):
    """The same, for the ad's owner."""

    link: str = Field(description="For whom the link was made that the guest came by.", examples=["Marta, Lumen agency"])
    clip: str | None = Field(description="The clip of the film's timeline that is shown then.", examples=["2a"])


class DecisionReply(BaseModel):
    """What a guest decided of a version."""

    version: str | None = Field(description="Null for the ad that the link was made for.", examples=[None])
    author: str = Field(examples=["Marta"])
    decision: Literal["approved", "changes"] = Field(examples=["approved"])
    note: str = Field(examples=["Lovely. Ship it."])
    created_at: datetime = Field(examples=[A_TIME])


class OwnDecisionReply(DecisionReply):
    """The same, for the ad's owner and their team."""

    link: str = Field(description="Empty for a member's.", examples=["Marta, Lumen agency"])


class ReviewReply(BaseModel):
    """Everything said about an ad and its versions: remarks oldest first; of each link and version the newest decision, newest first."""

    remarks: list[OwnRemarkReply]
    decisions: list[OwnDecisionReply]


class RemarkAsked(BaseModel):
    """Something to be said about a film."""

    model_config = ConfigDict(extra="forbid")

    author: str = Field(max_length=300, description="Who says it, 1 to 60 characters.", examples=["Marta"])
    text: str = Field(max_length=8000, description="1 to 2,000 characters; markup is taken out.", examples=["Show all of the dial."])
    at_s: float | None = Field(None, description="Seconds into the film; null for the whole.", examples=[4.25])
    version: str | None = Field(None, max_length=64, description="Which film is meant; null for the first.")


class AnswerAsked(BaseModel):
    """What the owner says about a film; every guest of the ad sees it."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(max_length=8000, examples=["Done in the version of today."])
    at_s: float | None = Field(None, examples=[4.25])
    version: str | None = Field(None, max_length=64)


class DoneAsked(BaseModel):
    """Whether a remark is seen to."""

    model_config = ConfigDict(extra="forbid")

    done: bool = Field(examples=[True])


class DecisionAsked(BaseModel):
    """A decision about a film."""

    model_config = ConfigDict(extra="forbid")

    author: str = Field(max_length=300, examples=["Marta"])
    decision: Literal["approved", "changes"] = Field(examples=["approved"])
    note: str = Field("", max_length=8000, examples=["Lovely. Ship it."])
    version: str | None = Field(None, max_length=64)


class OwnDecisionAsked(BaseModel):
    """A member's decision about an ad of their team."""

    model_config = ConfigDict(extra="forbid")

    decision: Literal["approved", "changes"] = Field(examples=["approved"])
    note: str = Field("", max_length=8000, examples=["Lovely. Ship it."])
    version: str | None = Field(None, max_length=64, description="Which version is meant; null for the ad itself.")


class UnlockAsked(BaseModel):
    """The password of a link."""

    model_config = ConfigDict(extra="forbid")

    password: str = Field(max_length=200, examples=["lumen-2026"])


class SharedFilmReply(BaseModel):
    """A film behind a link."""

    version: str | None = Field(description="Null for the ad that the link was made for.", examples=[None])
    kind: Literal["enhanced", "exported"] | None = Field(description="How a version came about.", examples=[None])
    duration_s: int = Field(examples=[15])
    aspect_ratio: str = Field(examples=["9:16"])
    created_at: datetime = Field(examples=[A_TIME])
    video_url: str = Field(description="Takes ranges.", examples=[f"/api/shared/{A_LINK}/video"])
    poster_url: str | None = Field(examples=[f"/api/shared/{A_LINK}/poster"])


class SharedReply(BaseModel):
    """What a guest sees: films and what was said about them, and nothing of how they were ordered."""

    name: str = Field(description="For whom the link is; empty when it was not named.", examples=["Marta, Lumen agency"])
    brand: str = Field(description="Empty when none was named.", examples=["Aurelia"])
    framework: str | None = Field(examples=["AIDA"])
    expires_at: datetime = Field(examples=[UNTIL])
    films: list[SharedFilmReply] = Field(description="The ad that the link was made for first.")
    remarks: list[RemarkReply]
    decisions: list[DecisionReply]


class UploadReply(BaseModel):
    """A picture that was taken in: upright, and without whatever else its file carried."""

    id: str = Field(description="For `product_image_id`.", examples=[AN_AD])
    name: str = Field(examples=["watch.png"])
    width: int = Field(examples=[1600])
    height: int = Field(examples=[1200])
    url: str = Field(examples=["/api/media/8c6c1b2e-6a3e-4a44-9d0b-6c9be5f3a003"])


def link_row(link: LinkTold) -> LinkRow:
    """On the wire."""
    return LinkRow(**vars(link))


def shared_reply(token: str, ad: SharedAd, review: Review) -> SharedReply:
    """On the wire. The guest learns ids of versions, which open nothing without the link, and none of the ad itself."""
    here = f"/api/shared/{token}"
    films = []
    for film in ad.films:
        version = None if film.id == ad.ad_id else film.id
        asked = f"?version={version}" if version else ""
        films.append(
            SharedFilmReply(
                version=version,
                kind=film.kind.value if film.kind else None,
                duration_s=film.duration_s,
                aspect_ratio=film.aspect_ratio,
                created_at=film.created_at,
                video_url=f"{here}/video{asked}",
                poster_url=f"{here}/poster{asked}" if film.poster else None,
            )
        )
    return SharedReply(
        name=ad.name,
        brand=ad.brand,
        framework=ad.framework,
        expires_at=ad.expires_at,
        films=films,
        remarks=[remark_reply(one, ad.ad_id) for one in review.remarks],
        decisions=[decision_reply(one, ad.ad_id) for one in review.verdicts],
    )


def remark_reply(remark: Remark, ad_id: str) -> RemarkReply:
    """For guests."""
    return RemarkReply(**_remark(remark, ad_id))


def own_remark_reply(remark: Remark, ad_id: str) -> OwnRemarkReply:
    """For the owner."""
    return OwnRemarkReply(**_remark(remark, ad_id), link=remark.link, clip=remark.clip)


def decision_reply(verdict: Verdict, ad_id: str) -> DecisionReply:
    """For guests."""
    return DecisionReply(**_decision(verdict, ad_id))


def review_reply(review: Review, ad_id: str) -> ReviewReply:
    """For the owner."""
    return ReviewReply(
        remarks=[own_remark_reply(one, ad_id) for one in review.remarks],
        decisions=[own_decision_reply(one, ad_id) for one in review.verdicts],
    )


def own_decision_reply(verdict: Verdict, ad_id: str) -> OwnDecisionReply:
    """For the owner and their team."""
    return OwnDecisionReply(**_decision(verdict, ad_id), link=verdict.link)


def _remark(one: Remark, ad_id: str) -> dict[str, object]:
    told = {key: getattr(one, key) for key in ("id", "author", "at_s", "text", "created_at", "by_owner", "done")}
    return told | {"version": None if one.version_id == ad_id else one.version_id}


def _decision(one: Verdict, ad_id: str) -> dict[str, object]:
    told = {key: getattr(one, key) for key in ("author", "note", "created_at")}
    return told | {"decision": one.decision.value, "version": None if one.version_id == ad_id else one.version_id}
