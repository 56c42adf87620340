"""The runtime's promises: refuse clearly, retry what is transient, fall back by name, never swallow a cancel."""

from dataclasses import dataclass, field, replace
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
from models.pricing import Use
from models.runtime import Runtime
from models.till import TooDear, Uncounted

ASK = ImageAsk(prompt="a red cube", width=64, height=64)


@dataclass
class Scripted:
    """A backend that plays a script per model id: an exception is raised, anything else answers."""

    script: dict[str, list[object]]
    why_not: str = ""
    asked: list[str] = field(default_factory=list)

    def available(self, row: ModelRow) -> str:
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


@dataclass
class Books:
    """A till that remembers what was told, in order."""

    told: list[object] = field(default_factory=list)
    refuses: Exception | None = None

    def order(self, use: Use, *, traceable: bool = False, after: object = None) -> "Page":
        if self.refuses:
            raise self.refuses
        self.told.append(("order", use.model, use.images, "again" if after else ""))
        return Page(self.told)


@dataclass
class Page(Uncounted):
    told: list[object] = field(default_factory=list)

    def __init__(self, told: list[object]) -> None:
        super().__init__("key")
        self.told = told

    def settle(self, cost: Decimal) -> None:
        self.told.append(("settle", cost))

    def void(self) -> None:
        self.told.append("void")

    def lost(self, cost: Decimal | None) -> None:
        self.told.append(("lost", cost))


def priced(name: str, *fallback: str) -> ModelRow:
    return replace(model(name, *fallback), price_per_image=Decimal("0.04"))


def test_what_costs_is_written_down_before_and_settled_after(tmp_path: Path) -> None:
    books, backend = Books(), Scripted({"a": ["fine"], "b": ["fine"]})
    made, _ = runtime(tmp_path, backend, (priced("a"), model("b")))
    still = made.image(ASK, JobContext(tmp_path, till=books))
    assert books.told == [("order", "a", 1, ""), ("settle", still.made.cost_usd)]
    made.image(ASK, JobContext(tmp_path, till=books), model="b")
    assert len(books.told) == 2  # what is free is nobody's business


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (ModelUnavailable("key refused"), "void"),
        (ModelFailed("broke", cost_usd=Decimal("0.01")), ("lost", Decimal("0.01"))),
        (ModelFailed("broke"), ("lost", None)),
        (Cancelled("stop"), ("lost", None)),
        (ZeroDivisionError("a bug"), ("lost", None)),
    ],
)
def test_what_fails_is_counted_by_what_is_known(tmp_path: Path, error: Exception, told: object) -> None:
    books = Books()
    made, _ = runtime(tmp_path, Scripted({"a": [error]}), (priced("a"),))
    with pytest.raises(type(error)):
        made.image(ASK, JobContext(tmp_path, till=books))
    assert books.told == [("order", "a", 1, ""), told]


def test_each_attempt_is_an_order_and_their_costs_add_up(tmp_path: Path) -> None:
    script: dict[str, list[object]] = {"a": [ModelBusy("busy", retry_after=0.0), ModelUnreachable("off"), ModelFailed("no")], "b": ["fine"]}
    books = Books()
    made, _ = runtime(tmp_path, Scripted(script), (priced("a", "b"), priced("b")))
    still = made.image(ASK, JobContext(tmp_path, till=books))
    assert [told for told in books.told if told[0] == "order"] == [  # type: ignore[index]
        ("order", "a", 1, ""),
        ("order", "a", 1, "again"),
        ("order", "a", 1, "again"),
        ("order", "b", 1, ""),
    ]
    assert still.made.cost_usd == Decimal("0.04") + Decimal("0.04") + Decimal("0.01")  # two that nobody knows of, and the result
    assert "Of the cost, $0.08 are the most that failed calls may have been charged with; what they were nobody said." in still.made.notes


def test_a_till_that_refuses_is_asked_before_anything_is_sent(tmp_path: Path) -> None:
    backend = Scripted({"a": ["fine"]})
    made, _ = runtime(tmp_path, backend, (priced("a", "b"), model("b")))
    with pytest.raises(PermissionError):
        made.image(ASK, JobContext(tmp_path, till=Books(refuses=PermissionError("the cap"))))
    assert backend.asked == []


def test_cancelled_between_the_books_and_the_provider_nothing_is_owed(tmp_path: Path) -> None:
    books, backend = Books(), Scripted({"a": ["fine"]})
    made, _ = runtime(tmp_path, backend, (priced("a"),))

    def check() -> None:
        if books.told:
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        made.image(ASK, JobContext(tmp_path, check=check, till=books))
    assert backend.asked == []
    assert books.told == [("order", "a", 1, ""), "void"]


def test_a_choice_that_cannot_be_is_explained(tmp_path: Path) -> None:
    made, _ = runtime(tmp_path, Scripted({}, why_not="No key is set."), (model("a"),))
    assert made.why_not("image", "a") == "No key is set."
    assert "does not make video" in made.why_not("video", "a")
    assert "no model 'z'" in made.why_not("image", "z")


def test_a_model_whose_licence_forbids_advertising_stays_shut_until_it_is_accepted(tmp_path: Path) -> None:
    shut = replace(model("a"), commercial=False, licence="CC-BY-NC-4.0")
    backend = Scripted({"a": ["fine"]})
    made, _ = runtime(tmp_path, backend, (shut,))
    assert "ACCEPTED_LICENCES" in made.standings()[0].why_not
    with pytest.raises(ModelUnavailable, match=r"CC-BY-NC-4\.0"):
        made.image(ASK, JobContext(tmp_path), "a")
    assert backend.asked == []
    made.config = BackendConfig(tmp_path, weights_dir=tmp_path / "weights", accepted=frozenset({"a"}))
    assert made.image(ASK, JobContext(tmp_path), "a").made.model == "a"
    assert '"by": "ACCEPTED_LICENCES"' in (tmp_path / "weights" / "licences.json").read_text()


def test_what_no_acceptance_would_mend_is_said_before_the_licence(tmp_path: Path) -> None:
    shut = replace(model("a"), commercial=False, licence="CC-BY-NC-4.0")
    made, _ = runtime(tmp_path, Scripted({}, why_not="There is no graphics card here."), (shut,))
    assert made.standings()[0].why_not == made.why_not("image", "a") == "There is no graphics card here."


def test_a_stand_in_that_is_too_dear_is_passed_over_by_name_and_a_first_choice_is_not(tmp_path: Path) -> None:
    class Poor(Books):
        def order(self, use: Use, *, traceable: bool = False, after: object = None) -> Page:
            if use.model == "dear":
                raise TooDear("The cap would be passed.")
            return super().order(use, traceable=traceable, after=after)

    rows = (priced("a", "dear", "free"), priced("dear", "free"), model("free"))
    made, _ = runtime(tmp_path, Scripted({"a": [ModelFailed("broke", cost_usd=Decimal(0))] * 2, "free": ["fine"]}), rows)
    still = made.image(ASK, JobContext(tmp_path, till=Poor()))
    assert (still.made.model, still.made.fallback_from) == ("free", ("a", "dear"))
    assert "dear failed (The cap would be passed.); free was used instead." in still.made.notes
    with pytest.raises(TooDear):
        made.image(ASK, JobContext(tmp_path, till=Poor()), "dear")
    made, _ = runtime(tmp_path, Scripted({"a": [ModelFailed("broke", cost_usd=Decimal(0))]}), (priced("a", "dear"), priced("dear")))
    with pytest.raises(TooDear):  # nobody is left: the cap is what its owner can change
        made.image(ASK, JobContext(tmp_path, till=Poor()))
