"""Type on products is the right letters, the right way round, inside its field."""

from itertools import combinations

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from models.backends.product_studio.archetypes import ARCHETYPES, Look, Part
from models.backends.product_studio.archetypes.look import look_for
from models.backends.product_studio.archetypes.phone_apps import APPS
from models.backends.product_studio.archetypes.phone_screen import paint_screen
from models.backends.product_studio.geometry import Mesh, triangulate
from models.backends.product_studio.geometry.lettering import letterform, lettering
from models.backends.product_studio.labels import Sheet, brand_block, fitted, name_solid
from models.typefaces import TYPEFACES, font_file, installed

CANVAS = (200, 480)


def seen(mesh: Mesh, width: float) -> np.ndarray:
    """The mesh's front from +Z as a picture, `width` units wide, centred on the mesh."""
    scale = CANVAS[1] / width
    centre = sum(mesh.bounds()) / 2
    front = mesh.faces[mesh.normals[mesh.faces].mean(1)[:, 2] > 0.4]
    points = (mesh.vertices - centre)[:, :2] * (scale, -scale) + (CANVAS[1] / 2, CANVAS[0] / 2)
    image = np.zeros(CANVAS, np.uint8)
    for face in front:
        cv2.fillPoly(image, [np.round(points[face] * 16).astype(np.int32)], 255, shift=4)
    return image


