"""From what the ad says to what will be photographed: AdSpec -> ScenePlan, every frame decided, nothing rendered.

Scenes take the story's lengths, borrow time where words need it, move their cuts onto beats when music has a wish, and are
cut into shots; each shot gets a picture from the shot grammar, its handles and its type. Pure: the same spec and brief give
the same plan.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from zlib import crc32

from models.asks import Framing, Room, Subject, TempoPlan
from models.typefaces.own import own_style
from pipelines.aspect import Aspect
from pipelines.brief import Brief
from pipelines.captions.logos import says_the_name
from pipelines.clear_of_type import calm_for, position_of, standing
from pipelines.colors import ground_and_inks, mix, overcast
from pipelines.copywriter.lexicon import product_named
from pipelines.copywriter.products import PRODUCTS
from pipelines.copywriter.voice import voice_for
from pipelines.edl import Position
from pipelines.errors import PlanError
from pipelines.finishes import finishes
from pipelines.frameworks import FRAMEWORKS, Beat
from pipelines.hints import Hints, read_hints
from pipelines.lighter import made_to_fit
from pipelines.presets import STYLES
from pipelines.scene_plan import Entity, Keep, Scene, ScenePlan, Shot
from pipelines.shot_prompts import air_around, air_of, motion_prompt, negative_prompt, still_prompt
from pipelines.shots import Kind, Recipe, ShotList, another, kinds_for
from pipelines.spec import AdSpec, SceneSpec
from pipelines.spec_writer import SpecDraft
from pipelines.timing import (
    FPS,
    MAX_SHIFT_S,
    MIN_SCENE_S,
    TRANSITION_FRAMES,
    balanced,
    cut_into,
    fit_cuts,
    frames,
    frames_at_least,
    shot_count,
    starts,
)
from pipelines.titling import (
    CardExtras,
    ShotText,
    Slot,
    called_out,
    closing_texts,
    read_by_the_cut,
    scene_texts,
    set_titles,
    shot_needs,
    signed,
    without_body,
)
from pipelines.wording import alternatives

Suggest = Callable[..., TempoPlan]


def plan_scenes(draft: SpecDraft, brief: Brief, *, suggest: Suggest | None = None) -> ScenePlan:
    """The plan of a written spec; says so when its brand name is a working name."""
    made = plan(draft.spec, brief, suggest=suggest)
    if not draft.working_name:
        return made
    name = draft.spec.brand_guidelines.brand_name
    note = f'No brand name was given, so the ad uses the working name "{name}". Name your brand to use yours.'
    return replace(made, working_name=True, warnings=(note, *made.warnings))


def plan(spec: AdSpec, brief: Brief, *, suggest: Suggest | None = None) -> ScenePlan:
    """The shots, titles and entities of `spec`, at FPS frames a second and exactly the ad's length.

    suggest: models.backends.sound_studio.tempo.suggest_cuts, or None to keep the story's own cuts. Raises PlanError when the
    scenes cannot be laid out, which a valid spec never causes.
    """
    return _Planner(spec, brief, read_hints(brief.prompt), suggest).plan()


@dataclass
class _Row:
    """A scene while it is being planned."""

    spec: SceneSpec
    beat: Beat
    kinds: list[Kind]
    texts: list[ShotText]
    into: str  # the transition that leads into it
    into_frames: int
    others: list[list[ShotText]] = field(default_factory=list)  # as other ads of a set are worded, which are cut alike


class _Planner:
    def __init__(self, spec: AdSpec, brief: Brief, hints: Hints, suggest: Suggest | None) -> None:
        self.spec, self.brief, self.hints, self.suggest = spec, brief, hints, suggest
        self.ad, self.guide = spec.ad_specifications, spec.brand_guidelines
        self.story = FRAMEWORKS[self.ad.framework]
        self.voice = voice_for(brief.style, self.ad.music_style)
        self.product = PRODUCTS[hints.product_id] if hints.product_id else product_named(spec.analysis.product_type)
        self.total = self.ad.ad_duration_seconds * FPS
        self.size = Aspect(self.ad.aspect_ratio).scaled(self.brief.short_side)
        zone = Aspect(self.ad.aspect_ratio).safe
        self.safe = (zone.left, zone.top, zone.right, zone.bottom)
        self.over = TRANSITION_FRAMES[self.ad.pacing]
        self.inner = self.over // 2 if self.ad.pacing == "slow_cinematic" else 0
        self.warnings: list[str] = []
        self.air = air_around(self.product.air, f"{hints.traits} {hints.noun or spec.analysis.product_type} {brief.prompt}")
        self.colors = ground_and_inks(tuple(self.guide.brand_colors))

    def plan(self) -> ScenePlan:
        rows = self._rows()
        lengths, bpm = self._lengths(rows)
        scenes, slots = self._shots(rows, lengths, bpm)
        width, height = self.size
        shots = [shot for scene in scenes for shot in scene.shots]
        texts = [text for row in rows for text in row.texts]
        if sum(shot.n_frames for shot in shots) != self.total:
            raise PlanError(f"The shots cover {sum(s.n_frames for s in shots)} frames; the ad has {self.total}.")
        if self.hints.asked_seconds not in (None, 15, 30, 60) and self.brief.duration is None:
            asked, given = f"{self.hints.asked_seconds:g}", self.ad.ad_duration_seconds
            self.warnings.append(f"The prompt asks for {asked} seconds; ads are 15, 30 or 60 seconds long, so this one has {given}.")
        return ScenePlan(
            width=width,
            height=height,
            fps=FPS,
            n_frames=self.total,
            subject=self._subject(),
            palette=self.colors,
            entities=self._entities(scenes),
            scenes=tuple(scenes),
            titles=set_titles(slots, texts, self._type(), self.colors[2], self.colors[1], FPS),
            grade=self.brief.grade or (STYLES[self.brief.style].grade if self.brief.style else self.ad.music_style),
            mood=self.ad.music_style,
            hero_frame=next((s.start for s, row in zip(scenes, rows, strict=True) if row.beat.reveal), scenes[-1].start),
            final_frame=shots[-1].start,
            bpm=bpm,
            safe=self.safe,
            seed=self.brief.seed,
            music_volume=self.spec.audio_layer.music_volume,
            effects_volume=self.spec.audio_layer.effects_volume,
            logo=self.brief.logo,
            warnings=tuple(self.warnings),
            keep=self._keep(),
        )

    def _type(self) -> str:
        own = self.brief.own_type
        return own_style(self.guide.font_style, own.display, own.text) if own else self.guide.font_style

    def _keep(self) -> Keep:
        chosen = self.brief.coherence
        return Keep(chosen.seed_control, chosen.reference, chosen.layout_control, self.brief.lora, self.brief.lora_weight)

    def _rows(self) -> list[_Row]:
        rows = []
        for i, (scene, beat) in enumerate(zip(self.spec.scenes, self.story.beats, strict=True)):
            count = shot_count(beat, self.ad.ad_duration_seconds, self.ad.pacing, scene.duration_seconds)
            texts = self._texts(self.spec, i, beat, count)
            into = self.spec.scenes[i - 1].transition_out if i else "cut"
            if beat.reveal and into in ("cut", "crossfade"):
                into = self.voice.reveal
            others = [self._texts(spec, i, beat, count) for spec in alternatives(self.spec, self.brief.wording)]
            rows.append(_Row(scene, beat, kinds_for(beat, count), texts, into, 0 if into == "cut" else self.over, others))
        return rows

    def _texts(self, spec: AdSpec, i: int, beat: Beat, count: int) -> list[ShotText]:
        if beat.final:
            return closing_texts(spec, count, self._extras(), self.over // 2)
        texts = scene_texts(spec.scenes[i], count)
        features = self.brief.features or self.hints.features
        if features and beat is self._showing():
            texts = called_out(texts, features, self.over // 2)
        return texts if i else [signed(texts[0], self.guide.brand_name), *texts[1:]]

    def _showing(self) -> Beat:
        """The beat in which the product is there to be pointed at: the last lit one before the end, else the one before the end."""
        lit = [beat for beat in self.story.beats[:-1] if not beat.shadow]
        return lit[-1] if lit else self.story.beats[-2]

    def _extras(self) -> CardExtras:
        logo = self.brief.logo
        rating = self.brief.rating or self.hints.rating
        return CardExtras(self._badge(), rating, str(logo) if logo else "", says_the_name(logo) if logo else False)

    def _badge(self) -> str:
        offer, urgency = self.hints.offer, self.hints.urgency
        return f"{offer}, {urgency}" if offer and urgency and len(offer) + len(urgency) <= 26 else offer

    def _needs(self, rows: Sequence[_Row], *, apart: bool = False) -> list[list[int]]:
        """The frames each shot must at least last for its words, scene by scene; apart: see titling.shot_needs."""
        after = [*(row.into_frames for row in rows[1:]), 0]
        return [
            shot_needs((row.texts, *row.others), row.into_frames, after[i], self.inner, first=i == 0, apart=apart)
            for i, row in enumerate(rows)
        ]

    def _lengths(self, rows: list[_Row]) -> tuple[list[int], float]:
        """Frames of each scene, and the tempo (0.0 for none)."""
        table = [frames(row.spec.duration_seconds) for row in rows]
        table[-1] += self.total - sum(table)
        needs = [max(sum(shots), frames_at_least(MIN_SCENE_S)) for shots in self._needs(rows)]
        lengths = balanced(table, needs, FPS // 2)
        for i, row in enumerate(rows):
            if lengths[i] < needs[i] and any(line.role == "body" for text in row.texts for line in text.lines):
                row.texts = [without_body(text) for text in row.texts]
                row.others = [[without_body(text) for text in texts] for texts in row.others]
        lengths, needs, gone = made_to_fit(rows, lambda: self._borrowed(rows, table))
        self.warnings += [
            f"Scene {rows[i].spec.scene_number} has no time for “{'” and “'.join(words)}”; it was left out." for i, words in gone.items()
        ]
        for row, length, need in zip(rows, lengths, needs, strict=True):
            if length < need:
                self.warnings.append(f"The text of scene {row.spec.scene_number} is long for its {length / FPS:.1f} seconds; shorten it.")
        if self.suggest is None:
            return lengths, 0.0
        begin = starts(lengths)
        reveal = next((i for i, row in enumerate(rows) if row.beat.reveal), len(rows) - 1)
        tempo = self.suggest(
            self.ad.music_style,
            self.total / FPS,
            tuple(frame / FPS for frame in begin[1:]),
            hero_s=begin[reveal] / FPS,
            final_s=begin[-1] / FPS,
            seed=self.brief.seed,
            min_scene_s=MIN_SCENE_S,
            max_scene_s=self.total / FPS,
            max_shift_s=MAX_SHIFT_S,
        )
        return fit_cuts(lengths, tempo.cuts_s, needs), tempo.bpm

    def _borrowed(self, rows: Sequence[_Row], table: Sequence[int]) -> tuple[list[int], list[int]]:
        """(length, need) of each scene; those that are short borrow from their neighbours, and then from further away."""
        needs = [max(sum(shots), frames_at_least(MIN_SCENE_S)) for shots in self._needs(rows)]
        near = balanced(table, needs, FPS)
        return (near if all(has >= need for has, need in zip(near, needs, strict=True)) else balanced(near, needs, FPS, reach=2)), needs

    def _shots(self, rows: Sequence[_Row], lengths: Sequence[int], bpm: float) -> tuple[list[Scene], list[Slot]]:
        deal, scenes, slots = ShotList(mirrored=bool(self.brief.seed % 2), views=self.hints.views), list[Scene](), list[Slot]()
        needs, apart = self._needs(rows), self._needs(rows, apart=True)
        for i, (row, start, length) in enumerate(zip(rows, starts(lengths), lengths, strict=True)):
            pieces = cut_into(start, length, apart[i] if sum(apart[i]) <= length else needs[i], bpm)
            at, shots = start, []
            position = position_of(row.spec, row.beat, row.kinds)
            for j, (kind, n_frames) in enumerate(zip(row.kinds, pieces, strict=True)):
                last = j == len(pieces) - 1
                before = row.into_frames if j == 0 else self.inner
                after = self.inner if not last else rows[i + 1].into_frames if i + 1 < len(rows) else 0
                titled = any(text.lines for text in row.texts[: j + 1])
                # A screen or a printed can seen from near is all signs: type on those is read by nobody.
                recipe, mirrored = deal.next(kind, ("macro",) if row.texts[j].lines and self.product.busy_near else ())
                if not i and self.brief.wording.opening:
                    recipe, mirrored = another(recipe, mirrored, self.brief.wording.opening)
                # Type leaves before a picture that is all product, if it has been read by then.
                own = row.texts[j].lines or not j or recipe.size != "macro"
                bare = not own and read_by_the_cut((row.texts, *row.others), slots[-j:], first=not i)
                room: Room = "none" if position == "center" or bare or not titled else position
                calm = 0.0 if room == "none" else self._calm(row, j, position)
                # Type in the middle of a shadow scene: the soft shape waits below it.
                id = f"s{row.spec.scene_number}{'abcdefgh'[j]}"
                framing = recipe.framing("top" if kind == "blurred" else room, mirrored, calm)
                shot = self._shot(id, row, recipe, framing)
                shots.append(
                    replace(
                        shot,
                        start=at,
                        n_frames=n_frames,
                        head=before // 2,
                        tail=after // 2,
                        transition_in=row.into if j == 0 else "crossfade" if self.inner else "cut",
                        transition_frames=before,
                    )
                )
                slots.append(Slot(at, n_frames, before, after, position, joined=not last, bare=bare))
                at += n_frames
            scenes.append(Scene(row.spec.scene_number, row.spec.scene_type, start, length, tuple(shots)))
        return scenes, slots

    def _calm(self, row: _Row, j: int, position: Position) -> float:
        """How far type reaches into a shot, however an ad of the set is worded: they share their pictures."""
        return calm_for((standing(texts, j) for texts in (row.texts, *row.others)), position, self._type(), self.size, self.safe)

    def _shot(self, id: str, row: _Row, recipe: Recipe, framing: Framing) -> Shot:
        """The picture of one shot; its place in time is set by the caller."""
        shadow, together = recipe.kind in ("absent", "blurred"), self.brief.coherence.seed_control
        close = recipe.detail or (recipe.kind == "reveal" and self.hints.detail)
        detail = (self.hints.detail or self.product.detail) if close else ""
        return Shot(
            id=id,
            scene=row.spec.scene_number,
            start=0,
            n_frames=0,
            head=0,
            tail=0,
            still_prompt=still_prompt(recipe, row.spec.visual_prompt, detail, self.guide.visual_style_keywords),
            motion_prompt=motion_prompt(recipe.move, self.ad.pacing, self.guide.mood, air_of(recipe, self.air)),
            framing=framing,
            move=recipe.move,
            shows_product=recipe.kind != "absent",
            group=("shadow" if shadow else "hero") + ("" if together else f"/{id}"),
            negative_prompt=negative_prompt(recipe, self.spec.analysis.product_type),
            # One seed for the whole ad: the same set, stone for stone, in every light. Let go, each shot builds its own.
            seed=crc32(f"{self.brief.seed}/{self.product.id}{'' if together else f'/{id}'}".encode()),
            look="flat_cool" if shadow else "none",
            palette=tuple(overcast(color) for color in self.colors) if shadow else (),
        )

    def _subject(self) -> Subject:
        ground, accent = self.colors[:2]
        body = {"ground": ground, "accent": accent, "light": mix(ground, "#FFFFFF", 0.86), "dark": mix(ground, "#0E0F12", 0.86)}
        description = self.spec.product_description.partition(": ")[2] or self.spec.product_description
        said = finishes(self.brief.prompt, self.product.id, self.hints.traits)
        own = self.hints.colors or (body[self.product.body],)
        return Subject(
            kind=self.spec.analysis.product_type,
            label=self.guide.brand_name,
            sublabel=self.product.sublabel or self.spec.analysis.product_type[:24],
            description=", ".join(filter(None, (self.hints.traits, said, description.rstrip(".")))),
            colors=tuple(dict.fromkeys((*own, accent, *self.colors[3:]))),
            photo=self.brief.product_image,
        )

    def _entities(self, scenes: Sequence[Scene]) -> tuple[Entity, ...]:
        def where(test: Callable[[Shot], bool]) -> tuple[int, ...]:
            return tuple(scene.number for scene in scenes if any(test(shot) for shot in scene.shots))

        lit = next(row for row, beat in zip(self.spec.scenes, self.story.beats, strict=True) if not beat.shadow)
        found = [
            Entity("product", self.spec.product_description, where(lambda shot: shot.shows_product)),
            Entity("set:hero", lit.visual_prompt, where(lambda shot: shot.group.startswith("hero"))),
        ]
        dark = next((row for row, beat in zip(self.spec.scenes, self.story.beats, strict=True) if beat.shadow), None)
        if dark is not None:
            found.append(Entity("set:shadow", dark.visual_prompt, where(lambda shot: shot.group.startswith("shadow"))))
        return tuple(found)
