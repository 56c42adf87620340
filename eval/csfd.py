"""Cross-scene face distance, `csfd_v1`: does a person stay the same person from scene to scene?

The name is DreamFactory's (arXiv 2408.11788), which gives no formula; this one is ours. For the unit embeddings e of one character,
and their mean μ_s in each scene s (not made unit again):

    D(s, t) = 1 - μ_s · μ_t               the mean cosine distance over all face pairs across two scenes, exactly
    CSFD    = mean of D over unordered pairs of scenes, so that long scenes do not outweigh short ones
    W_s     = 1 - (k² |μ_s|² - k) / (k (k - 1))     the mean distance within a scene of k faces: pose, expression, noise
    excess  = CSFD - mean of W_s          what the change of scene adds; use it for alarms

Range 0..2, lower is better. Numbers depend on the embedder; thresholds of one do not fit another, and none are given here. Scenes
without a face are
left out and lower `coverage`; they never count as 0 or 1. Works on embeddings only; `eval.faces` finds them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

LEAST_SCORE, LEAST_SIDE_PX, MOST_YAW_DEG = 0.7, 48, 45.0

Embedding = NDArray[np.floating]


@dataclass(frozen=True)
class Face:
    """One face in one sampled frame. box: (left, top, width, height) in pixels. score: the detector's, 0..1. embedding: any length."""

    frame: int
    box: tuple[float, float, float, float]
    score: float
    yaw_deg: float
    embedding: Embedding

    @property
    def usable(self) -> bool:
        """Sure, large and frontal enough for its embedding to mean something."""
        return self.score >= LEAST_SCORE and min(self.box[2:]) >= LEAST_SIDE_PX and abs(self.yaw_deg) <= MOST_YAW_DEG


@dataclass(frozen=True)
class Csfd:
    """value: None with `reason` where fewer than two scenes show the face. worst: the largest D, between `worst_pair`. drift: per
    scene, its mean distance to the others;
    the largest names the scene to make again. coverage: scenes with a face of those that should have one. missing: those that have none.
    """

    character: str
    value: float | None
    excess: float | None = None
    worst: float | None = None
    worst_pair: tuple[int, int] | None = None
    drift: Mapping[int, float] = field(default_factory=dict)
    within: Mapping[int, float] = field(default_factory=dict)
    n_faces: Mapping[int, int] = field(default_factory=dict)
    coverage: float = 0.0
    missing: tuple[int, ...] = ()
    embedder: str = ""
    detector: str = ""
    reason: str = ""
    name: str = "csfd_v1"


def csfd(
    character: str, faces: Mapping[int, Sequence[Face]], expected: Sequence[int] = (), *, embedder: str = "", detector: str = ""
) -> Csfd:
    """Measure one character.

    faces: by scene number, of this character only (`assign` sorts them). expected: scenes that should show it; () means those
    given. Faces that are too small, unsure or turned away do not count.
    """
    usable = {scene: [face for face in found if face.usable] for scene, found in faces.items()}
    scenes = sorted(scene for scene, found in usable.items() if found)
    wanted = sorted(expected or faces)
    missing = tuple(scene for scene in wanted if scene not in scenes)
    counts = {scene: len(usable[scene]) for scene in scenes}
    coverage = sum(scene in scenes for scene in wanted) / len(wanted) if wanted else 0.0
    about = {"n_faces": counts, "coverage": coverage, "missing": missing, "embedder": embedder, "detector": detector}
    if len(scenes) < 2:
        where = "no scene" if not scenes else f"scene {scenes[0]} only"
        return Csfd(character, None, **about, reason=f"A usable face is found in {where}; two scenes are needed.")  # type: ignore[arg-type]
    means = {scene: _unit([face.embedding for face in usable[scene]]).mean(axis=0) for scene in scenes}
    pairs = {(s, t): float(1 - means[s] @ means[t]) for i, s in enumerate(scenes) for t in scenes[i + 1 :]}
    value = sum(pairs.values()) / len(pairs)
    drift = {s: float(np.mean([distance for pair, distance in pairs.items() if s in pair])) for s in scenes}
    within = {s: _within(means[s], counts[s]) for s in scenes if counts[s] > 1}
    excess = value - float(np.mean(list(within.values()))) if within else None
    worst = max(pairs, key=lambda pair: pairs[pair])
    return Csfd(character, value, excess, pairs[worst], worst, drift, within, **about)  # type: ignore[arg-type]


def assign(faces: Sequence[Face], reference: Embedding | None = None, others: Sequence[Embedding] = ()) -> list[Face]:
    """The faces of one character among all faces of a scene, at most one a frame.

    reference: the character's embedding: in each frame the nearest face, unless another character's reference is nearer to it. None: the
    faces of the largest track.
    """
    if reference is None:
        return max(tracks(faces), key=lambda track: sum(face.box[2] * face.box[3] for face in track), default=[])
    found: dict[int, tuple[float, Face]] = {}
    for face in faces:
        unit = _unit([face.embedding])[0]
        near = float(unit @ _unit([reference])[0])
        if any(float(unit @ other) > near for other in (_unit(list(others)) if len(others) else ())):
            continue
        if face.frame not in found or near > found[face.frame][0]:
            found[face.frame] = (near, face)
    return [face for _, face in found.values()]


def tracks(faces: Sequence[Face]) -> list[list[Face]]:
    """Faces linked from sampled frame to sampled frame by the overlap of their boxes (at least 0.2 of their union)."""
    found: list[list[Face]] = []
    for frame in sorted({face.frame for face in faces}):
        open_tracks = [track for track in found if track[-1].frame < frame]
        here = [face for face in faces if face.frame == frame]
        pairs = sorted(((_overlap(t[-1].box, f.box), i, j) for i, t in enumerate(open_tracks) for j, f in enumerate(here)), reverse=True)
        linked: dict[int, int] = {}
        for overlap, i, j in pairs:
            if overlap >= 0.2 and j not in linked and i not in linked.values():
                linked[j] = i
        for j, face in enumerate(here):
            if j in linked:
                open_tracks[linked[j]].append(face)
            else:
                found.append([face])
    return found


def _within(mean: Embedding, k: int) -> float:
    return float(1 - (k * k * float(mean @ mean) - k) / (k * (k - 1)))


def _unit(embeddings: Sequence[Embedding]) -> NDArray[np.float64]:
    stacked = np.asarray(embeddings, np.float64).reshape(len(embeddings), -1)
    return np.asarray(stacked / np.maximum(np.linalg.norm(stacked, axis=1, keepdims=True), 1e-12))


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> float:
    wide = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    high = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    shared = max(0.0, wide) * max(0.0, high)
    return shared / max(1e-9, one[2] * one[3] + other[2] * other[3] - shared)
