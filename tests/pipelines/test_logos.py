"""Logos, ratings and callouts: read from a brief, set on the end card, kept in their colours, moved with the timeline."""

import itertools
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw

from pipelines.brief import read_brief
from pipelines.captions import logos
from pipelines.captions.layout import Shape, layout
from pipelines.captions.legibility import backing
from pipelines.captions.lettering import Lettering
from pipelines.edl import Title, TitleLine
from pipelines.errors import BriefError
from pipelines.hints import read_hints
from pipelines.kernels import BLACK, NEUTRAL, UNIT, load
from pipelines.planner import plan_scenes
from pipelines.scene_plan import ScenePlan
from pipelines.spec_writer import write_spec
from pipelines.timeline import build_timeline
from pipelines.timeline_media import portable
from pipelines.yuv import yuv_to_rgb

ORANGE = (232, 93, 4)


@pytest.fixture
def wide(tmp_path: Path) -> Path:
    """An orange bar with clear margins, five times as wide as it is high."""
    return drawn(tmp_path / "wide.png", (600, 200), (50, 50, 549, 149), (*ORANGE, 255))


@pytest.fixture
def mark(tmp_path: Path) -> Path:
    """A nearly black square."""
    return drawn(tmp_path / "mark.png", (200, 200), (0, 0, 199, 199), (10, 12, 20, 255), clear=True)


def drawn(path: Path, size: tuple[int, int], box: tuple[int, int, int, int], color: tuple[int, ...], clear: bool = False) -> Path:
    image = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(image).rectangle(box, fill=color)
    if clear:  # corners that let the ground through: no picture with a ground of its own
        ImageDraw.Draw(image).rectangle((0, 0, 60, 60), fill=(0, 0, 0, 0))
    image.save(path)
    return path


def card(logo: Path) -> Title:
    return Title((TitleLine("Aurelia", "logo", "fade", image=str(logo)), TitleLine("Made to last.", "body")), 0, 60)


def planned(prompt: str, **fields: object) -> ScenePlan:
    brief = read_brief(prompt, **fields)  # type: ignore[arg-type]
    return plan_scenes(write_spec(brief, read_hints(brief.prompt)), brief)


def test_logos_of_every_shape_weigh_alike_and_are_cropped_to_their_ink(wide: Path, mark: Path) -> None:
    assert logos.logo(wide).aspect == pytest.approx(5, rel=0.02)
    areas = [np.prod(logos.size_of(path, 1080, 918)) for path in (wide, mark)]
    assert areas[0] == pytest.approx(areas[1], rel=0.02)
    assert logos.says_the_name(wide)
    assert not logos.says_the_name(mark)