def typeset(text: str, style: str) -> np.ndarray:
    """The same word set by Pillow alone, filling the same width."""
    font = ImageFont.truetype(str(font_file(style)), 100)
    image = Image.new("L", (1600, 300))
    ImageDraw.Draw(image).text((100, 80), text, font=font, fill=255)
    ink = np.asarray(image)
    rows, columns = np.nonzero(ink)
    return ink[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def cropped(image: np.ndarray, like: np.ndarray) -> np.ndarray:
    rows, columns = np.nonzero(image)
    part = image[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    return cv2.resize(part, like.shape[::-1], interpolation=cv2.INTER_AREA)


def likeness(image: np.ndarray, like: np.ndarray) -> float:
    return float(np.corrcoef(cropped(image, like).ravel(), like.ravel())[0, 1])


@pytest.mark.parametrize("style", TYPEFACES)
def test_raised_words_are_the_letters_of_their_font(style: str) -> None:
    word = lettering("Feliks", font_file(style), 0.1, 0.01)
    assert word is not None
    reference = typeset("Feliks", style)
    image = seen(word, 1.0)
    assert likeness(image, reference) > 0.85
    assert likeness(image, reference) > likeness(image[:, ::-1], reference) + 0.3


@pytest.mark.parametrize("style", TYPEFACES)
def test_every_letter_is_filled_exactly(style: str) -> None:
    for character in "ABQ&8@gaeß%é":
        for island in letterform(character, font_file(style)):
            points, faces = np.concatenate(island), triangulate(island)
            a, b, c = (points[faces[:, k]] for k in range(3))
            filled = ((b - a)[:, 0] * (c - a)[:, 1] - (b - a)[:, 1] * (c - a)[:, 0]).sum() / 2
            rings = sum(float(np.sum(r[:, 0] * np.roll(r, -1, 0)[:, 1] - r[:, 1] * np.roll(r, -1, 0)[:, 0])) / 2 for r in island)
            assert filled == pytest.approx(rings, rel=1e-6)


def test_the_tail_of_an_o_is_a_hole() -> None:
    (island,) = letterform("O", font_file("modern_grotesk"))
    assert len(island) == 2
    assert len(letterform("i", font_file("modern_grotesk"))) == 2
    assert letterform(" ", font_file("modern_grotesk")) == ()


@pytest.mark.parametrize("text", ["Ora", "Meridian", "Extraordinarily Long Company Name", "Unbreakablenameofacompany"])
@pytest.mark.parametrize("style", ["luxury_serif", "bold_display"])
def test_names_stay_in_their_field(text: str, style: str) -> None:
    name = name_solid(text, style, 0.5, 0.1)
    assert name is not None
    low, high = name.bounds()
    assert high[0] - low[0] <= 0.5 + 1e-6
    assert low[0] + high[0] == pytest.approx(0, abs=0.02)


def test_long_names_break_between_words_before_they_become_small() -> None:
    def width(line: str, _tracking: float) -> float:
        return float(len(line))

    assert fitted("Ora", width, 10, 0).lines == ("Ora",)
    assert fitted("Little Fern Paper", width, 15, 0).lines == ("Little Fern Paper",)
    assert fitted("Little Fern Paper Company", width, 13, 0).lines == ("Little Fern", "Paper Company")
    assert fitted("Unbreakablenameofacompany", width, 5, 0).scale == pytest.approx(0.2)


def test_letters_that_no_typeface_has_leave_no_boxes_and_joined_writing_is_set_as_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installed, "FOLDERS", ())
    for known in (installed._files, installed.able):
        known.cache_clear()
    try:
        assert name_solid("時計", "luxury_serif", 1.0, 0.1) is None
        mixed, plain = (name_solid(text, "luxury_serif", 1.0, 0.1) for text in ("Orel 時計", "Orel"))
        assert np.allclose(mixed.bounds(), plain.bounds())
        assert [installed.joined(text) for text in ("قهوة", "שלום", "नमस्ते", "Ørsted", "時計", "Кафе")] == [True] * 3 + [False] * 3
    finally:
        for known in (installed._files, installed.able):
            known.cache_clear()


def test_an_empty_label_leaves_nothing() -> None:
    assert name_solid("", "luxury_serif", 1, 0.1) is None
    assert name_solid("  ", "luxury_serif", 1, 0.1) is None
    assert brand_block("", "", "luxury_serif", 1, 0.1) is None


@pytest.mark.parametrize("name", ["can", "jar", "water_bottle", "dropper", "box", "perfume"])
def test_the_name_on_the_product_reads_the_right_way_round_from_the_front(name: str) -> None:
    shape = ARCHETYPES[name]
    look = Look(name, label="Feliks", typeface="geometric_sans", body="#E8E2D8", accent="#1B1B1E", extra=(("dry", "yes"),))
    bare = Look(name, typeface="geometric_sans", body="#E8E2D8", accent="#1B1B1E", extra=(("dry", "yes"),))
    named, blank = (shape.build(each, np.random.default_rng(1)).parts for each in (look, bare))
    printed, frame = _unlike(named, blank), _unlike(blank, named)
    skip = len(frame.faces) if frame is not None else 0  # frames and rules are drawn before the name, and stay without one
    assert printed is not None
    word = Mesh(printed.vertices, printed.normals, printed.uv, printed.faces[skip:])
    reference = typeset("Feliks", "geometric_sans")
    image = seen(word, 1.2)
    assert likeness(image, reference) > 0.7
    assert likeness(image, reference) > likeness(image[:, ::-1], reference) + 0.25


def _unlike(parts: tuple[Part, ...], others: tuple[Part, ...]) -> Mesh | None:
    """The one mesh of `parts` that `others` lack."""
    known = {len(part.mesh.faces) for part in others}
    odd = [part.mesh for part in parts if len(part.mesh.faces) not in known]
    assert len(odd) <= 1
    return odd[0] if odd else None


def test_painted_text_is_there_and_fits() -> None:
    sheet = Sheet(400, 120, "#FFFFFF")
    width = sheet.text("Extraordinarily Long", font_file("luxury_serif"), (200, 60), 60, "#000000", field=360)
    ink = np.nonzero(sheet.pixels().min(2) < 128)[1]
    assert width <= 360
    assert 15 <= ink.min() < 60
    assert 340 < ink.max() <= 385


def test_the_screen_shows_the_name_and_changes_with_it() -> None:
    look = Look("phone", label="Finch", typeface="modern_grotesk", body="#4B5BFF")
    with_name, without = paint_screen(look, 0.47), paint_screen(Look("phone", typeface="modern_grotesk", body="#4B5BFF"), 0.47)
    rows, columns = np.nonzero(np.abs(with_name.astype(int) - without).max(2) > 30)
    assert 150 < rows.min() < rows.max() < 290
    assert columns.min() >= 40
    name = with_name[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1].max(2)
    assert likeness((name > 160).astype(np.uint8) * 255, typeset("Finch", "modern_grotesk")) > 0.8


def test_apps_of_different_trades_have_screens_of_their_own() -> None:
    def screen(kind: str, *colors: str) -> np.ndarray:
        return paint_screen(look_for(kind, "Finch", colors=colors, archetype="phone"), 0.457)

    screens = [screen(kind, "#4B5BFF", "#FF8A5C") for kind in ("banking app", "fitness app", "tech startup")]
    for a, b in combinations(screens, 2):
        assert (np.abs(a[320:].astype(int) - b[320:]).max(2) > 24).mean() > 0.12
    lime = screen("banking app", "#101412", "#C8F03C")  # in the brand's colours, whichever they are
    assert (np.abs(lime.astype(int) - (200, 240, 60)).max(2) < 12).mean() > 0.03


def test_what_an_app_is_called_says_which_screen_it_has() -> None:
    asked = ("banking app", "fitness app", "meditation app", "taxi app", "dating app", "task planner app", "tech startup")
    found = [look_for(kind, "Finch", archetype="phone").option("app") for kind in asked]
    assert found == ["money", "training", "rest", "map", "talk", "plans", ""]
    assert set(found) - {""} == set(APPS)
    assert not look_for("running shoe", "Finch").extra, "only a phone has a screen"
