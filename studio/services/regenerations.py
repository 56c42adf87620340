"""Clips of an edit made again, and gaps filled (FR-036), as people order them: what it may cost, and the order. Knows no HTTP.

    draft + piece ─▶ words, model, pinned frames ─▶ quote ─▶ job: attempts, each matched to its neighbours, measured, compared

The new clip belongs to the edit: it is never a video of its own in the gallery, nor a take in any dashboard. What becomes of an order –
told, accepted, removed – is in regeneration_results.py.
"""

from dataclasses import asdict, dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any
from zlib import crc32

from pydantic import TypeAdapter
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.asks import Made, Still, VideoAsk
from models.capabilities import check
from models.errors import AskRefused
from models.pricing import Use
from models.runtime import Runtime
from pipelines.clips import lengths_of
from pipelines.editing import EditError
from pipelines.regeneration import (
    Gap,
    Known,
    Pinned,
    Prompted,
    asks_of,
    gap_of,
    known_words,
    model_of_clips,
    pinned,
    prompted,
    seeds_of,
    shot_for,
)
from pipelines.scene_plan import ScenePlan
from studio.errors import EditRefused, InputRefused, NotReady
from studio.jobs.regeneration_job import RegenerationOrder, regeneration_job
from studio.services.ad_parts import TIMELINE_ROLE, Part
from studio.services.drafts import Draft
from studio.services.editor import Editor
from studio.services.library import search_key
from studio.services.orders import Orders
from studio.services.plain_text import plain_text
from studio.services.prices import Prices, Quote
from studio.services.set_quotes import quote_of_clips
from studio.store.database import Database
from studio.store.tables import Blueprint, Generation, GenerationKind, Regeneration, RegenerationAttempt, Status, Upload, new_id

PLAN = TypeAdapter(ScenePlan)
MOST_ATTEMPTS, LONGEST_PROMPT = 6, 1000
_NOWHERE = Path("frame.png")


@dataclass(frozen=True)
class RegenerationAsked:
    """What somebody asks for. piece: a clip or a gap of the draft. prompt "": the words that are known of the place. model "": the one that
    made the ad's clips. attempts None: as many as this installation makes; seed None: clips that were not made yet."""

    piece: str
    prompt: str = ""
    negative_prompt: str = ""
    model: str = ""
    attempts: int | None = None
    seed: int | None = None
    pin_frames: bool = True
    reference: bool = True
    match_colors: bool = True


@dataclass(frozen=True)
class RegenerationEstimate:
    """quote: of all attempts together, at most. per_attempt: US dollars. words, pinned: how it will be made, and why so. known: other
    words that the ad has. n_frames: that the clip will have, handles included. notes: sentences."""

    quote: Quote
    per_attempt: Decimal
    attempts: int
    model: str
    words: Prompted
    known: tuple[Known, ...]
    pinned: Pinned
    n_frames: int
    fps: int
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Planned:
    """An order before anything is written."""

    draft: Draft
    gap: Gap
    words: Prompted
    pinned: Pinned
    model: str
    image_model: str
    seed: int
    attempts: int
    order: RegenerationOrder
    quote: Quote
    notes: tuple[str, ...]


