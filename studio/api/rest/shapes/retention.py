"""How long things are kept, on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import A_PROMPT, AN_AD, LATER
from studio.services.retention import OWN_DAYS, Retention, Standing

Why = Literal["", "kept", "stars", "approved", "shared", "final", "favourite", "chosen", "working", "used"]
MOST_TOLD = 50


class KeepingAsked(BaseModel):
    """One's own rule."""

    model_config = ConfigDict(extra="forbid", strict=True)

    days: int | None = Field(
        description="From the last change on; null: for ever.",
        examples=[90],
        json_schema_extra={"minimum": OWN_DAYS[0], "maximum": OWN_DAYS[1]},
    )


class KeptAsked(BaseModel):
    """Whether an ad is kept."""

    model_config = ConfigDict(extra="forbid", strict=True)

    kept: bool = Field(description="Whatever its age.", examples=[True])


class GoingReply(BaseModel):
    """Something that goes by itself."""

    kind: Literal["ad", "frames", "takes", "upload"] = Field(examples=["ad"])
    id: str = Field(description="Of the ad, the set, the group or the upload.", examples=[AN_AD])
    title: str = Field(examples=[A_PROMPT])
    goes_at: datetime = Field(description="The sooner of the days on which it may go.", examples=[LATER])


class KeepingReply(BaseModel):
    """How long one's things are kept, and what goes next."""

    days: int | None = Field(description="Days from the last change on; null: for ever.", examples=[90])
    own: bool = Field(description="Whether this is one's own rule.", examples=[True])
    standard: int | None = Field(description="The studio's rule; null: for ever.", examples=[30])
    staying: int = Field(description="How many things stay whatever their age.", examples=[4])
    going: list[GoingReply] = Field(description=f"What goes next, the first {MOST_TOLD}.")


class KeptReply(BaseModel):
    """How long an ad stays."""

    generation_id: str = Field(examples=[AN_AD])
    goes_at: datetime | None = Field(description="Null: it stays.", examples=[LATER])
    kept: bool = Field(description="Whether somebody said that it stays.", examples=[False])
    why: Why = Field(
        description="Why it stays, or longer than by its own age: kept or rated by its owner, approved, shared by an open link, the final "
        "version of takes, a favourite or chosen hero frame, being worked on, or used in something that stays.",
        examples=[""],
    )


def keeping_reply(retention: Retention, user_id: str) -> KeepingReply:
    """A person's rule and what it comes to."""
    rule, standings = retention.rule(user_id), retention.standings(user_id)
    going = [
        GoingReply(kind=one.thing.kind, id=one.thing.id, title=one.thing.title, goes_at=one.goes_at) for one in standings if one.goes_at
    ]
    return KeepingReply(days=rule.days, own=rule.own, standard=retention.days, staying=len(standings) - len(going), going=going[:MOST_TOLD])


def kept_reply(generation_id: str, standing: Standing) -> KeptReply:
    """How an ad stands."""
    return KeptReply.model_validate(
        {"generation_id": generation_id, "goes_at": standing.goes_at, "kept": standing.why == "kept", "why": standing.why}
    )