def test_a_logo_keeps_its_colour_on_any_picture(wide: Path) -> None:
    title = card(wide)
    placed = layout(title, 540, 960, (0.075, 0.1, 0.075, 0.1))
    shape = next(shape for shape in placed.shapes if shape.kind == "logo")
    planes = on_grey(title, placed.size, 0.2)
    x, y = round((shape.left + shape.right) / 2) // 2 * 2, round((shape.top + shape.bottom) / 2) // 2 * 2
    seen = yuv_to_rgb(*(np.array(plane[y // k, x // k] / UNIT) for plane, k in zip(planes, (1, 2, 2), strict=True))) * 255
    assert np.abs(seen - np.array(ORANGE)).max() < 2.5


def test_a_logo_that_would_drown_gets_a_plate_and_one_that_reads_gets_none(mark: Path) -> None:
    placed = layout(card(mark), 540, 960, (0.075, 0.1, 0.075, 0.1))
    dark, light = (np.full((120, 67, 3), value, np.float32) for value in (0.04, 0.9))
    assert backing(card(mark), placed, [dark]).plate == "#FFFFFF"
    assert backing(card(mark), placed, [light]).plate == ""


def on_grey(title: Title, size: tuple[int, int], grey: float) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    width, height = size
    half = (height // 2, width // 2)
    planes = (
        np.full((height, width), BLACK + round(grey * 219) * UNIT, np.uint16),
        np.full(half, NEUTRAL, np.uint16),
        np.full(half, NEUTRAL, np.uint16),
    )
    placed = layout(title, width, height, (0.075, 0.1, 0.075, 0.1))
    ground = np.full((height // 8, width // 8, 3), grey, np.float32)
    Lettering(title, placed, backing(title, placed, [ground]), 24).draw(planes, 40, load("plain"))
    return planes


@pytest.mark.parametrize(("said", "full"), [("4.5", [1, 1, 1, 1, 0.5]), ("3 from 12 reviews", [1, 1, 1, 0, 0]), ("5", [1] * 5)])
def test_stars_are_as_full_as_the_rating_says(said: str, full: list[float]) -> None:
    title = Title((TitleLine(said, "rating"),), 0, 48, accent="#FFC400")
    placed = layout(title, 540, 960, (0.075, 0.1, 0.075, 0.1))
    stars = [shape for shape in placed.shapes if shape.kind == "star"]
    assert [star.share for star in stars] == pytest.approx(full)
    assert all(a.right < b.left for a, b in itertools.pairwise(stars))
    assert stars[-1].right < placed.lines[0].x
    middle = (placed.box[0] + placed.box[2]) / 2
    assert middle == pytest.approx(270, abs=3)
    ink = [inked(title, star) for star in stars]
    assert all(more > 2 * less for more, less in itertools.pairwise(ink) if full[ink.index(more)] == 1 and full[ink.index(less)] == 0)


def inked(title: Title, star: Shape) -> float:
    y = on_grey(title, (540, 960), 0.0)[0]
    return float((y[round(star.top) : round(star.bottom), round(star.left) : round(star.right)] - BLACK).mean())


def test_callouts_stand_flush_under_one_another_each_after_its_stroke() -> None:
    title = Title((TitleLine("Carbon plate", "callout", "rise"), TitleLine("198 g", "callout", "rise", delay=8)), 0, 60)
    placed = layout(title, 540, 960, (0.075, 0.1, 0.075, 0.1))
    assert len({round(line.x, 3) for line in placed.lines}) == 1
    assert all(rule.right < line.x for rule, line in zip(placed.shapes, placed.lines, strict=True))


@pytest.mark.parametrize(
    ("prompt", "rating", "features"),
    [
        ("A headphones ad, 4.8 stars from 2,300 reviews, 30-hour battery life", "4.8 from 2,300 reviews", ("30-hour battery life",)),
        ("Watch ad, waterproof to 100 m, rated 4,9/5", "4.9", ("Waterproof to 100 m",)),
        ("Ad for a five-star hotel spa", "", ()),
        ("Ad for a 5-star hotel", "", ()),
        ("Wool sweater ad, 100% organic, 50% more grip", "", ("100% organic",)),
        ("A 30-second water bottle ad", "", ()),
    ],
)
def test_what_the_prompt_claims_is_read_and_nothing_else(prompt: str, rating: str, features: tuple[str, ...]) -> None:
    read = read_hints(prompt)
    assert (read.rating, read.features) == (rating, features)


def test_the_end_card_carries_logo_and_rating_and_the_film_its_features(wide: Path, mark: Path) -> None:
    made = planned('A running shoe ad for "Kestrel"', logo=wide, rating="4.7", features=["Carbon plate", "198 g"])
    roles = [line.role for line in made.titles[-1].lines]
    assert roles[0] == "logo"
    assert "brand" not in roles
    assert roles.index("rating") < roles.index("cta")
    called = [title for title in made.titles if any(line.role == "callout" for line in title.lines)]
    assert len(called) == 1
    assert called[0].start < made.final_frame
    assert "brand" in [line.role for line in planned('A shoe ad for "Kestrel"', logo=mark).titles[-1].lines]


@pytest.mark.parametrize(
    "fields",
    [{"rating": "great"}, {"rating": "6"}, {"rating": "4.8 " + "x" * 60}, {"features": ["a", "b", "c", "d"]}, {"features": ["x" * 40]}],
)
def test_what_cannot_be_shown_is_refused_in_a_sentence(fields: dict[str, object]) -> None:
    with pytest.raises(BriefError) as told:
        read_brief("A running shoe ad", **fields)  # type: ignore[arg-type]
    assert told.value.field in fields


def test_a_file_that_is_no_logo_is_refused(tmp_path: Path) -> None:
    bad = tmp_path / "logo.svg"
    bad.write_text("<svg/>")
    with pytest.raises(BriefError, match="The logo cannot be read"):
        read_brief("A running shoe ad", logo=bad)


def test_a_logo_travels_with_its_timeline(wide: Path, tmp_path: Path) -> None:
    made = planned('A running shoe ad for "Kestrel"', logo=wide)
    timeline = build_timeline(replaced_shots(made), (), None, "Kestrel", tmp_path)
    moved, parts = portable(timeline, tmp_path)
    logo = next(part for part in parts if part.role == "logo")
    assert logo.name == "logos/01-kestrel.png"
    assert logo.path == wide
    there = tmp_path / "there"
    (there / "logos").mkdir(parents=True)
    shutil.copy(wide, there / logo.name)
    lines = [line for title in titles_of(moved, there) for line in title.lines if line.image]
    assert [Path(line.image) for line in lines] == [there / logo.name]


def replaced_shots(made: ScenePlan) -> ScenePlan:
    """The plan without its pictures: only type is looked at here."""
    from dataclasses import replace

    return replace(made, scenes=())


def titles_of(timeline: object, root: Path) -> tuple[Title, ...]:
    from pipelines.timeline import TEXT, _titles

    return tuple(title for track in timeline.tracks if track.kind == TEXT for title in _titles(track, root))  # type: ignore[attr-defined]
