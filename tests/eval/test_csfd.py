"""CSFD on people made of vectors, whose distances are known."""

import numpy as np
import pytest

from eval.csfd import Csfd, Face, assign, csfd
from eval.faces import FaceWatcher, Found, SFace, YuNet, yaw_deg
from eval.film import ArrayFilm
from eval.scenes import spans
from eval.scoring import score
from models.errors import ModelUnavailable
from tests.eval.footage import pan

A, B, C = np.eye(3)


def face(embedding: np.ndarray, frame: int = 0, side: float = 100, sure: float = 0.9, yaw: float = 0.0, left: float = 0.0) -> Face:
    return Face(frame, (left, 0, side, side), sure, yaw, embedding)


def brute_force(scenes: dict[int, list[Face]]) -> float:
    numbers, distances = sorted(scenes), []
    for i, s in enumerate(numbers):
        for t in numbers[i + 1 :]:
            rows = [
                1 - float(a.embedding @ b.embedding) / np.linalg.norm(a.embedding) / np.linalg.norm(b.embedding)
                for a in scenes[s]
                for b in scenes[t]
            ]
            distances.append(np.mean(rows))
    return float(np.mean(distances))


def test_one_person_everywhere_is_zero_and_strangers_are_one() -> None:
    same = csfd("anna", {n: [face(7 * A)] * 4 for n in (1, 2, 3)})  # length does not matter
    assert (same.value, same.excess, same.coverage) == (pytest.approx(0), pytest.approx(0), 1.0)
    strangers = csfd("anna", {1: [face(A)] * 3, 2: [face(B)] * 3})
    assert (strangers.value, strangers.excess) == (pytest.approx(1), pytest.approx(1))


def test_the_scene_to_make_again_is_named() -> None:
    found = csfd("anna", {1: [face(A)] * 2, 2: [face(A)] * 9, 3: [face(B)] * 2})
    assert found.value == pytest.approx(2 / 3)  # of pairs of scenes, not of faces
    assert found.drift == pytest.approx({1: 0.5, 2: 0.5, 3: 1.0})
    assert found.worst == pytest.approx(1.0)
    assert found.worst_pair in {(1, 3), (2, 3)}


def test_means_say_the_same_as_all_pairs() -> None:
    random = np.random.default_rng(0)
    scenes = {n: [face(random.normal(size=16) + 2) for _ in range(k)] for n, k in ((1, 3), (2, 8), (5, 1))}
    found = csfd("anna", scenes)
    assert found.value == pytest.approx(brute_force(scenes), abs=1e-12)
    for n in (1, 2):
        units = [f.embedding / np.linalg.norm(f.embedding) for f in scenes[n]]
        pairs = [1 - units[i] @ units[j] for i in range(len(units)) for j in range(i)]
        assert found.within[n] == pytest.approx(np.mean(pairs), abs=1e-12)
    assert 5 not in found.within  # one face has no spread
    assert found.excess == pytest.approx(found.value - np.mean([found.within[1], found.within[2]]))


def test_excess_takes_expression_off() -> None:
    """The same person with much expression: a high CSFD, and no excess."""
    random = np.random.default_rng(1)
    scenes = {n: [face(np.r_[3.0, random.normal(size=40) * 0.4]) for _ in range(200)] for n in (1, 2, 3)}
    found = csfd("anna", scenes)
    assert found.value is not None
    assert found.value > 0.3
    assert found.excess == pytest.approx(0, abs=0.01)


def test_scenes_without_a_face_are_listed_and_never_counted() -> None:
    found = csfd("anna", {1: [face(A)], 2: [], 3: [face(A)]}, expected=[1, 2, 3, 4])
    assert (found.value, found.missing, found.coverage) == (pytest.approx(0), (2, 4), 0.5)


@pytest.mark.parametrize("bad", [face(B, side=40), face(B, sure=0.6), face(B, yaw=60.0)])
def test_faces_that_mean_nothing_do_not_count(bad: Face) -> None:
    assert csfd("anna", {1: [face(A)], 2: [face(A), bad]}).value == pytest.approx(0)
    alone = csfd("anna", {1: [face(A)], 2: [bad]})
    assert alone.value is None
    assert alone.reason == "A usable face is found in scene 1 only; two scenes are needed."
    assert csfd("anna", {1: [bad], 2: [bad]}).reason.startswith("A usable face is found in no scene")


def test_faces_are_told_apart_by_reference() -> None:
    crowd = [face(A, 0), face(B, 0, left=300), face(A + 0.2 * C, 1), face(B, 1, left=300), face(0.4 * A + B, 2)]
    own = assign(crowd, reference=A, others=[B])
    assert [f.frame for f in own] == [0, 1]  # in frame 2 there is only somebody nearer to B
    assert all(f.embedding @ A > f.embedding @ B for f in own)


def test_without_a_reference_the_largest_track_is_taken() -> None:
    crowd = [face(A, n, side=60) for n in range(4)] + [face(B, n, side=120, left=400 + 10 * n) for n in range(3)]
    assert {tuple(f.embedding) for f in assign(crowd)} == {tuple(B)}
    assert assign([]) == []


def test_yaw_from_five_points() -> None:
    def points(nose: float) -> np.ndarray:
        return np.array([[100, 100], [160, 100], [nose, 130], [110, 160], [150, 160]], float)

    assert yaw_deg(points(130)) == pytest.approx(0)
    assert yaw_deg(points(145)) == pytest.approx(30)
    assert yaw_deg(points(115)) == pytest.approx(-30)
    assert yaw_deg(points(200)) == 90


class Lamp:
    """Finds one "face" wherever it looks, and remembers where that was."""

    name = "lamp"

    def __init__(self) -> None:
        self.looks = 0

    def __call__(self, rgb: np.ndarray) -> list[Found]:
        self.looks += 1
        landmarks = np.array([[40, 40], [60, 40], [50, 50], [42, 60], [58, 60]], np.float32)
        return [Found((30, 30, 60, 60), landmarks, 0.95)]


class MeanColor:
    name = "mean-color"

    def __call__(self, rgb: np.ndarray, found: Found) -> np.ndarray:
        return rgb.reshape(-1, 3).mean(axis=0)


def test_a_video_is_looked_at_eight_times_a_scene() -> None:
    red, blue = np.zeros((90, 120, 3), np.uint8), np.zeros((90, 120, 3), np.uint8)
    red[..., 0], blue[..., 2] = 200, 200
    lamp = Lamp()
    watcher = FaceWatcher(spans([30], 45).scenes, lamp, MeanColor())
    score(ArrayFilm([red] * 30 + [blue] * 15), metrics=["brightness_v1"], watch=lambda: watcher)
    found = watcher.result("anna")
    assert isinstance(found, Csfd)
    assert (lamp.looks, found.n_faces) == (16, {1: 8, 2: 8})
    assert found.value == pytest.approx(1.0)
    assert (found.detector, found.embedder, found.coverage) == ("lamp", "mean-color", 1.0)


def test_models_that_are_not_there_are_asked_for(tmp_path) -> None:
    with pytest.raises(ModelUnavailable, match=r"face_detection_yunet_\*\.onnx"):
        YuNet(tmp_path)
    with pytest.raises(ModelUnavailable, match="put OpenCV's model there"):
        SFace(tmp_path)
    assert pan(1, 0)
