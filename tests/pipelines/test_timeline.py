"""The editable timeline: what is built conforms to the same edit, survives a save, and refuses what it cannot render."""

import json
from dataclasses import replace
from pathlib import Path

import opentimelineio as otio
import pytest

from models.asks import Clip, Framing, Made, Sound, Still, Subject
from pipelines.clips import ShotMedia
from pipelines.edl import Title, TitleLine
from pipelines.errors import TimelineError
from pipelines.scene_plan import Scene, ScenePlan, Shot
from pipelines.timeline import NAMESPACE, build_timeline, conform, read_timeline, write_timeline

GOLDEN = Path(__file__).parent.parent / "golden" / "timeline.otio"


def shot(name: str, scene: int, start: int, n: int, head: int, tail: int, transition: str = "cut") -> Shot:
    frames = 2 * head
    return Shot(
        name,
        scene,
        start,
        n,
        head,
        tail,
        f"still {name}",
        "slowly in",
        Framing(),
        "push_in",
        transition_in=transition,
        transition_frames=frames,
    )


def small_plan() -> ScenePlan:
    shots = (
        shot("1", 1, 0, 48, 0, 6),
        shot("2a", 2, 48, 36, 6, 0, "crossfade"),
        shot("2b", 2, 84, 36, 0, 4),
        shot("3", 3, 120, 60, 4, 0, "dip_to_white"),
    )
    scenes = (Scene(1, "Before", 0, 48, shots[:1]), Scene(2, "After", 48, 72, shots[1:3]), Scene(3, "Bridge", 120, 60, shots[3:]))
    titles = (
        Title((TitleLine("Most hours just pass.", "headline", "rise"),), 8, 34, "center", "luxury_serif"),
        Title(
            (TitleLine("AURELIA", "brand", "tracking_in"), TitleLine("Keep yours.", "cta", "fade", 10)),
            128,
            52,
            "bottom",
            "luxury_serif",
            "#FFFFFF",
            "#D4AF37",
        ),
        Title((TitleLine("–20 %", "badge", "scale"),), 150, 30, "top"),
    )
    return ScenePlan(
        108, 192, 24, 180, Subject("watch"), ("#000000",), (), scenes, titles, "luxury", "luxury", 48, 120, 72.0, (0.1, 0.1, 0.1, 0.2), 7
    )


def media(plan: ScenePlan, root: Path) -> list[ShotMedia]:
    made = Made("test/model", seed=7)
    return [
        ShotMedia(s.id, Still(root / f"{s.id}.png", 108, 192, made), Clip(root / f"{s.id}.mp4", 108, 192, s.media_frames, 24, made))
        for s in plan.shots
    ]


def sound(root: Path) -> Sound:
    return Sound(root / "music.wav", root / "effects.wav", 7.5, 72.0, "F lydian", Made("test/sound"), beats_s=(0.0, 0.833))


def test_the_timeline_conforms_to_the_plan(tmp_path: Path) -> None:
    plan = small_plan()
    edl, mix = conform(build_timeline(plan, media(plan, tmp_path), sound(tmp_path), "Aurelia", tmp_path), tmp_path)
    assert [(p.start, p.n_frames, p.media_in, p.transition_in, p.transition_frames) for p in edl.pictures] == [
        (0, 48, 0, "cut", 0),
        (48, 36, 6, "crossfade", 12),
        (84, 36, 0, "cut", 0),
        (120, 60, 4, "dip_to_white", 8),
    ]
    assert edl.pictures[1].media == str(tmp_path / "2a.mp4")
    assert sorted(edl.titles, key=lambda t: t.start) == list(plan.titles)
    assert (edl.n_frames, edl.grade, edl.seed, edl.safe) == (180, "luxury", 7, plan.safe)
    assert (mix.music, mix.effects) == (str(tmp_path / "music.wav"), str(tmp_path / "effects.wav"))
    assert (mix.music_volume, mix.effects_volume) == (0.3, 0.5)


