"""A set planned before anything is ordered: every ad's shots, which of them are the same, and what all of it may cost.

plan cell by cell ─▶ keys of its shots ─┬─ new in the set      made by this ad, and paid for once
                                        └─ of an earlier cell  lent by that ad
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from models.backends.sound_studio.tempo import suggest_cuts
from models.capabilities import Capabilities, Kind
from models.pricing import Use
from pipelines.brief import BUILT_IN_WRITER
from pipelines.clips import pieces
from pipelines.hints import read_hints
from pipelines.planner import plan_scenes
from pipelines.scene_plan import ScenePlan, Shot
from pipelines.sharing import clip_keys
from pipelines.spec_writer import write_spec
from studio.services.prices import Prices, Quote, of_stand_ins, uses_of_ad
from studio.services.variant_asked import Cell
from studio.services.variant_names import names_for


@dataclass(frozen=True)
class PlannedShot:
    """A shot of a planned ad. lender: the position of the cell that makes it, the ad's own position when it makes it itself."""

    shot: str
    scene: str
    key: str
    seconds: float
    lender: int


@dataclass(frozen=True)
class PlannedCell:
    """An ad of the set before it is ordered. quote: what it may cost at most, given what others lend it."""

    cell: Cell
    position: int
    name: str
    duration: int
    hook_text: str
    call_text: str
    shots: tuple[PlannedShot, ...]
    quote: Quote


@dataclass(frozen=True)
class PlannedSet:
    """unshared: what the same ads would cost at most one by one. n_shots, n_made: shown in all ads together, and made."""

    cells: tuple[PlannedCell, ...]
    quote: Quote
    unshared: Decimal
    brand: str

    @property
    def n_shots(self) -> int:
        """Shots of all ads together."""
        return sum(len(cell.shots) for cell in self.cells)

    @property
    def n_made(self) -> int:
        """Different ones among them."""
        return len({shot.key for cell in self.cells for shot in cell.shots})

    def of_stand_ins(self, cap: Decimal) -> str:
        """A sentence where models that stand in for others may make it dearer, "" else. cap: the most that is ever paid for one ad."""
        return of_stand_ins([cell.quote for cell in self.cells], cap)


def plan_set(
    cells: Sequence[Cell],
    models: Mapping[Kind, str],
    prices: Prices,
    can: Callable[[Kind, str], Capabilities | None],
    version: Callable[[str, str], int],
) -> PlannedSet:
    """models: who makes what. can: what a model can do. version: of the names, given brand and product. Raises UnknownPrice."""
    made: dict[str, int] = {}
    planned: list[PlannedCell] = []
    unshared = Decimal(0)
    brand = product = ""
    drafts = [write_spec(cell.brief, read_hints(cell.brief.prompt)) for cell in cells]
    if drafts:
        brand, product = drafts[0].spec.brand_guidelines.brand_name, drafts[0].spec.analysis.product_type
    names = names_for(
        cells, [draft.spec.ad_specifications.ad_duration_seconds for draft in drafts], brand, product, version(brand, product)
    )
    for position, (cell, draft, name) in enumerate(zip(cells, drafts, names, strict=True)):
        plan = plan_scenes(draft, cell.brief, suggest=suggest_cuts)
        keys = clip_keys(plan)
        for key in keys.values():
            made.setdefault(key, position)
        mine = [shot for shot in plan.shots if made[keys[shot.id]] == position]
        quote = _quote(plan, mine, models, prices, can)
        unshared += _quote(plan, plan.shots, models, prices, can).total
        planned.append(
            PlannedCell(
                cell,
                position,
                name,
                draft.spec.ad_specifications.ad_duration_seconds,
                cell.brief.wording.first_line,
                cell.brief.wording.last_words,
                tuple(_shot(plan, shot, keys[shot.id], made[keys[shot.id]]) for shot in plan.shots),
                quote,
            )
        )
    return PlannedSet(tuple(planned), _together([cell.quote for cell in planned]), unshared, brand)


def _shot(plan: ScenePlan, shot: Shot, key: str, lender: int) -> PlannedShot:
    scene = next(scene.scene_type for scene in plan.scenes if scene.number == shot.scene)
    return PlannedShot(shot.id, scene, key, shot.n_frames / plan.fps, lender)


def _quote(
    plan: ScenePlan,
    shots: Sequence[Shot],
    models: Mapping[Kind, str],
    prices: Prices,
    can: Callable[[Kind, str], Capabilities | None],
) -> Quote:
    """What an ad may cost at most that makes these of its shots; its music and its voice are its own."""
    found = can("video", models["video"]) if "video" in models else None
    longest = int(found.max_duration_s * plan.fps) if found and found.max_duration_s else 0
    clips = [n for shot in shots for n in pieces(shot.media_frames, longest or shot.media_frames)]

    def uses(made_by: Mapping[Kind, str]) -> list[Use]:
        rest: dict[Kind, str] = {kind: model for kind, model in made_by.items() if kind in ("sound", "voice") and model != BUILT_IN_WRITER}
        uses = list(uses_of_ad(round(plan.duration_s), rest, len(plan.shots), prices.lengths()))
        if shots and "image" in made_by:
            uses.append(Use(made_by["image"], images=len(shots)))
        if shots and "video" in made_by:
            uses.append(prices.filmed(made_by["video"], (Decimal(n) / plan.fps for n in clips)))
        return uses

    return prices.quote_of(models, uses)


def _together(quotes: Sequence[Quote]) -> Quote:
    """One line for each model, and each sentence once."""
    sums: dict[str, tuple[Use, Decimal]] = {}
    for use, price in (line for quote in quotes for line in quote.lines):
        known, so_far = sums.get(use.model, (Use(use.model), Decimal(0)))
        both = Use(
            use.model,
            known.seconds + use.seconds,
            known.images + use.images,
            known.tokens_in + use.tokens_in,
            known.tokens_out + use.tokens_out,
        )
        sums[use.model] = both, so_far + price
    notes = tuple(dict.fromkeys(note for quote in quotes for note in quote.notes))
    return Quote(tuple(sums.values()), notes, sum((quote.stand_ins for quote in quotes), Decimal(0)))
