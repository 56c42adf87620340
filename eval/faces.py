"""Finding faces in the scenes of a video, with any detector and embedder; OpenCV's YuNet and SFace from a local folder.

    watcher = FaceWatcher(scenes, detector, embedder)     sees every frame of the one decode, looks at about eight a scene
    watcher.result("anna", reference=...)                 -> Csfd

Licences: YuNet MIT; SFace Apache-2.0 in OpenCV's zoo, its training data not examined. InsightFace's models are for noncommercial
research and are not loaded here.
Stylised characters: inject an embedder of crops, and say so in its name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import cv2
import numpy as np
from numpy.typing import NDArray

from eval.csfd import Csfd, Embedding, Face, assign, csfd
from eval.film import Frame, Rgb
from eval.scenes import SceneSpan
from models.errors import ModelUnavailable

PER_SCENE = 8


@dataclass(frozen=True)
class Found:
    """A detected face. landmarks: (5, 2) pixels: right eye, left eye, nose tip, right and left corner of the mouth (the person's
    own right).
    """

    box: tuple[float, float, float, float]
    landmarks: NDArray[np.float32]
    score: float


class Detector(Protocol):
    """name goes into the report."""

    name: str

    def __call__(self, rgb: Rgb) -> Sequence[Found]: ...


class Embedder(Protocol):
    """name goes into the report; distances of different embedders do not compare."""

    name: str

    def __call__(self, rgb: Rgb, face: Found) -> Embedding: ...


class FaceWatcher:
    """Collects the faces of each scene at frames away from its transitions."""

    def __init__(self, scenes: Sequence[SceneSpan], detector: Detector, embedder: Embedder) -> None:
        self._detector, self._embedder = detector, embedder
        self.faces: dict[int, list[Face]] = {scene.number: [] for scene in scenes}
        self._wanted: dict[int, int] = {}
        for scene in scenes:
            first, last = scene.first + scene.head, max(scene.first + scene.head, scene.end - 1 - scene.tail)
            for index in np.linspace(first, last, min(PER_SCENE, last - first + 1)).round().astype(int):
                self._wanted[int(index)] = scene.number

    def __call__(self, frame: Frame) -> None:
        """Look at a frame, if it is one of those."""
        scene = self._wanted.get(frame.index)
        if scene is None:
            return
        for found in self._detector(frame.rgb):
            embedding = self._embedder(frame.rgb, found)
            self.faces[scene].append(Face(frame.index, found.box, found.score, yaw_deg(found.landmarks), embedding))

    def result(
        self, character: str, expected: Sequence[int] = (), reference: Embedding | None = None, others: Sequence[Embedding] = ()
    ) -> Csfd:
        """One character's CSFD over the scenes it is expected in (() for all)."""
        scenes = expected or list(self.faces)
        own = {scene: assign([f for f in self.faces.get(scene, []) if f.usable], reference, others) for scene in scenes}
        return csfd(character, own, scenes, embedder=self._embedder.name, detector=self._detector.name)


def yaw_deg(landmarks: NDArray[np.floating]) -> float:
    """How far a face is turned, from five points: the nose's shift off the middle of the eyes, half an eye distance being 90
    degrees. 0 is frontal, ± towards a side.
    """
    right, left, nose = (np.asarray(point, np.float64) for point in landmarks[:3])
    across = left - right
    length = float(np.linalg.norm(across))
    if length < 1e-6:
        return 90.0
    shift = float((nose - (right + left) / 2) @ across) / length**2
    return float(np.degrees(np.arcsin(np.clip(2 * shift, -1, 1))))


class YuNet:
    """OpenCV's face detector. `folder` holds face_detection_yunet_*.onnx of OpenCV's zoo."""

    def __init__(self, folder: Path) -> None:
        path = _model(folder, "face_detection_yunet_*.onnx")
        self.name = path.stem
        self._net = cv2.FaceDetectorYN.create(str(path), "", (320, 320), 0.6)

    def __call__(self, rgb: Rgb) -> list[Found]:
        """All faces with a score of at least 0.6."""
        self._net.setInputSize((rgb.shape[1], rgb.shape[0]))
        _, rows = self._net.detect(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR))
        table = np.zeros((0, 15), np.float32) if rows is None else np.asarray(rows, np.float32)
        return [Found((float(r[0]), float(r[1]), float(r[2]), float(r[3])), r[4:14].reshape(5, 2), float(r[14])) for r in table]


class SFace:
    """OpenCV's face recogniser. `folder` holds face_recognition_sface_*.onnx of OpenCV's zoo."""

    def __init__(self, folder: Path) -> None:
        path = _model(folder, "face_recognition_sface_*.onnx")
        self.name = path.stem
        self._net = cv2.FaceRecognizerSF.create(str(path), "")

    def __call__(self, rgb: Rgb, face: Found) -> Embedding:
        """128 numbers."""
        row = np.concatenate([np.asarray(face.box, np.float32), face.landmarks.ravel(), np.asarray([face.score], np.float32)])
        aligned = self._net.alignCrop(cv2.cvtColor(rgb, cv2.COLOR_RGB2BGR), row)
        return np.array(self._net.feature(aligned), np.float32).ravel()


def _model(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        raise ModelUnavailable(f"There is no {pattern} in {folder.name}; put OpenCV's model there to measure faces.")
    return found[-1]
