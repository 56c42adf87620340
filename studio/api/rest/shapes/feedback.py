"""Ratings, what was done with ads, and the weights learned from choices, on the wire."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import A_TIME, AN_AD

SOME_WEIGHTS = {"subject": 2.0, "smoothness": 2.4, "beauty": 1.1}


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class StarsAsked(BaseModel):
    """A rating."""

    model_config = ConfigDict(extra="forbid", strict=True)

    stars: int = Field(description="1 to 5.", examples=[4], json_schema_extra={"minimum": 1, "maximum": 5})


class StarsReply(BaseModel):
    """The rating of an ad."""

    generation_id: str = Field(examples=[AN_AD])
    stars: int | None = Field(description="Null before it was rated.", examples=[4])


class WeightsAsked(BaseModel):
    """Weights for the overall by which attempts are ranked."""

    model_config = ConfigDict(extra="forbid")

    weights: dict[str, float] | None = Field(
        None, description="By part; those left out keep what was given. Null: the proposal.", examples=[SOME_WEIGHTS]
    )


class FiguresReply(_Told):
    """One's own."""

    ratings: dict[int, int] = Field(
        description="How many ads were given 1 to 5 stars.", examples=[{"1": 0, "2": 0, "3": 1, "4": 2, "5": 4}]
    )
    downloads: int = Field(description="Ads that were saved.", examples=[5])
    regenerations: int = Field(description="Orders that repeat a finished ad with another seed.", examples=[2])
    choices: int = Field(description="Choices between attempts.", examples=[12])
    finished: int = Field(description="Finished ads that there are now.", examples=[9])


class AgreementReply(_Told):
    """How often people took the attempt that was selected for them."""

    n: int = Field(examples=[40])
    agreed: int = Field(examples=[31])
    share: float | None = Field(description="Null before the first.", examples=[0.775])
    low: float = Field(description="Of its 95 % interval.", examples=[0.625])
    high: float = Field(examples=[0.877])


class WeightsReply(_Told):
    """By which weights attempts are ranked here."""

    given: dict[str, float] = Field(description="What the program came with, by part.", examples=[SOME_WEIGHTS])
    current: dict[str, float] = Field(description="What is in force.", examples=[SOME_WEIGHTS])
    changed: bool = Field(description="Whether it is something else than was given.")
    fitted_on: int = Field(description="Choices it was fitted on; 0 where it was not.", examples=[48])
    told: str = Field(description="What the fit said of itself.")
    set_at: datetime | None = Field(examples=[A_TIME])
    can_set: bool = Field(description="Whether whoever asks may change them: the installation's first account.")


class ProposalReply(_Told):
    """What a fit to the choices so far would be."""

    n_choices: int = Field(examples=[48])
    needed: int = Field(examples=[30])
    weights: dict[str, float] = Field(description="Empty while there are too few choices.", examples=[SOME_WEIGHTS])
    useful: bool = Field(description="Whether it foretells choices that it has not seen better than the given weights.")
    sentence: str = Field(examples=["Of 48 choices the fitted weights foretell 81%, the given ones 70%."])


class FeedbackReply(BaseModel):
    """What people made of their ads, and what was learned from it."""

    figures: FiguresReply
    agreement: AgreementReply
    weights: WeightsReply
    proposal: ProposalReply
