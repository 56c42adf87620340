"""What a metric is: something that sees every frame of one film once and then says a `Score`.

A metric keeps numbers, features and at most a few frames, never the film. `METRICS` in the package holds one class each.
"""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from eval.film import Film, Frame
from eval.networks import VBENCH, WHY_NOT, Network, Networks
from eval.scores import Direction, Kind, Score


@dataclass(frozen=True)
class Asked:
    """What else a measurement is told. batch: how many frames a network sees at a time."""

    prompt: str = ""
    networks: Networks = field(default_factory=Networks)
    batch: int = 16


class Metric(ABC):
    """Base: what is common to VBench's dimensions and to stand-ins. One instance measures one film.

    name: in METRICS. vbench: whether it is one of VBench's dimensions. slots: the networks it needs; the first one names a score
    made with another network. least: frames without which there is nothing to measure. model: what stands in for a network.
    """

    name: ClassVar[str]
    vbench: ClassVar[bool] = False
    slots: ClassVar[tuple[str, ...]] = ()
    range: ClassVar[tuple[float | None, float | None]] = (0.0, 1.0)
    direction: ClassVar[Direction] = "higher"
    least: ClassVar[int] = 1
    needs_prompt: ClassVar[bool] = False
    model: ClassVar[str] = ""

    def __init__(self, film: Film, asked: Asked) -> None:
        self.film, self.asked = film, asked
        self._seen = 0

    def why_not(self) -> str:
        """Why this cannot be measured here, as a sentence; "" when it can."""
        for slot in self.slots:
            network = self.asked.networks.slot(slot)
            if network is None:
                why = WHY_NOT.get(slot, "This installation has no weights for it.")
                return f"It needs the network {VBENCH[slot]}. {why}"
            if self.film.short < network.least_side:
                return f"{network.model} needs pictures of at least {network.least_side} pixels; these have {self.film.short}."
        if self.needs_prompt and not self.asked.prompt.strip():
            return "It compares the video with a prompt, and none was given."
        return ""

    def see(self, frame: Frame) -> None:
        """Called for every frame, in order."""
        self._seen += 1
        self.take(frame)

    def result(self) -> Score:
        """Called once, after the last frame."""
        if self._seen < self.least:
            return self.unavailable(f"It needs at least {self.least} frames, and the video has {self._seen}.")
        return self.finish()

    @abstractmethod
    def take(self, frame: Frame) -> None:
        """Look at one frame."""

    @abstractmethod
    def finish(self) -> Score:
        """The score of what was seen."""

    def net(self, slot: str) -> Network:
        """The injected network of a slot; `why_not` has made sure of it."""
        found = self.asked.networks.slot(slot)
        assert found is not None
        return found

    def score(
        self, value: float, per_frame: Sequence[float] = (), first: int = 0, step: int = 1, *, reason: str = "", **details: float
    ) -> Score:
        """The value under the name it may carry."""
        nets = [self.net(slot) for slot in self.slots]
        others = [(net, slot) for net, slot in zip(nets, self.slots, strict=True) if not net.is_vbench(slot)]
        genuine = self.vbench and not others
        name = f"vbench.{self.name}" if genuine else f"proxy.{self.name}"
        if self.vbench and others:
            net, slot = others[0]
            name += f"@{net.called}"
            reason = f"{net.why_another(slot)} {reason}".strip()
        elif nets:
            reason = " ".join({net.caution: None for net in nets if net.caution} | {reason: None}).strip()
        found = self._blank("exact" if genuine else "proxy", name, float(value), reason)
        return replace(
            found,
            per_frame=tuple(float(x) for x in per_frame),
            first_frame=first,
            frame_step=step,
            model=" + ".join(net.model for net in nets) or self.model,
            sha256=" + ".join(net.sha256 for net in nets),
            details=details,
        )

    def unavailable(self, reason: str) -> Score:
        """No value, and why."""
        return self._blank("unavailable", f"{'vbench' if self.vbench else 'proxy'}.{self.name}", None, reason)

    def _blank(self, kind: Kind, name: str, value: float | None, reason: str) -> Score:
        film = self.film
        return Score(name, value, kind, self.range, self.direction, float(film.fps), film.width, film.height, film.decoder, reason=reason)


def macro(scores: Sequence[Score]) -> float:
    """The mean of the videos' values."""
    values = [score.value for score in scores if score.value is not None]
    return sum(values) / len(values)


def micro(scores: Sequence[Score]) -> float:
    """The mean over all frames of all videos, so that long videos weigh more."""
    values = [score.per_frame for score in scores if score.value is not None]
    return sum(map(sum, values)) / sum(map(len, values))
