"""Pre-flight: every rule with a film that passes and one that does not; type measured on a film that was really composed."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.errors import MediaError
from models.media.audio_file import write_wav
from models.media.video_file import VideoWriter
from pipelines.compose import compose
from pipelines.edl import Edl, Picture, Title, TitleLine
from pipelines.errors import BriefError
from pipelines.preflight import PLATFORMS, platform_for, preflight, preflight_before
from pipelines.preflight.facts import Facts, Line, Type, contrast_on, facts_of, longest_silence
from pipelines.preflight.preflight import judged
from pipelines.preflight.rules import RULES, aspect_of

REELS = PLATFORMS["reels"]
GOOD = Facts(
    1080,
    1920,
    24.0,
    15.0,
    "h264",
    "yuv420p",
    30_000_000,
    True,
    -14.0,
    -1.0,
    0.4,
    (
        Type(1.0, 2.5, 3, (Line("Made to last.", "headline", (200, 400, 880, 480), 9.0, True),)),
        Type(4.0, 4.0, 2, (Line("MERIDIAN", "brand", (200, 900, 880, 980), 9.0, True),)),
        Type(11.0, 4.0, 2, (Line("See it", "cta", (300, 1300, 780, 1400), None, False),)),
    ),
)


def with_line(**changes: object) -> Facts:
    assert GOOD.type
    first = replace(GOOD.type[0], lines=(replace(GOOD.type[0].lines[0], **changes),))  # type: ignore[arg-type]
    return replace(GOOD, type=(first, *GOOD.type[1:]))


def test_a_good_film_passes_every_rule() -> None:
    found = judged(GOOD, REELS)
    assert found.findings == ()
    assert found.passed == tuple(RULES)
    assert found.ready


@pytest.mark.parametrize(
    ("rule", "weight", "facts", "measured"),
    [
        ("length", "stop", replace(GOOD, duration_s=200.0), "200.0 s"),
        ("length", "stop", replace(GOOD, duration_s=1.0), "1.0 s"),
        ("shape", "stop", replace(GOOD, width=1920, height=1080, type=()), "16:9"),
        ("resolution", "stop", replace(GOOD, width=540, height=960, type=()), "540 px"),
        ("file", "stop", replace(GOOD, codec="vp9"), "vp9"),
        ("file", "stop", replace(GOOD, pixel_format="yuv444p"), "yuv444p"),
        ("file", "stop", replace(GOOD, bytes=5_000_000_000), "5000 MB"),
        ("file", "mend", replace(GOOD, faststart=False), "no faststart"),
        ("loudness", "mend", replace(GOOD, lufs=-20.0), "-20.0 LUFS"),
        ("loudness", "mend", replace(GOOD, lufs=-9.0), "-9.0 LUFS"),
        ("loudness", "mend", replace(GOOD, lufs=None), "silent"),
        ("peak", "mend", replace(GOOD, true_peak_dbtp=0.3), "0.3 dBTP"),
        ("silence", "mend", replace(GOOD, silence_s=3.0), "3.0 s"),
        ("safe zone", "mend", with_line(box=(200, 100, 880, 480)), "130 px at the top"),
        ("safe zone", "stop", with_line(box=(200, 1500, 880, 1600), role="cta"), "64 px at the bottom"),
        ("contrast", "mend", with_line(contrast=2.2), "2.2 : 1, 3 needed"),
        ("contrast", "mend", with_line(contrast=4.0, large=False), "4.0 : 1, 4.5 needed"),
        ("reading time", "mend", replace(GOOD, type=(replace(GOOD.type[0], words=12), *GOOD.type[1:])), "2.5 s, 4.3 needed"),  # type: ignore[index]
        ("brand", "mend", replace(GOOD, type=(GOOD.type[0], replace(GOOD.type[1], start_s=9.0), GOOD.type[2])), "first at 9.0 s"),  # type: ignore[index]
        ("brand", "mend", replace(GOOD, type=(GOOD.type[0], GOOD.type[2])), "not shown"),  # type: ignore[index]
        ("call to action", "mend", replace(GOOD, type=GOOD.type[:2]), "none"),  # type: ignore[index]
    ],
)
def test_each_rule_finds_what_is_wrong_and_says_what_to_do(rule: str, weight: str, facts: Facts, measured: str) -> None:
    found = judged(facts, REELS)
    (finding,) = [finding for finding in found.findings if finding.rule == rule]
    assert (finding.weight, finding.measured) == (weight, measured)
    assert finding.sentence.endswith(".")
    assert finding.fix.endswith(".")
    assert found.ready == (weight != "stop")


def test_of_a_film_from_elsewhere_only_what_a_file_can_tell_is_known() -> None:
    found = judged(replace(GOOD, type=None))
    assert found.platform == "reels"
    assert found.unknown == ("safe zone", "contrast", "reading time", "brand", "call to action")
    assert not set(found.unknown) & set(found.passed)


@pytest.mark.parametrize(("size", "name"), [((1080, 1920), "9:16"), ((1082, 1920), "9:16"), ((1000, 1000), "1:1"), ((640, 480), "4:3")])
def test_shapes_have_their_names(size: tuple[int, int], name: str) -> None:
    assert aspect_of(*size) == name


@pytest.mark.parametrize(("word", "id"), [("Instagram", "reels"), ("YouTube Shorts", "shorts"), ("TIKTOK", "tiktok"), ("feed", "feed")])
def test_platforms_are_known_by_the_names_people_use(word: str, id: str) -> None:
    assert platform_for(word).id == id


def test_an_unknown_platform_is_refused_with_those_there_are() -> None:
    with pytest.raises(BriefError, match="reels, tiktok"):
        platform_for("MySpace")


@pytest.mark.parametrize(("ink", "grey", "wanted"), [(255, 0, 21.0), (255, 255, 1.0), (0, 255, 21.0), (255, 118, 4.6)])
def test_contrast_is_measured_around_the_letters(ink: int, grey: int, wanted: float) -> None:
    frame, letters = np.full((80, 300, 3), grey, np.uint8), np.zeros((80, 300), bool)
    letters[30:50, 40:60] = letters[30:50, 100:120] = True
    frame[letters] = ink
    assert contrast_on(frame, letters, (30, 20, 200, 60), ink / 255) == pytest.approx(wanted, rel=0.03)


def test_contrast_is_that_of_the_worst_part() -> None:
    frame, letters = np.zeros((80, 300, 3), np.uint8), np.zeros((80, 300), bool)
    letters[30:50, 40:60] = True
    frame[letters] = 255
    frame[:, 150:200] = 190
    assert contrast_on(frame, letters, (30, 20, 200, 60), 1.0) < 2.5


def test_silence_is_the_longest_stretch() -> None:
    sound = np.full((48_000 * 4, 2), 0.1, np.float32)
    sound[48_000 : 2 * 48_000] = 0
    assert longest_silence(sound) == pytest.approx(1.0, abs=0.11)


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Path, Edl]]:
    folder = tmp_path_factory.mktemp("preflight")
    with VideoWriter(folder / "clip.mp4", 180, 320, 24, "intermediate") as writer:
        for _ in range(72):
            writer.write_rgb(np.full((320, 180, 3), 24, np.uint8))
    tone = np.sin(np.arange(48_000 * 3) * 2 * np.pi * 440 / 48_000).astype(np.float32) * 0.25
    write_wav(folder / "tone.wav", np.stack([tone, tone], 1))

    def made(color: str) -> tuple[Path, Edl]:
        titles = (
            Title((TitleLine("Made to last", "headline"),), 4, 40, "top", color=color),
            Title((TitleLine("MERIDIAN", "brand"), TitleLine("See it", "cta")), 46, 26, "center", color=color),
        )
        picture = Picture(str(folder / "clip.mp4"), 0, 72)
        edl = Edl(180, 320, 24, 72, (picture,), titles, soundtrack=str(folder / "tone.wav"), safe=(0.08, 0.13, 0.13, 0.21), grain=0.0)
        out = folder / f"{color.strip('#')}.mp4"
        if not out.exists():
            compose(edl, out, inner_loops="plain")
        return out, edl

    return made


def test_a_composed_film_is_measured_where_its_type_really_stands(film: Callable[[str], tuple[Path, Edl]]) -> None:
    path, edl = film("#FFFFFF")
    facts = facts_of(path, edl)
    assert facts.faststart
    assert facts.codec == "h264"
    assert facts.type is not None
    assert [line.role for title in facts.type for line in title.lines] == ["headline", "brand", "cta"]
    headline = facts.type[0].lines[0]
    assert headline.contrast is not None
    assert headline.contrast > 7  # white on all but black
    assert 0.13 * 320 - 1 <= headline.box[1] < headline.box[3] < 320
    rules = {finding.rule for finding in preflight(path, edl=edl).findings}
    assert "resolution" in rules  # it is a draft
    assert not rules & {"contrast", "brand", "call to action", "safe zone"}


def test_an_edit_is_judged_before_it_is_a_film_as_its_film_is(film: Callable[[str], tuple[Path, Edl]]) -> None:
    path, edl = film("#FFFFFF")
    whole, before = preflight(path, edl=edl), preflight_before(edl)
    assert before.unknown == ("file", "loudness", "contrast")
    of_the_film = {"file", "loudness", "peak", "silence", "contrast"}
    assert before.findings == tuple(one for one in whole.findings if one.rule not in of_the_film)
    assert before.facts.type
    assert whole.facts.type
    assert [line.box for title in before.facts.type for line in title.lines] == [
        line.box for title in whole.facts.type for line in title.lines
    ]


def test_a_film_of_another_edit_is_refused(film: Callable[[str], tuple[Path, Edl]]) -> None:
    path, edl = film("#FFFFFF")
    with pytest.raises(MediaError, match="not the film of this edit"):
        facts_of(path, replace(edl, n_frames=90))


def test_what_is_no_film_is_the_readers_error(tmp_path: Path) -> None:
    (tmp_path / "no.mp4").write_bytes(b"nothing")
    with pytest.raises(MediaError):
        preflight(tmp_path / "no.mp4")