class Regenerations:
    """Orders clips for edits on this installation. attempts: how many are made where nothing is said. Thread-safe."""

    def __init__(self, database: Database, editor: Editor, orders: Orders, prices: Prices, runtime: Runtime, *, attempts: int = 3) -> None:
        self._database = database
        self._editor = editor
        self._orders = orders
        self._prices = prices
        self._runtime = runtime
        self._attempts = attempts

    def estimate(self, user_id: str, ad_id: str, revision: int, asked: RegenerationAsked) -> RegenerationEstimate:
        """What it may cost at most and how it would be made; nothing is ordered. Raises EditedElsewhere, EditRefused (no such piece),
        InputRefused, NotFound, NotYours, NotReady, UnknownPrice."""
        planned = self._planned(user_id, ad_id, revision, asked)
        quote = planned.quote
        return RegenerationEstimate(
            quote=quote,
            per_attempt=quote.total / planned.attempts,
            attempts=planned.attempts,
            model=planned.model,
            words=planned.words,
            known=known_words(planned.draft.edit, planned.gap, planned.order.plan),
            pinned=planned.pinned,
            n_frames=planned.gap.media_frames,
            fps=planned.draft.edit.fps,
            notes=(*planned.notes, *quote.notes),
        )

    def order(self, user_id: str, ad_id: str, revision: int, asked: RegenerationAsked) -> str:
        """Order it; its id. Raises what `estimate` raises, TooMany and OverCap; then nothing has happened at all."""
        planned = self._planned(user_id, ad_id, revision, asked)
        quote, gap = planned.quote, planned.gap
        size = planned.order.size
        generation = Generation(
            id=new_id(),
            user_id=user_id,
            team_id=planned.draft.ad.team_id,
            kind=GenerationKind.CLIP,
            listed=False,
            prompt=planned.words.text,
            prompt_key=search_key(planned.words.text),
            duration=max(1, round(gap.n_frames / planned.draft.edit.fps)),
            aspect_ratio=planned.draft.ad.aspect_ratio,
            brief={"ad_id": ad_id, "piece": gap.piece, "models": {"video": planned.model}},
            models=[planned.model],
        )

        def rows(session: Session, made: Generation) -> None:
            session.add(
                Regeneration(
                    generation_id=made.id,
                    ad_id=ad_id,
                    piece=gap.piece,
                    prompt=planned.words.text,
                    model=planned.model,
                    asked={
                        "asked": asdict(asked),
                        "source": planned.words.source,
                        "why": planned.words.why,
                        "motion": planned.words.motion,
                        "head": gap.head,
                        "n_frames": gap.n_frames,
                        "tail": gap.tail,
                        "scene": _scene(planned.draft, gap),
                        "image_model": planned.image_model,
                        "seed": planned.seed,
                        "billed_s": str(quote.lines[-1][0].seconds),
                    },
                    pinned=asdict(planned.pinned),
                    notes=list(planned.notes),
                    created_at=made.created_at,
                )
            )
            session.flush()
            session.add_all(
                RegenerationAttempt(
                    id=new_id(), generation_id=made.id, position=i, seed=seed, model=planned.model, created_at=made.created_at
                )
                for i, seed in enumerate(planned.order.seeds)
            )

        kind = f"clip: {planned.attempts} × {gap.media_frames} frames, {size[0]}×{size[1]}, {planned.model}"
        return self._orders.place(generation, quote, kind=kind, fn=regeneration_job, args=(planned.order,), with_it=rows)

    def rest(self, generation: Generation) -> Quote:
        """What it may cost at most to try an order again: the attempts that are not there. Raises InputRefused when its model is gone,
        NotReady when its ad is."""
        with self._database.reading() as session:
            row = session.get(Regeneration, generation.id)
            if row is None:
                raise NotReady("The ad that this clip was for was removed.")
            mine = (RegenerationAttempt.generation_id == generation.id, RegenerationAttempt.status != Status.COMPLETED)
            missing = session.scalar(select(func.count()).select_from(RegenerationAttempt).where(*mine)) or 0
        for kind, model in (("video", row.model), ("image", row.asked["image_model"])):
            if model and (why_not := self._runtime.why_not(kind, model)):  # type: ignore[arg-type]
                raise InputRefused(why_not, field="model")
        uses = [Use(row.model, seconds=Decimal(row.asked["billed_s"])) for _ in range(missing)]
        uses += [Use(row.asked["image_model"], images=1)] if row.asked["image_model"] else []
        return self._prices.quote(uses)

    def _planned(self, user_id: str, ad_id: str, revision: int, asked: RegenerationAsked) -> _Planned:
        draft = self._editor.at(user_id, ad_id, revision)
        try:
            gap = gap_of(draft.edit, asked.piece)
        except EditError as error:
            raise EditRefused(error.code, str(error)) from error
        attempts = self._attempts if asked.attempts is None else asked.attempts
        if not 1 <= attempts <= MOST_ATTEMPTS:
            raise InputRefused(f"1 to {MOST_ATTEMPTS} attempts are made at once.", field="attempts")
        words = plain_text(asked.prompt), plain_text(asked.negative_prompt)
        for text, field in zip(words, ("prompt", "negative_prompt"), strict=True):
            if len(text) > LONGEST_PROMPT:
                raise InputRefused(f"Up to {LONGEST_PROMPT} characters; this has {len(text)}.", field=field)
        with self._database.reading() as session:
            plan = _plan(session, ad_id)
            made = select(func.count()).select_from(Regeneration).where(Regeneration.ad_id == ad_id)
            before = session.scalar(made) or 0
            photo = product_photo(session, draft.ad)
        said = prompted(draft.edit, gap, plan, words[0])
        model, notes = self._model(draft, asked)
        can = self._runtime.capabilities("video", model)
        pins = pinned(gap, can, model, asked.pin_frames)
        starts = bool(can and can.from_still)
        image_model = self._image_model(draft) if starts and not pins.first else ""
        draws = self._runtime.capabilities("image", image_model) if image_model else None
        seed = crc32(f"{ad_id}/{gap.piece}/{before}".encode()) if asked.seed is None else asked.seed
        kin = bool(plan.keep.seed_control and draws and draws.kin_seed)
        shot = shot_for(draft.edit, gap, plan, said, seed, kin=kin, negative=words[1])
        own = draft.edit.settings
        order = RegenerationOrder(
            gap=gap,
            shot=shot,
            plan=plan,
            pinned=pins,
            model=model,
            image_model=image_model,
            seeds=seeds_of(seed, attempts),
            size=(int(own["width"]), int(own["height"])),
            fps=draft.edit.fps,
            grade=str(own.get("grade", "none")),
            parts=_beside(draft, gap),
            photo=photo,
            reference=asked.reference,
            match_colors=asked.match_colors,
            spared=tuple(draft.ad.brief.get("colors") or ()),
        )
        if pins.first and words[0]:
            notes.append("It goes on from the picture before it; switch pinning off to have your words draw a picture of their own.")
        return _Planned(draft, gap, said, pins, model, image_model, seed, attempts, order, self._quote(order, can), tuple(notes))

    def _model(self, draft: Draft, asked: RegenerationAsked) -> tuple[str, list[str]]:
        if asked.model:
            if why_not := self._runtime.why_not("video", asked.model):
                raise InputRefused(why_not, field="model")
            return asked.model, []
        if model := model_of_clips(draft.edit, lambda name: not self._runtime.why_not("video", name)):
            return model, []
        default = self._runtime.default_model("video")
        if default is None:
            raise InputRefused("No model here makes videos; see what this studio can do.", field="model")
        return default.id, [f"What made this ad's clips cannot be used here now; {default.id} makes this one."]

    def _image_model(self, draft: Draft) -> str:
        """The one that drew the ad's stills, if it can still be used; else the installation's. Raises InputRefused when there is none."""
        for piece in draft.edit.pieces:
            if (name := str(piece.own.get("image_model") or "")) and not self._runtime.why_not("image", name):
                return name
        default = self._runtime.default_model("image")
        if default is None:
            raise InputRefused(
                "No model here draws the picture that the clip begins with; let it begin on its neighbour's.", field="pin_frames"
            )
        return default.id

    def _quote(self, order: RegenerationOrder, can: Any) -> Quote:
        still = Still(_NOWHERE, *order.size, Made("")) if order.pinned.first or order.image_model else None
        last = Still(_NOWHERE, *order.size, Made("")) if order.pinned.last else None
        asks = asks_of(order.shot, order.plan, order.size, order.fps, order.seeds, still, last)
        if can is not None:
            try:
                check(_one_piece(asks[0], can), can, order.model)
            except AskRefused as error:
                raise InputRefused(str(error), field="model") from error
        return quote_of_clips(self._prices, asks, order.model, can, order.image_model)


