"""What a measurement comes back as: one number with everything that is needed to believe it, or none with the reason.

Frozen values, JSON both ways. Knows nothing of how anything is measured.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Literal

Kind = Literal["exact", "proxy", "unavailable"]
Direction = Literal["higher", "lower", "neither"]


@dataclass(frozen=True)
class Score:
    """One measure of one video.

    name: `vbench.*` (VBench's formula on VBench's network) or `proxy.*` (anything else that stands in). value: None when there is none;
    `reason` then says why, and otherwise what to keep in mind. range: (lowest, highest), None where open. direction: which way is
    better. per_frame: the values that the score is made of, of frames first_frame, first_frame + frame_step, … model, sha256: of
    the network, "" when there is none. details: what else the metric found (a threshold, a count).
    """

    name: str
    value: float | None
    kind: Kind
    range: tuple[float | None, float | None]
    direction: Direction
    fps: float
    width: int
    height: int
    decoder: str
    per_frame: tuple[float, ...] = ()
    first_frame: int = 0
    frame_step: int = 1
    model: str = ""
    sha256: str = ""
    reason: str = ""
    details: Mapping[str, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if (self.value is None) != (self.kind == "unavailable"):
            raise ValueError(f"{self.name}: a score has a value exactly when it is available")
        if self.value is not None and not math.isfinite(self.value):
            raise ValueError(f"{self.name}: {self.value} is not a score")

    @property
    def frames(self) -> Sequence[int]:
        """The frames that `per_frame` speaks of."""
        return range(self.first_frame, self.first_frame + self.frame_step * len(self.per_frame), self.frame_step)


@dataclass(frozen=True)
class Degenerate:
    """Something that makes a video worthless whatever else it scores. code: "black", "frozen" or "flicker"."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Scores:
    """All measures of one video, by metric (`scores["sharpness_v1"]`); a name in full (`"proxy.sharpness_v1"`) works as well.

    by_scene: by scene number, the measures that a cut would spoil, on each scene alone; empty when no scenes were given.
    """

    video: str
    prompt: str
    fps: float
    width: int
    height: int
    n_frames: int
    by_metric: Mapping[str, Score]
    degenerate: tuple[Degenerate, ...] = ()
    by_scene: Mapping[int, Mapping[str, Score]] = field(default_factory=dict)

    def __getitem__(self, name: str) -> Score:
        if name in self.by_metric:
            return self.by_metric[name]
        found = [score for score in self.by_metric.values() if score.name == name]
        if not found:
            raise KeyError(name)
        return found[0]

    def __contains__(self, name: str) -> bool:
        return name in self.by_metric or any(score.name == name for score in self.by_metric.values())

    def __iter__(self) -> Iterator[Score]:
        return iter(self.by_metric.values())

    def __len__(self) -> int:
        return len(self.by_metric)

    @property
    def duration_s(self) -> float:
        """Length at the average rate."""
        return self.n_frames / self.fps

    def to_json(self) -> str:
        """Everything, as text that `from_json` reads back; per-frame values with seven digits."""
        whole = asdict(self)
        for score in [*whole["by_metric"].values(), *(s for scene in whole["by_scene"].values() for s in scene.values())]:
            score["per_frame"] = [float(f"{value:.7g}") for value in score["per_frame"]]
        return json.dumps(whole, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Scores":
        """Raises ValueError when the text is not what `to_json` writes."""
        try:
            whole = json.loads(text)
            by_metric = {name: _score(row) for name, row in whole.pop("by_metric").items()}
            degenerate = tuple(Degenerate(**row) for row in whole.pop("degenerate"))
            scenes = whole.pop("by_scene", {})
            by_scene = {int(number): {name: _score(row) for name, row in rows.items()} for number, rows in scenes.items()}
            return cls(**whole, by_metric=by_metric, degenerate=degenerate, by_scene=by_scene)
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("These are not scores of this program.") from error


def _score(row: dict[str, Any]) -> Score:
    known = {item.name for item in fields(Score)}
    values: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in row.items() if key in known}
    return Score(**values)