def test_saved_and_read_again_it_is_the_same_edit_even_in_another_folder(tmp_path: Path) -> None:
    plan = small_plan()
    timeline = build_timeline(plan, media(plan, tmp_path), sound(tmp_path), "Aurelia", tmp_path)
    write_timeline(timeline, tmp_path / "ad.otio")
    elsewhere = Path("/elsewhere")
    edl, _ = conform(read_timeline(tmp_path / "ad.otio"), elsewhere)
    first, _ = conform(timeline, tmp_path)
    assert edl.titles == first.titles
    assert [p.media for p in edl.pictures] == [str(elsewhere / Path(p.media).name) for p in first.pictures]


def test_the_saved_form_has_not_changed(tmp_path: Path) -> None:
    """A change of the saved form needs an upgrade function, a new version and a new golden file."""
    plan = small_plan()
    write_timeline(build_timeline(plan, media(plan, tmp_path), sound(tmp_path), "Aurelia", tmp_path), tmp_path / "ad.otio")
    assert json.loads((tmp_path / "ad.otio").read_text()) == json.loads(GOLDEN.read_text())


def test_opentimelineio_itself_agrees_with_the_lengths(tmp_path: Path) -> None:
    plan = small_plan()
    timeline = build_timeline(plan, media(plan, tmp_path), sound(tmp_path), "Aurelia", tmp_path)
    assert timeline.duration().to_frames() == 180
    for track in timeline.tracks:
        assert track.duration().to_frames() <= 180
    head, tail = otio.algorithms.track_with_expanded_transitions(timeline.video_tracks()[0])[1][0:3:2]
    assert head.source_range.duration.to_frames() == tail.source_range.duration.to_frames() == 12


def test_a_gap_in_the_picture_is_black_or_holds_what_was_before_it(tmp_path: Path) -> None:
    plan = small_plan()
    timeline = build_timeline(plan, media(plan, tmp_path), None, "Aurelia", tmp_path)
    track = timeline.video_tracks()[0]
    track[3] = otio.schema.Gap(source_range=track[3].source_range)
    with pytest.raises(TimelineError, match="beside a gap"):
        conform(timeline, tmp_path)
    del track[4]  # the transition after it
    gap = conform(timeline, tmp_path)[0].pictures[2]
    assert (gap.media, gap.start, gap.n_frames, gap.held) == ("", 84, 36, False)
    track[3].metadata[NAMESPACE] = {"shows": "hold"}
    held = conform(timeline, tmp_path)[0].pictures[2]
    assert (held.media, held.media_in, held.n_frames, held.held) == (str(tmp_path / "2a.mp4"), 6 + 36 - 1, 36, True)


def test_a_newer_or_foreign_timeline_is_refused(tmp_path: Path) -> None:
    timeline = build_timeline(small_plan(), media(small_plan(), tmp_path), None, "Aurelia", tmp_path)
    timeline.metadata[NAMESPACE]["version"] = 99
    with pytest.raises(TimelineError, match="version 99"):
        conform(timeline, tmp_path)
    with pytest.raises(TimelineError, match="not made here"):
        conform(otio.schema.Timeline("foreign"), tmp_path)


@pytest.mark.parametrize("content", ["", "{}", "not json", '{"OTIO_SCHEMA": "Gap.1"}'])
def test_a_broken_file_is_one_clear_sentence(tmp_path: Path, content: str) -> None:
    path = tmp_path / "broken.otio"
    path.write_text(content)
    with pytest.raises(TimelineError, match=r"broken\.otio"):
        read_timeline(path)


def test_the_edit_list_states_its_rules(tmp_path: Path) -> None:
    plan = small_plan()
    edl, _ = conform(build_timeline(plan, media(plan, tmp_path), None, "Aurelia", tmp_path), tmp_path)
    first, *others = edl.pictures
    for bad, words in (
        (replace(edl, n_frames=181), "cover 180"),
        (replace(edl, pictures=(replace(first, start=1), *others)), "start at frame 0"),
        (replace(edl, pictures=(first, replace(others[0], transition_frames=90), *others[1:])), "longer than the clip"),
        (replace(edl, pictures=(first, replace(others[0], media_in=2), *others[1:])), "head frames"),
        (replace(edl, titles=(Title((TitleLine("late"),), 170, 20),)), "'late'"),
    ):
        with pytest.raises(TimelineError, match=words):
            bad.check()
