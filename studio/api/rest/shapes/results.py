"""Results of ads on the wire."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from studio.api.rest.shapes.examples import A_TIME, AN_AD
from studio.services.results import Counted, ResultsTold


class _Told(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class ResultsRow(_Told):
    """One file that a platform gave."""

    id: str = Field(examples=[AN_AD])
    platform: Literal["meta", "tiktok", "google", "other"] = Field(description="By its columns.", examples=["meta"])
    file_name: str = Field(examples=["november.csv"])
    n_rows: int = Field(description="Ads that were read.", examples=[12])
    n_known: int = Field(description="Of those, ads made here.", examples=[12])
    created_at: datetime = Field(examples=[A_TIME])


class ResultsListReply(BaseModel):
    """One's imports, newest first."""

    results: list[ResultsRow]


class ProblemRow(_Told):
    """A line that was left out, or a part of one."""

    line: int = Field(description="In the file, from 1.", examples=[14])
    why: str = Field(examples=["'x' is no number."])


class LevelRow(_Told):
    """One choice and what became of it."""

    name: str = Field(examples=["A"])
    ads: int = Field(examples=[4])
    shown: int = Field(description="Impressions.", examples=[10_000])
    hits: float = Field(description="What is counted.", examples=[300.0])
    share: float = Field(description="Hits of impressions, 0 to 1.", examples=[0.03])
    interval: tuple[float, float] = Field(description="Of the share, with 95 % (Wilson).", examples=[(0.0268, 0.0335)])
    enough: bool = Field(description="Whether anything can be said of it.", examples=[True])


class AgainstRow(_Told):
    """The best choice against another."""

    other: str = Field(examples=["B"])
    interval: tuple[float, float] = Field(description="Of the difference (Newcombe).", examples=[(0.0108, 0.0192)])
    confidence: float = Field(description="How strict the interval is, so that all comparisons hold together.", examples=[0.95])
    likely: float = Field(description="That the best is better, 0 to 1, by this comparison alone.", examples=[0.999])


class FindingRow(_Told):
    """One factor of one set, best choice first. Differences are observed: platforms choose who sees which ad."""

    set: str = Field(examples=["aurelia_wrist-watch_v1"])
    factor: Literal["hook", "call", "aspect", "framework"] = Field(examples=["hook"])
    levels: list[LevelRow]
    against: list[AgainstRow]
    verdict: Literal["too few", "undecided", "decided", "one choice"] = Field(examples=["decided"])
    words: str = Field(examples=["Hook A did better than the rest."])
    confounded: list[str] = Field(description="Factors that this one cannot be told apart from.", examples=[[]])
    each: int | None = Field(description="Impressions that every choice needs in all.", examples=[None])


class NextRow(_Told):
    """What to test next with a set."""

    set: str = Field(examples=["aurelia_wrist-watch_v1"])
    factor: str = Field(examples=["call"])
    words: str = Field(examples=["Keep hook A. Vary the call next: it was the same in every ad."])
    each: int | None = Field(examples=[None])


class ResultsReply(ResultsRow):
    """An import and what it says."""

    columns: dict[str, str] = Field(description="What was read, and the file's own column for it.", examples=[{"clicks": "Link clicks"}])
    problems: list[ProblemRow] = Field(description="At most 100.")
    counted: Counted = Field(examples=["clicks"])
    countable: list[Counted] = Field(description="What the file tells of ads made here.", examples=[["clicks", "views"]])
    findings: list[FindingRow]
    next: list[NextRow]


def results_reply(told: ResultsTold) -> ResultsReply:
    """On the wire."""
    row = ResultsRow.model_validate(told.file).model_dump()
    file = {"columns": told.file.columns, "problems": told.file.problems, "counted": told.counted, "countable": told.countable}
    weighed = {
        "findings": [FindingRow.model_validate(one) for one in told.findings],
        "next": [NextRow.model_validate(n) for n in told.next],
    }
    return ResultsReply.model_validate(row | file | weighed)