def _one_piece(ask: VideoAsk, can: Any) -> VideoAsk:
    """What is asked at once: of a clip that is longer than the model makes, its first part."""
    return replace(ask, n_frames=lengths_of(ask, can)[0])


def _plan(session: Session, ad_id: str) -> ScenePlan:
    blueprint = session.get(Blueprint, ad_id)
    if blueprint is None or blueprint.plan is None:
        raise NotReady("This ad was made before its plan was kept; make it again first.")
    plan: ScenePlan = PLAN.validate_python(blueprint.plan)
    return plan


def product_photo(session: Session, ad: Generation) -> str:
    """The media file of the ad's product photo, "" where there is none (any more)."""
    upload = session.get(Upload, str(ad.brief.get("product_image") or ""))
    return upload.file_id if upload is not None and upload.owner_id == ad.user_id else ""


def _beside(draft: Draft, gap: Gap) -> tuple[Part, ...]:
    """The files of the clips beside the slot."""
    wanted = {name for one in (gap.before, gap.after) if one is not None for name in (one.media, one.still) if name}
    own = [part for part in draft.parts if part.role != TIMELINE_ROLE and part.name in wanted]
    return (*own, *(Part(asset.name, "clip", asset.media_id) for asset in draft.assets if asset.name in wanted))


def _scene(draft: Draft, gap: Gap) -> int | None:
    own = draft.edit.pieces[draft.edit.index(gap.piece)].own.get("scene")
    return int(own) if own else next((one.number for one in (gap.before, gap.after) if one is not None and one.number), None)
