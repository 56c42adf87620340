"""Setting type: inside the safe zone whatever is asked, balanced, kerned, and honest when words had to go."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from hypothesis import given, settings
from hypothesis import strategies as st

from models.typefaces import TYPEFACES, font_file, installed
from pipelines.aspect import Aspect
from pipelines.captions import breaking, glyphs
from pipelines.captions.fitting import SMALLEST
from pipelines.captions.layout import TextLayout, layout
from pipelines.captions.voices import MANNERS
from pipelines.edl import Title, TitleLine, TitleRole
from pipelines.text_animations import ANIMATIONS

STYLES = sorted(TYPEFACES)
ROLES: tuple[TitleRole, ...] = ("headline", "body", "brand", "mark", "cta", "badge", "legal", "logo", "rating", "callout")
WORDS = [
    "a",
    "time",
    "the",
    "light",
    "of",
    "every",
    "considered",
    "second",
    "quietly",
    "engineered",
    "for",
    "mornings",
    "extraordinary",
    "AURELIA",
    "it's",
    "gold,",
    "now.",
    "Überraschung",
    "24h",
]


def title(*lines: tuple[str, TitleRole], style: str = "modern_grotesk", position: str = "center", animation: str = "fade") -> Title:
    return Title(tuple(TitleLine(text, role, animation) for text, role in lines), 0, 48, position, style)


def put(wanted: Title, aspect: Aspect = Aspect.VERTICAL, short: int = 1080) -> TextLayout:
    width, height = aspect.scaled(short)
    zone = aspect.safe
    return layout(wanted, width, height, (zone.left, zone.top, zone.right, zone.bottom))


def test_every_style_has_a_manner_with_every_role() -> None:
    assert set(MANNERS) == set(TYPEFACES)
    for manner in MANNERS.values():
        assert set(manner.voices) == set(ROLES)


texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=14).map(" ".join)


@settings(max_examples=70, deadline=None)
@given(
    st.lists(st.tuples(texts, st.sampled_from(ROLES)), min_size=1, max_size=4),
    st.sampled_from(STYLES),
    st.sampled_from(["top", "center", "bottom"]),
    st.sampled_from(list(Aspect)),
    st.sampled_from(sorted(ANIMATIONS)),
    st.sampled_from([216, 1080]),
)
def test_everything_stands_inside_the_safe_zone(
    lines: list[tuple[str, TitleRole]], style: str, position: str, aspect: Aspect, animation: str, short: int
) -> None:
    found = put(title(*lines, style=style, position=position, animation=animation), aspect, short)
    width, height = found.size
    zone, slack = aspect.safe, 0.004 * short + 1
    left, top, right, bottom = found.box
    assert left >= zone.left * width - slack
    assert right <= (1 - zone.right) * width + slack
    assert top >= zone.top * height - slack
    assert bottom <= (1 - zone.bottom) * height + slack
    boxes = [line.box for line in found.lines]
    for above, below in pairwise(boxes):
        assert below[3] > above[3], "lines stand below one another"


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=3, max_size=9).map(" ".join), st.sampled_from(STYLES), st.sampled_from(list(Aspect)))
def test_no_word_is_lost_or_left_alone(text: str, style: str, aspect: Aspect) -> None:
    found = put(title((text, "headline"), style=style), aspect)
    rows = [line.text for line in found.lines]
    if not found.warnings:
        wanted = breaking.polish(text)
        assert " ".join(rows) == (wanted.upper() if MANNERS[style].voices["headline"].caps else wanted)
    assert len(rows) <= 3
    if len(rows) > 1 and " " not in rows[-1]:
        assert found.lines[-1].width > 0.35 * max(line.width for line in found.lines)


def test_lines_are_balanced_and_do_not_end_on_the() -> None:
    rows = breaking.break_lines("made by hand for the people who wait", len, 24, 3)
    assert rows == ("made by hand", "for the people who wait") or rows == ("made by hand for", "the people who wait")
    assert breaking.break_lines("one two three four five six", len, 15, 2) == ("one two three", "four five six")
    assert breaking.break_lines("a long walk home", len, 12, 3) == ("a long", "walk home")
    assert breaking.break_lines("short", len, 12, 3) == ("short",)
    assert breaking.break_lines("impossible", len, 5, 3) is None


def test_typists_characters_become_typographers() -> None:
    assert breaking.polish('It\'s  "new" - really... -20%') == "It’s “new” – really… −20%"
    assert breaking.polish("rock 'n' roll, the 60s") == "rock ‘n’ roll, the 60s"
    assert breaking.polish("well-made") == "well-made"


def test_long_type_is_set_smaller_then_shortened_with_a_warning() -> None:
    normal = put(title(("Time, distilled.", "headline"))).lines[0].size
    smaller = put(title(("Seventeen extraordinary considerations, beautifully engineered", "headline")))
    assert SMALLEST * normal - 0.01 <= smaller.lines[0].size < normal
    assert smaller.warnings == ()
    endless = put(title((" ".join(["extraordinary considerations"] * 9), "headline")))
    assert endless.lines[-1].text.endswith("…")
    assert len(endless.lines) <= 3
    assert endless.lines[0].size >= SMALLEST * normal - 0.01
    assert len(endless.warnings) == 1
    assert "shortened to" in endless.warnings[0]


def test_a_long_headline_does_not_shrink_its_button() -> None:
    button = put(title(("Order now", "cta"))).lines[0].size
    found = put(title((" ".join(["extraordinary considerations"] * 9), "headline"), ("Order now", "cta")))
    assert found.warnings
    assert found.lines[-1].size == pytest.approx(button)


def test_one_endless_word_is_cut() -> None:
    found = put(title(("x" * 300, "headline")))
    assert found.lines[0].text.endswith("…")
    assert found.warnings


def test_what_no_typeface_can_set_is_said() -> None:
    found = put(title(("Hello 漢字 world", "headline")))
    assert [line.text for line in found.lines] == ["Hello world"]
    assert "漢字" in found.warnings[0]
    borrowed = put(title(("Iași", "headline"), style="friendly_rounded"))  # Fredoka has no ș
    assert borrowed.lines[0].text == "Iași"
    assert borrowed.lines[0].font != font_file("friendly_rounded")
    assert borrowed.warnings == ()
    assert put(title(("漢字", "headline"))).lines == ()


def test_blank_lines_take_no_room() -> None:
    assert put(title(("  ", "headline"), ("Body", "body"))).lines[0].text == "Body"
    assert put(title(("", "headline"))).lines == ()


def test_positions_and_axis() -> None:
    tops = [put(title(("Now", "headline"), position=position)).box[1] for position in ("top", "center", "bottom")]
    assert tops == sorted(tops)
    for aspect in Aspect:
        found = put(title(("Aurelia", "brand"), ("Order now", "cta"), style="luxury_serif"), aspect)
        for line in found.lines:
            assert line.x + line.width / 2 == pytest.approx(found.size[0] / 2)


def test_tracking_stands_between_letters_only() -> None:
    font = font_file("luxury_serif")
    plain, wide = (glyphs.advance(font, 100, "AURELIA", tracking) for tracking in (0.0, 0.2))
    letters = glyphs.pieces(font, 100, "AURELIA", 0, 0.2)
    assert wide == pytest.approx(plain + 6 * 20, abs=1.5)
    assert letters[-1].x + letters[-1].width == pytest.approx(wide, abs=0.01)


def test_type_is_kerned() -> None:
    font = font_file("luxury_serif")
    apart = glyphs.advance(font, 100, "A") + glyphs.advance(font, 100, "V")
    assert glyphs.advance(font, 100, "AV") < apart - 3
    assert glyphs.advance(font, 100, "AV", 0.001) < apart - 2


def test_right_to_left_stays_in_one_piece() -> None:
    assert len(glyphs.pieces(font_file("friendly_rounded"), 50, "שלום עולם", 0, 0.1, by_letter=True)) == 1


def test_a_luxury_end_card() -> None:
    card = title(("Aurelia", "brand"), ("Time, distilled.", "body"), ("Discover more", "cta"), style="luxury_serif", position="center")
    found = put(card)
    assert [line.text for line in found.lines] == ["AURELIA", "Time, distilled.", "DISCOVER MORE"]
    rule, button = found.shapes
    brand, tagline, label = found.lines
    assert (rule.kind, button.kind) == ("rule", "button")
    assert brand.baseline < rule.top < rule.bottom < tagline.box[1]
    assert button.stroke > 0, "a hairline, not a block"
    assert label.ink == "type"
    above, below = label.baseline - glyphs.cap_height(label.font, label.size) - button.top, button.bottom - label.baseline
    assert above == pytest.approx(below, abs=0.5), "capitals stand in the optical middle of the button"


def test_layout_is_linear_in_size() -> None:
    wanted = title(("Every second, considered", "headline"), ("Swiss movement.", "body"), style="engraved_caps")
    small, large = put(wanted, short=540), put(wanted, short=1080)
    for a, b in zip(small.lines, large.lines, strict=True):
        assert a.text == b.text
        assert 2 * a.baseline == pytest.approx(b.baseline, abs=1.0)
        assert 2 * a.width == pytest.approx(b.width, rel=1e-3)


def test_writing_without_spaces_is_broken_between_its_letters_but_not_before_a_full_stop() -> None:
    text = "静かな時間を、あなたの手首に。"
    rows = breaking.break_lines(text, len, 8, 3)
    assert rows is not None
    assert "".join(rows) == text
    assert max(map(len, rows)) <= 8
    assert not any(row[0] in "、。" for row in rows)
    assert breaking.break_lines("고요한 시간을 당신의 손목에", len, 9, 3) == (
        "고요한 시간을",
        "당신의 손목에",
    )  # Korean is broken at its spaces


@pytest.fixture
def only_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine with one typeface of its own, which has kana and nothing else."""
    file = tmp_path / "NotoSansTest-Medium.ttf"
    pen = TTGlyphPen(None)
    for x, y in ((0, 0), (0, 800), (800, 800), (800, 0)):
        (pen.lineTo if x or y else pen.moveTo)((x, y))
    pen.closePath()
    block = pen.glyph()
    names = {".notdef": 0} | {f"kana{ord(c):x}": ord(c) for c in "ときのかたち"}
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder(list(names))
    font.setupCharacterMap({code: name for name, code in names.items() if code})
    font.setupGlyf(dict.fromkeys(names, block))
    font.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": "Noto Sans Test", "styleName": "Medium"})
    font.setupOS2()
    font.setupPost()
    font.save(str(file))
    monkeypatch.setattr(installed, "FOLDERS", (str(tmp_path),))
    for known in (installed._files, installed.letters):
        known.cache_clear()
    yield file
    for known in (installed._files, installed.letters):
        known.cache_clear()


def test_letters_that_do_not_ship_are_set_in_a_typeface_of_the_machine(only_here: Path) -> None:
    set_in_it = layout(Title((TitleLine("ときのかたち"),), 0, 72), 540, 960, (0.075, 0.1, 0.075, 0.1))
    assert [(line.text, line.font) for line in set_in_it.lines] == [("ときのかたち", only_here)]
    assert set_in_it.warnings == ()
    assert glyphs.lacking("ときのかたち by Orel") == ""


def test_what_no_typeface_has_is_said_before_it_is_missed(only_here: Path) -> None:
    assert glyphs.lacking("Orel 時計 と 時") == "時計"
    without = layout(Title((TitleLine("時計 Orel"),), 0, 72), 540, 960, (0.075, 0.1, 0.075, 0.1))
    assert [line.text for line in without.lines] == ["Orel"]
    assert len(without.warnings) == 1
