"""The runtime's promises: refuse clearly, retry what is transient, fall back by name, never swallow a cancel."""

from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path

import pytest

from models import backends
from models.asks import ImageAsk, Made, SoundAsk, Still
from models.backends import BackendConfig
from models.capabilities import Capabilities
from models.catalog import CATALOG, ModelRow
from models.context import JobContext
from models.errors import AskRefused, Cancelled, ModelBusy, ModelFailed, ModelUnavailable, ModelUnreachable
from models.runtime import Runtime

ASK = ImageAsk(prompt="a red cube", width=64, height=64)


@dataclass
class Scripted:
    """A backend that plays a script per model id: an exception is raised, anything else answers."""

    script: dict[str, list[object]]
    why_not: str = ""
    asked: list[str] = field(default_factory=list)

    def available(self) -> str:
        return self.why_not

    def capabilities(self, row: ModelRow) -> Capabilities:
        return Capabilities(kinds=frozenset(row.kinds), max_side=128)

    def answer(self, ask: object, row: ModelRow, job: JobContext) -> Still:
        self.asked.append(row.id)
        turn = self.script[row.id].pop(0)
        if isinstance(turn, Exception):
            raise turn
        return Still(Path("x.png"), 64, 64, Made(model=row.id, cost_usd=Decimal("0.01")))

    def close(self) -> None:
        self.asked.append("closed")


def runtime(tmp_path: Path, backend: Scripted, rows: tuple[ModelRow, ...]) -> tuple[Runtime, list[float]]:
    slept: list[float] = []
    made = Runtime(BackendConfig(tmp_path), rows, sleep=slept.append)
    made._backends["scripted"] = backend
    return made, slept


def model(name: str, *fallback: str) -> ModelRow:
    return ModelRow(name, ("image",), "scripted", name, "test", fallback=fallback)


def test_transient_errors_are_tried_three_times(tmp_path: Path) -> None:
    backend = Scripted({"a": [ModelUnreachable("off"), ModelBusy("busy", retry_after=0.0), "fine"]})
    made, _ = runtime(tmp_path, backend, (model("a"),))
    assert made.image(ASK, JobContext(tmp_path)).made.model == "a"
    assert backend.asked == ["a", "a", "a"]


def test_permanent_errors_are_not_tried_again(tmp_path: Path) -> None:
    backend = Scripted({"a": [ModelFailed("broke")]})
    made, _ = runtime(tmp_path, backend, (model("a"),))
    with pytest.raises(ModelFailed, match="broke"):
        made.image(ASK, JobContext(tmp_path))
    assert backend.asked == ["a"]


def test_a_fallback_is_named_in_the_result(tmp_path: Path) -> None:
    backend = Scripted({"a": [ModelFailed("the prompt broke it")], "b": ["fine"]})
    made, _ = runtime(tmp_path, backend, (model("a", "b"), model("b")))
    still = made.image(ASK, JobContext(tmp_path))
    assert still.made.model == "b"
    assert still.made.fallback_from == ("a",)
    assert "the prompt broke it" in still.made.notes[0]


def test_a_cancel_is_neither_retried_nor_fallen_back_from(tmp_path: Path) -> None:
    backend = Scripted({"a": [Cancelled("stop")], "b": ["fine"]})
    made, _ = runtime(tmp_path, backend, (model("a", "b"), model("b")))
    with pytest.raises(Cancelled):
        made.image(ASK, JobContext(tmp_path))
    assert backend.asked == ["a"]


def test_waiting_for_a_busy_model_can_be_cancelled(tmp_path: Path) -> None:
    backend = Scripted({"a": [ModelBusy("busy", retry_after=30.0), "fine"]})
    made = Runtime(BackendConfig(tmp_path), (model("a"),))
    made._backends["scripted"] = backend
    calls = iter([None, None, Cancelled("stop")])

    def check() -> None:
        if error := next(calls):
            raise error

    with pytest.raises(Cancelled):
        made.image(ASK, JobContext(tmp_path, check=check))


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (ImageAsk("x", 63, 64), "width 63"),
        (ImageAsk("x", 64, 256), "height 256"),
        (ImageAsk("x", 64, 64, seed=2**32), "seed"),
        (SoundAsk("luxury", 15), "does not make sound"),
    ],
)
def test_an_ask_outside_the_capabilities_is_refused_before_anything_runs(tmp_path: Path, ask: ImageAsk, words: str) -> None:
    backend = Scripted({"a": []})
    made, _ = runtime(tmp_path, backend, (model("a"),))
    with pytest.raises(AskRefused, match=words):
        made.answer(ask, JobContext(tmp_path), "a")
    assert backend.asked == []


def test_an_unavailable_model_says_why(tmp_path: Path) -> None:
    made, _ = runtime(tmp_path, Scripted({}, why_not="Set KEY to use a."), (model("a"),))
    assert made.default_model("image") is None
    with pytest.raises(ModelUnavailable, match="doctor"):
        made.image(ASK, JobContext(tmp_path))
    with pytest.raises(ModelUnavailable, match="Set KEY"):
        made.image(ASK, JobContext(tmp_path), "a")


def test_an_unknown_model_is_refused(tmp_path: Path) -> None:
    made, _ = runtime(tmp_path, Scripted({}), (model("a"),))
    with pytest.raises(AskRefused, match="no model 'z'"):
        made.image(ASK, JobContext(tmp_path), "z")


def test_every_row_of_the_catalogue_names_a_backend_and_real_fallbacks() -> None:
    ids = [row.id for row in CATALOG]
    assert len(set(ids)) == len(ids)
    for row in CATALOG:
        assert row.backend in backends.BACKENDS
        assert set(row.fallback) <= set(ids)
        assert row.licence
