"""Sets of variants on the wire: what could be chosen, what a set would cost, and how far each of its ads is."""

from datetime import datetime
from string import ascii_uppercase

from pydantic import BaseModel, Field

from pipelines.hints import read_hints
from studio.api.rest.shapes.ads import LineReply
from studio.api.rest.shapes.detail import DetailReply, detail_reply
from studio.api.rest.shapes.examples import A_PROMPT, A_TIME, AN_AD
from studio.api.rest.shapes.whose import Whose
from studio.services.variant_manifest import Row
from studio.services.variant_plans import PlannedSet
from studio.services.variants import SetTold
from studio.store.tables import Status, VariantCell

A_NAME = "aurelia_wrist-watch_hookA_ctaB_9x16_PAS_15s_v1"


class ProposalsReply(BaseModel):
    """First lines by story, and calls to action, that the copywriter proposes; and how many of each a set may have."""

    hooks: dict[str, list[str]] = Field(examples=[{"PAS": ["You check the time.", "It buzzes. You look."]}])
    calls: list[str] = Field(examples=[["See the watch", "Find yours"]])
    aspects: list[str] = Field(examples=[["9:16", "16:9", "1:1"]])
    framework: str = Field(description="The story that the brief suggests.", examples=["PAS"])
    aspect_ratio: str = Field(description="The shape that the brief suggests.", examples=["9:16"])
    most_ads: int = Field(examples=[12])


class ClipReply(BaseModel):
    """A shot of an ad. made_by: the position of the ad that makes its clip."""

    shot: str = Field(examples=["s1a"])
    scene: str = Field(examples=["Problem"])
    key: str = Field(description="Equal for clips that are the same.", examples=["9f3c51d2a7e64b08"])
    made_by: int = Field(examples=[0])


class CellReply(BaseModel):
    """An ad of a set. hook, call: letters."""

    position: int = Field(examples=[1])
    hook: str = Field(examples=["A"])
    call: str = Field(examples=["B"])
    hook_text: str = Field(examples=["You check the time."])
    call_text: str = Field(examples=["Find yours"])
    aspect_ratio: str = Field(examples=["9:16"])
    framework: str = Field(examples=["PAS"])
    duration: int = Field(description="Seconds.", examples=[15])
    name: str = Field(description="Of its file, without ending.", examples=[A_NAME])
    quoted_cost: float = Field(description="US dollars: what this ad may cost at most, given what others lend it.", examples=[0.0])
    clips: list[ClipReply]
    ad: DetailReply | None = Field(description="The ad as it stands; null before it is ordered.")


class VariantsEstimateReply(BaseModel):
    """A set as it would be made. Nothing is ordered. While `missing` says something, there is no set to be counted yet."""

    missing: str = Field("", description="What the prompt has yet to say, in a sentence; usually empty.")
    cells: list[CellReply] = []
    clips: int = Field(0, description="Clips that all ads together show.", examples=[16])
    clips_made: int = Field(0, description="Clips that are made, and paid for.", examples=[5])
    cost: float | None = Field(None, description="US dollars: one quote for all, each shared clip once.", examples=[0.0])
    cost_one_by_one: float | None = Field(None, description="What the same ads would be quoted without sharing.", examples=[0.0])
    lines: list[LineReply] = []
    notes: list[str] = Field([], description="What costs money and is not counted in, one sentence each.")
    warnings: list[str] = Field([], description="What may make it dearer, one sentence each.", examples=[[]])
    orders: int = Field(0, description="How many orders of the hour the set is.", examples=[4])
    orders_left: int = Field(description="How many are left.", examples=[10])
    left_this_month: float = Field(description="US dollars.", examples=[49.95])


class SetReply(Whose):
    """A set of variants as it stands."""

    id: str = Field(examples=[AN_AD])
    title: str = Field(examples=["Aurelia, 4 ads"])
    prompt: str = Field(examples=[A_PROMPT])
    created_at: datetime = Field(examples=[A_TIME])
    status: Status = Field(
        description="completed once every ad is; failed once all ended and one did not come out.", examples=["processing"]
    )
    progress: int = Field(ge=0, le=100, description="Percent, over all ads.", examples=[40])
    done: int = Field(examples=[1])
    cost: float | None = Field(description="US dollars: what all ads did cost so far; null before the first ended.", examples=[None])
    quoted_cost: float = Field(examples=[0.0])
    cost_one_by_one: float = Field(examples=[0.0])
    clips: int = Field(examples=[16])
    clips_made: int = Field(examples=[5])
    hooks: int = Field(examples=[2])
    calls: int = Field(examples=[2])
    aspects: list[str] = Field(examples=[["9:16"]])
    frameworks: list[str] = Field(examples=[["PAS"]])
    landing_page: str = Field(examples=["https://example.com/watch"])
    utm: dict[str, str]
    cells: list[CellReply]


