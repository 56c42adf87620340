"""Drafts of the Editor: opened, changed, undone, saved and opened again; exports that are frame-exact."""

import json
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from models.media.video_file import VideoReader
from pipelines.brief import read_brief
from pipelines.compose import compose
from pipelines.copywriter.writer import write
from pipelines.editing import ACTIONS
from pipelines.hints import read_hints
from pipelines.timeline import conform, timeline_from
from studio.errors import EditedElsewhere, EditRefused, InputRefused, NotFound, NotYours
from studio.services.ad_parts import lay_out
from studio.services.drafts import Draft
from studio.services.editor_told import told
from studio.store.database import connect
from studio.store.tables import Blueprint, EditorSnapshot, QualityReport, Status, VersionKind
from tests.studio.editable_ad import HANDLE, SHOWN, editable_ad
from tests.studio.three_step_ad import AdHouse, ad_house
from tests.studio.twenty_edits import blended_exactly, every_transition, exactly, graded_and_lettered_exactly, twenty_edits

BRIEF = read_brief("Create a luxury watch ad for Instagram", brand="Aurelia")


class Shop:
    """One house for all tests here, with a finished ad of Ada's in it."""

    def __init__(self, house: AdHouse) -> None:
        self.house = house
        self.ada, self.bob = (house.accounts.register(name, "correct horse").id for name in ("ada", "bob"))
        self.ad = house.generations.submit(self.ada, BRIEF)

    def fresh(self) -> Draft:
        """The ad as it was made, with nothing done to it."""
        draft = self.house.editor.open(self.ada, self.ad)
        if draft.revision > 1:
            self.house.editor.discard(self.ada, self.ad, draft.revision)
            draft = self.house.editor.open(self.ada, self.ad)
        return draft

    def act(self, draft: Draft, *actions: dict[str, object]) -> Draft:
        return self.house.editor.act(self.ada, self.ad, draft.revision, actions)


