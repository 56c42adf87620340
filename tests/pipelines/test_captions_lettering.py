"""Type on pictures: where the layout says, legible on anything, steady when it stands still."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.typefaces import TYPEFACES
from pipelines import colors, kernels
from pipelines.captions.layout import TextLayout, layout
from pipelines.captions.legibility import CONTRAST, SHADOW_SHARE, Backing, backing, contrast_with, label_color, scrim_plane, worst
from pipelines.captions.lettering import Lettering
from pipelines.copywriter.looks import LOOKS
from pipelines.edl import Title, TitleLine
from pipelines.kernels import BLACK, NEUTRAL, ONE, UNIT
from pipelines.text_animations import ANIMATIONS
from pipelines.yuv import grey_of_luminance, luminance

WIDTH, HEIGHT, FPS = 270, 480, 24
SAFE = (0.075, 0.1, 0.075, 0.1)
LOOPS = kernels.load("compiled")
NOTHING = Backing(0.0, False, 0.0)


def title(text: str = "Every second", animation: str = "fade", color: str = "#FFFFFF", position: str = "center", **more: object) -> Title:
    return Title((TitleLine(text, "headline", animation),), 0, 72, position, color=color, **more)


def placed(wanted: Title) -> TextLayout:
    return layout(wanted, WIDTH, HEIGHT, SAFE)


def canvas(level: int = 16) -> tuple[np.ndarray, ...]:
    half = (HEIGHT // 2, WIDTH // 2)
    return np.full((HEIGHT, WIDTH), level * UNIT, np.uint16), np.full(half, NEUTRAL, np.uint16), np.full(half, NEUTRAL, np.uint16)


def drawn(
    wanted: Title, frame: int, back: Backing = NOTHING, level: int = 16, lettering: Lettering | None = None
) -> tuple[np.ndarray, ...]:
    planes = canvas(level)
    (lettering or Lettering(wanted, placed(wanted), back, FPS)).draw(planes, frame, LOOPS)
    return planes


@pytest.mark.parametrize("animation", sorted(ANIMATIONS))
def test_ink_arrives_stays_inside_its_box_and_leaves(animation: str) -> None:
    wanted = title(animation=animation)
    left, top, right, bottom = placed(wanted).box
    settled = drawn(wanted, 40)[0]
    rows, columns = np.nonzero(settled > BLACK + 3 * UNIT)
    assert rows.min() >= top - 2
    assert rows.max() <= bottom + 2
    assert columns.min() >= left - 3
    assert columns.max() <= right + 3
    assert settled.max() > 230 * UNIT
    totals = [drawn(wanted, frame)[0].astype(float).sum() for frame in (-1, 0, 6, 40, 71, 72)]
    blank = canvas()[0].astype(float).sum()
    assert totals[0] == totals[5] == blank
    assert blank <= totals[1] < totals[3]
    assert totals[2] <= totals[3] * 1.0001
    assert totals[4] < blank + 0.2 * (totals[3] - blank)


@pytest.mark.parametrize("animation", ["tracking_in", "word_by_word", "mask_reveal", "blur_in"])
def test_any_frame_alone_is_the_same_as_in_order(animation: str) -> None:
    wanted = title(animation=animation)
    in_order = Lettering(wanted, placed(wanted), NOTHING, FPS)
    for frame in range(30):
        running = drawn(wanted, frame, lettering=in_order)
        if frame % 7 == 3:
            for a, b in zip(running, drawn(wanted, frame), strict=True):
                np.testing.assert_array_equal(a, b)


def test_every_way_of_moving_settles_to_the_same_letters() -> None:
    settled = [
        drawn(title(animation=name), 45)[0].astype(int) for name in ("fade", "rise", "scale", "mask_reveal", "blur_in", "word_by_word")
    ]
    for other in settled[1:]:
        assert np.abs(other - settled[0]).mean() < 0.15 * UNIT


def test_a_mask_hides_what_is_below_the_baseline() -> None:
    wanted = title(animation="mask_reveal")
    band_end = placed(wanted).lines[0].baseline + 0.32 * placed(wanted).lines[0].size
    for frame in (1, 3, 5):
        assert (drawn(wanted, frame)[0][int(np.ceil(band_end)) + 1 :] == BLACK).all()


def test_colour_of_type_reaches_the_chroma() -> None:
    planes = drawn(title(color="#C9A227"), 40)
    assert planes[1].min() < NEUTRAL - 20 * UNIT
    assert planes[2].max() > NEUTRAL + 5 * UNIT


@settings(max_examples=80, deadline=None)
@given(st.floats(0, 1), st.floats(0, 0.3), st.sampled_from(["#FFFFFF", "#F7F3EA", "#1A1A1A", "#0A192F", "#E8C07D"]), st.integers(0, 9))
def test_type_reads_on_any_picture(mean: float, spread: float, color: str, seed: int) -> None:
    noise = np.random.default_rng(seed).standard_normal((60, 34, 1))
    ground = np.clip(mean + spread * noise, 0, 1).repeat(3, 2).astype(np.float32)
    wanted = title(color=color)
    found = placed(wanted)
    back = backing(wanted, found, [ground])
    ink = colors.luminance(color)
    for line in found.lines:
        assert contrast_with(ink, worst(line, found.size, ground, back.light), back) >= CONTRAST


def test_where_the_picture_is_calm_enough_nothing_is_laid_behind() -> None:
    dark, light = np.full((60, 34, 3), 0.03, np.float32), np.full((60, 34, 3), 0.95, np.float32)
    assert backing(title(), placed(title()), [dark]).scrim == 0
    assert backing(title(color="#111111"), placed(title()), [light]) == Backing(0.0, True, 0.0)
    assert backing(title(), placed(title()), [dark, light]).scrim > 0.2, "the worst moment decides"


@pytest.mark.parametrize("style", ["luxury_serif", "modern_grotesk", "bold_display", "technical_mono"])
def test_the_shadow_gives_what_legibility_counts_on(style: str) -> None:
    """Around settled letters on light grey, the shadow takes at least SHADOW_SHARE of its opacity."""
    wanted = title("Every second considered", color="#FFFFFF", style=style)
    back = Backing(0.0, False, 0.42)
    with_shadow = drawn(wanted, 40, back, level=180)[0].astype(float)
    letters = drawn(wanted, 40, level=16)[0] > BLACK + 8 * UNIT
    near = np.zeros_like(letters)
    for dy in range(-3, 4):
        for dx in range(-3, 4):
            near |= np.roll(letters, (dy, dx), (0, 1))
    ring = near & ~letters
    taken = 1 - (with_shadow[ring] - BLACK) / (180 * UNIT - BLACK)
    assert np.median(taken) >= SHADOW_SHARE * 0.42


@pytest.mark.parametrize("position", ["top", "center", "bottom"])
def test_a_scrim_has_no_edge(position: str) -> None:
    wanted = title(position=position)
    found = placed(wanted)
    coverage, top = scrim_plane(found, position, WIDTH, HEIGHT)
    whole = np.zeros((HEIGHT, WIDTH))
    whole[top : top + len(coverage)] = coverage / ONE
    left, upper, right, lower = (int(v) for v in found.box)
    assert whole[upper:lower, left:right].min() > 0.9
    assert np.abs(np.diff(whole, axis=0)).max() < 0.04
    assert np.abs(np.diff(whole, axis=1)).max() < 0.04
    assert {"top": whole[-1], "center": whole[0], "bottom": whole[0]}[position].max() < 0.01


def test_a_scrim_darkens_what_lies_behind() -> None:
    wanted = title()
    plain, backed = drawn(wanted, 40, level=180)[0], drawn(wanted, 40, Backing(0.5, False, 0.0), level=180)[0]
    left, top, _, bottom = (int(v) for v in placed(wanted).box)
    beside = (slice(top, bottom), slice(left - 8, left - 3))
    assert backed[beside].mean() < 0.65 * plain[beside].mean()
    assert np.abs(backed[0].astype(int) - plain[0]).max() <= UNIT


@pytest.mark.parametrize("style", sorted(TYPEFACES))
@pytest.mark.parametrize("accent", ["#FFFFFF", "#111111", "#E4572E", "#C9A227", "#3B6FD4", "#7F7F7F"])
def test_labels_on_buttons_read(style: str, accent: str) -> None:
    wanted = Title((TitleLine("Order now", "cta"),), 0, 48, "center", style, "#FFFFFF", accent)
    assert colors.contrast(label_color(wanted), accent) >= CONTRAST


@pytest.mark.parametrize("name", list(LOOKS))
def test_buttons_of_the_looks_have_light_type_on_what_is_dark_or_red(name: str) -> None:
    look = LOOKS[name]
    label = label_color(Title((TitleLine("Order now", "cta"),), 0, 48, "center", "modern_grotesk", look.ink, look.accent))
    is_light = colors.luminance(label) > colors.luminance(look.accent)
    assert is_light == (colors.luminance(look.accent) < 0.2)


def test_greys_and_luminance_are_inverse() -> None:
    for value in (0.0, 0.001, 0.05, 0.4, 1.0):
        grey = np.full((1, 3), grey_of_luminance(value), np.float32)
        assert float(luminance(grey)[0]) == pytest.approx(value, abs=1e-5)


def test_a_counter_climbs_to_its_number_inside_its_own_line() -> None:
    wanted = title("90", "counter")
    _, top, _, bottom = placed(wanted).box
    lettering = Lettering(wanted, placed(wanted), NOTHING, FPS)
    settled = drawn(wanted, 60, lettering=lettering)[0]
    plain = drawn(title("90", "fade"), 60)[0]
    assert np.abs(settled.astype(int) - plain.astype(int)).max() <= 2 * UNIT  # in the end it is the number, where it always stands
    halfway = drawn(wanted, 4, lettering=lettering)[0]
    rows = np.nonzero(halfway > BLACK + 3 * UNIT)[0]
    assert rows.min() >= top - 0.35 * (bottom - top)
    assert rows.max() <= bottom + 0.5 * (bottom - top)
    assert np.abs(halfway.astype(int) - settled.astype(int)).max() > 60 * UNIT


def test_an_underline_is_drawn_from_the_left_and_then_stands() -> None:
    wanted = title("Every second", "underline")
    stroke = next(shape for shape in placed(wanted).shapes if shape.kind == "underline")
    row = int((stroke.top + stroke.bottom) / 2)
    lettering = Lettering(wanted, placed(wanted), NOTHING, FPS)
    ends = []
    for frame in (13, 16, 40):
        columns = np.nonzero(drawn(wanted, frame, lettering=lettering)[0][row] > BLACK + 60 * UNIT)[0]
        assert abs(columns.min() - stroke.left) <= 2
        ends.append(columns.max())
    assert ends[0] < ends[1] <= ends[2]
    assert abs(ends[2] - stroke.right) <= 2


@pytest.mark.parametrize("style", sorted(TYPEFACES))
def test_a_button_breathes_now_and_then_stays_in_the_safe_zone_and_comes_back_to_its_size(style: str) -> None:
    lines = (TitleLine("Meridian", "brand"), TitleLine("See the collection now", "cta", "rise"))
    wanted = Title(lines, 0, 120, "bottom", style, "#FFFFFF", "#E4572E")
    lettering = Lettering(wanted, placed(wanted), NOTHING, FPS)
    button = next(shape for shape in placed(wanted).shapes if shape.kind == "button")

    def extent(frame: int) -> tuple[int, int]:
        rows = drawn(wanted, frame, lettering=lettering)[0][int(button.top) - 2 : int(button.bottom) + 3]
        columns = np.nonzero(rows.max(0) > BLACK + 20 * UNIT)[0]
        return columns.min(), columns.max()

    rest, swollen, again = extent(27), extent(39), extent(60)
    assert rest == again
    assert swollen[0] < rest[0]
    assert rest[1] < swollen[1]
    assert (swollen[1] - swollen[0]) / (rest[1] - rest[0]) < 1.06
    assert swollen[0] >= SAFE[0] * WIDTH - 0.02 * WIDTH
    np.testing.assert_array_equal(drawn(wanted, 27, lettering=lettering)[0], drawn(wanted, 60, lettering=lettering)[0])
