"""Everything about one video in one decode: scores, coherence of its scenes, faces across them.

What is optional is injected: networks for VBench's dimensions, a detector and an embedder for faces.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

import cv2
import numpy as np

from eval.coherence import Coherence, Sheet, coherence
from eval.coherence.style import StyleWatcher
from eval.csfd import Csfd
from eval.faces import Detector, Embedder, FaceWatcher
from eval.film import FileFilm, Film, Frame
from eval.networks import Networks
from eval.scenes import ScenePlan
from eval.scores import Scores
from eval.scoring import Watcher, score

_AROUND = 3


@dataclass(frozen=True)
class Strip:
    """The frames around a cut: JPEGs of 160 pixels, three before and three after."""

    frame: int
    jpegs: tuple[bytes, ...]


@dataclass(frozen=True)
class Review:
    """style: name and distances by pair of scenes, empty without an encoder. faces: one row per character, empty without a
    detector. poster: JPEG.
    """

    scores: Scores
    coherence: Coherence
    faces: tuple[Csfd, ...] = ()
    style: tuple[str, Mapping[tuple[int, int], float]] = ("", field(default_factory=dict))
    strips: tuple[Strip, ...] = ()
    poster: bytes = b""

    def to_json(self) -> str:
        """Scores, coherence and faces; pictures are left out."""
        found = asdict(self.coherence)
        name, distances = self.style
        whole = {
            "scores": json.loads(self.scores.to_json()),
            "coherence": found,
            "faces": [asdict(row) for row in self.faces],
            "style": {"name": name, "distances": [[s, t, value] for (s, t), value in distances.items()]} if name else None,
        }
        return json.dumps(whole, indent=1)


def review(
    video: Path | Film,
    prompt: str = "",
    plan: ScenePlan | None = None,
    *,
    networks: Networks | None = None,
    metrics: Sequence[str] | None = None,
    faces: tuple[Detector, Embedder] | None = None,
    batch: int = 16,
) -> Review:
    """Measure a video (a file, or any film) and, where a plan is given, its scenes as planned; else those between its cuts.

    Raises MediaError for a broken file and ValueError for a plan of another video.
    """
    film = FileFilm(video) if isinstance(video, Path) else video
    watchers = _Watchers(plan, networks or Networks(), faces)
    wanted = None if metrics is None else [*metrics, *({"temporal_flickering"} - set(metrics))]
    scores = score(film, prompt, networks=networks, metrics=wanted, batch=batch, scenes=plan.scenes if plan else (), watch=watchers.anew)
    sheet = watchers.sheet
    steps = [(1 - value) * 255 for value in scores["temporal_flickering"].per_frame]
    found = coherence(sheet, plan, float(film.fps), steps)
    style = (watchers.style.name, watchers.style.distances()) if watchers.style else ("", {})
    cuts = sorted({seam.frame for seam in found.seams} | set(found.cuts.found))
    return Review(
        scores,
        found,
        watchers.characters(plan),
        style,
        tuple(_strip(sheet, cut) for cut in cuts),
        _jpeg(sheet[len(sheet) // 2]),
    )


class _Watchers:
    """Made anew for every decode."""

    def __init__(self, plan: ScenePlan | None, networks: Networks, faces: tuple[Detector, Embedder] | None) -> None:
        self._plan, self._networks, self._faces = plan, networks, faces
        self.sheet = Sheet()
        self.style: StyleWatcher | None = None
        self.faces: FaceWatcher | None = None

    def anew(self) -> Watcher:
        self.sheet = Sheet()
        if self._plan and self._networks.clip_b32:
            self.style = StyleWatcher(self._plan.scenes, self._networks.clip_b32)
        if self._plan and self._faces:
            self.faces = FaceWatcher(self._plan.scenes, *self._faces)
        watchers = [watcher for watcher in (self.sheet, self.style, self.faces) if watcher is not None]

        def see(frame: Frame) -> None:
            for watcher in watchers:
                watcher(frame)

        return see

    def characters(self, plan: ScenePlan | None) -> tuple[Csfd, ...]:
        """One row per person of the plan; where it names none, one for the largest face."""
        if self.faces is None or plan is None:
            return ()
        people = {name: scenes for name, scenes in (plan.characters or {}).items() if name.startswith(("person", "character"))}
        return tuple(self.faces.result(name, scenes) for name, scenes in (people or {"the largest face": ()}).items())


def _strip(sheet: Sheet, cut: int) -> Strip:
    frames = range(max(0, cut - _AROUND), min(len(sheet), cut + _AROUND))
    return Strip(cut, tuple(_jpeg(sheet[i]) for i in frames))


def _jpeg(rgb: "np.ndarray") -> bytes:
    _, coded = cv2.imencode(".jpg", cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, 82])
    return bytes(coded.tobytes())
