"""Whose something is, and what whoever asks may do with it: for all that a team can have besides ads and brand kits."""

from typing import Literal

from pydantic import BaseModel, Field


class Whose(BaseModel):
    """Part of what is told of it."""

    team_id: str | None = Field(description="The team that it belongs to; null for its maker's alone.", examples=[None])
    may: Literal["look", "edit", "manage"] = Field(
        description="What you may do: look; change, order and choose, too; remove and give away, too.", examples=["manage"]
    )