class SetsReply(BaseModel):
    """Some of one's sets, newest first."""

    total: int = Field(examples=[2])
    sets: list[SetReply]


class SetOrderedReply(BaseModel):
    """The ads of the set are in line."""

    id: str = Field(examples=[AN_AD])
    ads: int = Field(examples=[4])


def planned_cells(planned: PlannedSet) -> list[CellReply]:
    """The ads of a set that is not ordered yet."""
    return [
        CellReply(
            position=cell.position,
            hook=cell.cell.letters[0],
            call=cell.cell.letters[1],
            hook_text=cell.hook_text,
            call_text=cell.call_text,
            aspect_ratio=str(cell.cell.aspect),
            framework=str(cell.cell.framework),
            duration=cell.duration,
            name=cell.name,
            quoted_cost=float(cell.quote.total),
            clips=[ClipReply(shot=shot.shot, scene=shot.scene, key=shot.key, made_by=shot.lender) for shot in cell.shots],
            ad=None,
        )
        for cell in planned.cells
    ]


def set_reply(told: SetTold) -> SetReply:
    """A set and its ads."""
    row, ads = told.row, [told.ads[cell.generation_id] for cell in told.cells]
    first: dict[str, int] = {}
    for cell in told.cells:
        for _, key in cell.keys:
            first.setdefault(key, cell.position)
    costs = [ad.cost for ad in ads if ad.cost is not None]
    over = all(ad.status.final for ad in ads)
    done = sum(ad.status is Status.COMPLETED for ad in ads)
    status = Status.COMPLETED if done == len(ads) else Status.FAILED if over else Status.PROCESSING
    if all(ad.status is Status.PENDING for ad in ads) and ads:
        status = Status.PENDING
    return SetReply(
        id=row.id,
        title=row.title,
        prompt=row.prompt,
        created_at=row.created_at,
        status=status,
        progress=round(sum(ad.progress for ad in ads) / max(1, len(ads))),
        done=done,
        cost=float(sum(costs)) if costs else None,
        quoted_cost=float(row.quoted_cost),
        cost_one_by_one=float(row.unshared_cost),
        clips=row.asked["shots"],
        clips_made=row.asked["made"],
        hooks=row.asked["hooks"],
        calls=row.asked["calls"],
        aspects=row.asked["aspects"],
        frameworks=row.asked["frameworks"],
        landing_page=row.links.get("landing", ""),
        utm=row.links.get("utm", {}),
        cells=[_cell(told, cell, first) for cell in told.cells],
        team_id=row.team_id,
        may=told.right.name.lower(),
    )


def manifest_rows(told: SetTold) -> list[Row]:
    """A row for each ad of the set."""
    return [
        Row(
            cell.name,
            ascii_uppercase[cell.hook],
            cell.hook_text,
            ascii_uppercase[cell.call],
            cell.call_text,
            cell.aspect,
            cell.framework,
            _seconds(told, cell),
            "cancelled" if told.ads[cell.generation_id].cancelled else str(told.ads[cell.generation_id].status),
            told.ads[cell.generation_id].cost,
        )
        for cell in told.cells
    ]


def _seconds(told: SetTold, cell: VariantCell) -> float:
    found = told.ads[cell.generation_id]
    return found.result.duration_s if found.result else float(_asked_seconds(told))


def _asked_seconds(told: SetTold) -> int:
    return told.row.brief.get("duration") or read_hints(told.row.prompt).duration or 15


def _cell(told: SetTold, cell: VariantCell, first: dict[str, int]) -> CellReply:
    ad = told.ads[cell.generation_id]
    return CellReply(
        position=cell.position,
        hook=ascii_uppercase[cell.hook],
        call=ascii_uppercase[cell.call],
        hook_text=cell.hook_text,
        call_text=cell.call_text,
        aspect_ratio=cell.aspect,
        framework=cell.framework,
        duration=_asked_seconds(told),
        name=cell.name,
        quoted_cost=float(ad.quoted_cost),
        clips=[ClipReply(shot=shot, scene="", key=key, made_by=first[key]) for shot, key in cell.keys],
        ad=detail_reply(ad),
    )