@pytest.fixture(scope="module")
def shop(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    shutil.copy(migrated_sqlite, folder / "studio.db")
    database = connect(f"sqlite:///{folder / 'studio.db'}")
    with ad_house(database, folder, per_hour=100, job=editable_ad) as house, house.working():
        shop = Shop(house)
        assert house.ended(shop.ada, shop.ad).ad.status is Status.COMPLETED
        yield shop
    database.close()


def ids(draft: Draft) -> list[str]:
    return [piece.id for piece in draft.edit.pieces]


def test_a_draft_is_told_with_everything_that_it_shows(shop: Shop) -> None:
    draft = shop.fresh()
    whole = json.loads(json.dumps(told(draft, lambda id: f"/api/media/{id}")))
    assert [(piece["start"], piece["n_frames"], piece["room"]) for piece in whole["edit"]["pieces"]] == [
        (i * SHOWN, SHOWN, [HANDLE, HANDLE]) for i in range(4)
    ]
    assert [piece["transition"] for piece in whole["edit"]["pieces"]] == ["cut", "crossfade", "cut", "cut"]
    assert [caption["lines"][0]["text"] for caption in whole["edit"]["captions"]] == ["Most hours pass", "Aurelia"]
    assert whole["beats"][:3] == [0, 12, 24]
    assert {media["kind"] for media in whole["media"].values()} == {"clip", "still", "sound"}
    assert all(piece["media"] in whole["media"] for piece in whole["edit"]["pieces"])
    assert {"crossfade", "cut"} <= set(whole["choices"]["transitions"])
    assert (whole["dirty"], whole["done"], whole["versions"]) == (False, [], [])


def test_what_is_done_is_undone_and_done_again_over_snapshots(shop: Shop) -> None:
    draft, states = shop.fresh(), []
    for n in range(23):
        states.append(draft.timeline)
        draft = shop.act(draft, {"action": "slip", "clip": ids(draft)[0], "by": 1 if n % 2 else -1})
    with shop.house.database.reading() as session:
        assert {row.step for row in session.query(EditorSnapshot)} == {10, 20}
    for n in (22, 21, 12, 5):
        draft = shop.house.editor.undo(shop.ada, shop.ad, draft.revision, len(draft.done) - n)
        assert (draft.timeline, len(draft.undone)) == (states[n], 23 - n)
    draft = shop.house.editor.redo(shop.ada, shop.ad, draft.revision, 9)
    assert (draft.timeline, len(draft.done)) == (states[14], 14)
    draft = shop.act(draft, {"action": "split", "clip": ids(draft)[1], "at": 10})
    assert (draft.undone, draft.done[-1].words[:5]) == ((), "Split")
    for act in (shop.house.editor.undo, shop.house.editor.redo):
        with pytest.raises(EditRefused):
            act(shop.ada, shop.ad, draft.revision, 99)


def test_all_or_nothing(shop: Shop) -> None:
    draft = shop.fresh()
    first = ids(draft)[0]
    with pytest.raises(EditRefused) as error:
        shop.act(draft, {"action": "split", "clip": first, "at": 10}, {"action": "trim", "clip": first, "edge": "tail", "by": 500})
    assert error.value.code
    now = shop.house.editor.open(shop.ada, shop.ad)
    assert (now.timeline, now.revision, now.done) == (draft.timeline, draft.revision, ())
    for wrong in ({"action": "open", "version_id": None}, {"action": "explode"}, {"action": "trim"}, {}):
        with pytest.raises(EditRefused):
            shop.act(draft, wrong)
    for many in ([], [{"action": "slip", "clip": first, "by": 1}] * 51):
        with pytest.raises(InputRefused):
            shop.house.editor.act(shop.ada, shop.ad, draft.revision, many)


def test_versions_are_kept_and_opened_again(shop: Shop) -> None:
    draft = shop.fresh()
    draft = shop.act(draft, {"action": "delete", "clips": [ids(draft)[1]]})
    assert draft.dirty
    draft = shop.house.editor.save(shop.ada, shop.ad, draft.revision, "With a <b>gap</b>")
    assert (draft.versions[-1].title, draft.dirty, draft.saved_id) == ("With a gap", False, draft.versions[-1].id)
    kept = draft.timeline
    draft = shop.act(draft, {"action": "ripple_delete", "clips": [ids(draft)[0]]})
    assert draft.dirty
    draft = shop.house.editor.open_version(shop.ada, shop.ad, draft.revision, draft.versions[-1].id)
    assert (draft.timeline, draft.dirty, len(draft.done)) == (kept, False, 3)
    original = shop.house.editor.open_version(shop.ada, shop.ad, draft.revision, None)
    assert [piece.is_gap for piece in original.edit.pieces] == [False] * 4
    assert shop.house.editor.undo(shop.ada, shop.ad, original.revision).timeline == kept
    with pytest.raises(NotFound):
        shop.house.editor.open_version(shop.ada, shop.ad, original.revision + 1, shop.ad)
    with pytest.raises(InputRefused):
        shop.house.editor.save(shop.ada, shop.ad, original.revision + 1, "t" * 81)


def test_captions_come_with_the_script_of_the_ads_recipe_and_go_again(shop: Shop) -> None:
    spec = write(BRIEF, read_hints(BRIEF.prompt)).model_dump(mode="json")
    spec["scenes"][1]["spoken"] = "It stays."
    with shop.house.database.writing() as session:
        blueprint = session.get_one(Blueprint, shop.ad)
        was, blueprint.recipe = blueprint.recipe, {"recipe_version": 1, "brief": {"colors": []}, "spec": spec}
    draft = shop.act(shop.fresh(), {"action": "edit_caption", "cue": 0, "text": ""})  # of an earlier release: nothing to make them of
    on = shop.act(draft, {"action": "captions", "to": "highlight"})
    assert [(cue.scene, cue.text) for cue in on.edit.cues] == [(2, "It stays.")]
    assert on.done[-1].action["script"][1] == {"scene": 2, "text": "It stays."}
    shown = told(on, str)["edit"]
    assert ([page["n"] for page in shown["cues"][0]["pages"]], shown["captioned"]["style"]) == ([2], "highlight")
    with shop.house.database.writing() as session:
        session.get_one(Blueprint, shop.ad).recipe = was
    undone = shop.house.editor.undo(shop.ada, shop.ad, on.revision)
    assert undone.timeline == draft.timeline
    assert shop.house.editor.redo(shop.ada, shop.ad, undone.revision).timeline == on.timeline  # its script came with the action
    with pytest.raises(EditRefused, match="nobody wrote a script"):
        shop.act(shop.act(shop.fresh(), {"action": "edit_caption", "cue": 0, "text": ""}), {"action": "captions", "to": "line"})


def test_drafts_are_ones_own(shop: Shop) -> None:
    draft = shop.fresh()
    assert shop.house.editor.drafts(shop.ada) == ()
    draft = shop.act(draft, {"action": "volume", "track": "music", "to": 0.1})
    assert [(card.ad_id, card.changes) for card in shop.house.editor.drafts(shop.ada)] == [(shop.ad, 1)]
    assert shop.house.editor.drafts(shop.bob) == ()
    for ask in (
        lambda: shop.house.editor.open(shop.bob, shop.ad),
        lambda: shop.house.editor.act(shop.bob, shop.ad, draft.revision, [{"action": "slip"}]),
        lambda: shop.house.exports.of(shop.bob, shop.ad),
        lambda: shop.house.exports.order(shop.bob, shop.ad, draft.revision, {}),
        lambda: shop.house.exports.preflight(shop.bob, shop.ad, draft.revision, {}),
    ):
        with pytest.raises(NotYours):
            ask()


def test_an_export_after_twenty_edits_is_the_timeline_frame_by_frame(shop: Shop, tmp_path: Path) -> None:
    house, draft = shop.house, every_transition(shop.act, twenty_edits(shop.act, shop.fresh()))
    assert {step.action["action"] for step in draft.done} <= set(ACTIONS)
    id = house.exports.order(shop.ada, shop.ad, draft.revision, {})
    made = house.ended(shop.ada, id).ad
    assert made.status is Status.COMPLETED, made.error_message
    (export,) = house.exports.of(shop.ada, shop.ad)
    assert (export.generation_id, export.copied is not None) == (id, True)
    assert (export.copied or 0) + (export.rendered or 0) == draft.edit.n_frames

    def fetch(media_id: str, into: Path) -> Path:
        into.mkdir(parents=True, exist_ok=True)
        with house.media.local(house.media.find(media_id, owner_id=shop.ada)) as there:
            return Path(shutil.copyfile(there, into / "brought"))

    root = lay_out(draft.parts, tmp_path / "ad", fetch).parent
    edl, _ = conform(timeline_from(draft.timeline), root)
    expected = compose(replace(edl, soundtrack=""), tmp_path / "expected.mp4", inner_loops="plain").path
    with house.media.local(house.media.find(export.video_id or "", owner_id=shop.ada)) as film:
        (tmp_path / "film.mp4").write_bytes(film.read_bytes())
    with VideoReader(tmp_path / "film.mp4") as ours, VideoReader(expected) as theirs:
        assert ours.info.n_frames == theirs.info.n_frames == draft.edit.n_frames
        worst = max(float(np.abs(a.astype(int) - b).mean()) for a, b in zip(ours.rgb(), theirs.rgb(), strict=True))
    assert worst < 3.0  # a frame too early or late moves the bar by pixels of 150 levels: 6 and more
    exactly(draft.timeline, root, tmp_path / "film.mp4")
    blended_exactly(draft.timeline, root, tmp_path / "film.mp4")
    graded_and_lettered_exactly(draft.timeline, root, tmp_path / "film.mp4")
    original = house.library.get(shop.ada, shop.ad)
    assert original.video_id != export.video_id
    assert [version.kind for version in house.exports._versions.of(shop.ada, shop.ad)] == [VersionKind.EXPORTED]


def test_a_text_edit_copies_what_it_did_not_change(shop: Shop) -> None:
    house, draft = shop.house, shop.fresh()
    draft = shop.act(draft, {"action": "edit_title", "id": draft.edit.captions[1].id, "text": ["Aurelia", "Order today"]})
    id = house.exports.order(shop.ada, shop.ad, draft.revision, {})
    assert house.ended(shop.ada, id).ad.status is Status.COMPLETED
    export = house.exports.of(shop.ada, shop.ad)[0]
    assert (export.why_whole, (export.copied or 0) >= 2 * SHOWN) == ("", True)


def test_what_a_platform_would_say_is_known_before_rendering(shop: Shop) -> None:
    exports, draft = shop.house.exports, shop.fresh()
    long = {"action": "edit_title", "id": draft.edit.captions[0].id, "text": ["Most hours pass, and nobody counts them"]}
    draft = shop.act(draft, long)
    own = exports.preflight(shop.ada, shop.ad, draft.revision, {})
    assert (own["platform"], own["unknown"]) == ("reels", ["file", "loudness", "contrast"])
    (hurried,) = (one for one in own["findings"] if one["rule"] == "reading time")
    assert (hurried["scene"], "Most hours pass" in hurried["sentence"]) == (1, True)
    assert "resolution" in {one["rule"] for one in own["findings"]}
    wide = exports.preflight(shop.ada, shop.ad, draft.revision, {"aspect": "16:9", "short_side": 1080, "fps": 30})
    assert (wide["platform"], {"shape", "resolution"} <= set(wide["passed"])) == ("youtube", True)
    with pytest.raises(InputRefused):
        exports.preflight(shop.ada, shop.ad, draft.revision, {"fps": 23})
    with pytest.raises(EditedElsewhere):
        exports.preflight(shop.ada, shop.ad, draft.revision + 1, {})


def test_another_shape_size_and_rate(shop: Shop) -> None:
    house, draft = shop.house, shop.fresh()
    wish = {"aspect": "1:1", "short_side": 720, "fps": 30, "quality": "draft"}
    id = house.exports.order(shop.ada, shop.ad, draft.revision, wish)
    assert house.ended(shop.ada, id).ad.status is Status.COMPLETED
    export = house.exports.of(shop.ada, shop.ad)[0]
    assert export.words == "720 × 720, 30 fps, H.264"
    assert export.why_whole.startswith("The size")
    for wrong in ({"aspect": "4:9"}, {"short_side": 100}, {"fps": 23}, {"codec": "gif"}, {"quality": "best"}):
        with pytest.raises(InputRefused):
            house.exports.order(shop.ada, shop.ad, draft.revision, wrong)
    with pytest.raises(EditedElsewhere):
        house.exports.order(shop.ada, shop.ad, draft.revision + 1, {})


def test_a_gap_is_exported_black_and_measured(shop: Shop, tmp_path: Path) -> None:
    house, draft = shop.house, shop.fresh()
    draft = shop.act(draft, {"action": "delete", "clips": [ids(draft)[2]]})
    id = house.exports.order(shop.ada, shop.ad, draft.revision, {})
    assert house.ended(shop.ada, id).ad.status is Status.COMPLETED
    made = house.library.get(shop.ada, id)
    with house.media.local(house.media.find(made.video_id or "", owner_id=shop.ada)) as film:
        (tmp_path / "film.mp4").write_bytes(film.read_bytes())
    with VideoReader(tmp_path / "film.mp4") as reader:
        assert float(reader.frame(2 * SHOWN + 18).mean()) < 8
        assert float(reader.frame(SHOWN + 18).mean()) > 40
    with house.database.reading() as session:
        found = session.get_one(QualityReport, id).found
    assert found["troubles"] == [], "a film with a gap is measured like any other"
    assert [(seam["before"], seam["after"], seam["planned"]) for seam in found["seams"]][1:] == [(2, 3, True), (3, 4, True)]
    assert house.enhancements.of(shop.ada, id).trouble == ""


def test_the_hand_off_holds_the_draft_and_its_media(shop: Shop, tmp_path: Path) -> None:
    draft = shop.fresh()
    shop.act(draft, {"action": "split", "clip": ids(draft)[0], "at": 10})
    with zipfile.ZipFile(shop.house.exports.hand_off(shop.ada, shop.ad, tmp_path)) as archive:
        names = archive.namelist()
        assert {"timeline.otio", "timeline.fcpxml", "timeline.edl", "subtitles.srt", "mix.wav", "sound/music.wav"} <= set(names)
        assert sum(name.startswith("clips/") for name in names) == 4
        assert timeline_from(archive.read("timeline.otio").decode()).video_tracks()


def test_strips_and_waves_are_made_once(shop: Shop) -> None:
    house, draft = shop.house, shop.fresh()
    clip = next(part for part in draft.parts if part.role == "clip")
    sound = next(part for part in draft.parts if part.role == "music")
    strip = house.strips.strip(shop.ada, clip.media_id)
    before = strip.stat().st_mtime_ns
    assert house.strips.strip(shop.ada, clip.media_id).stat().st_mtime_ns == before
    import cv2

    tiles = cv2.imread(str(strip))
    assert tiles.shape == (90, 5 * 50, 3)  # sixty frames, two tiles a second, of 9:16
    wave = json.loads(house.strips.wave(shop.ada, sound.media_id).read_text())
    assert (wave["per_second"], max(wave["peaks"]), len(wave["peaks"])) == (50, 1.0, 300)
    with pytest.raises(NotYours):
        house.strips.strip(shop.bob, clip.media_id)
