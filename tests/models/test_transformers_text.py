"""The local language model: real classes at a tiny size, loaded by the product's own code from a folder as a pull leaves it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from models import catalog
from models.asks import SoundAsk, Text, TextAsk
from models.backends import BackendConfig
from models.backends.transformers_text import TransformersText, messages
from models.context import JobContext
from models.devices import choose
from models.errors import AskRefused, Cancelled, ModelFailed, ModelUnavailable
from models.residency import residency_of
from models.runtime import Runtime
from models.weights import folder_of
from tests.models.tiny_writer import ANSWER, tiny_qwen

ROW = catalog.row("Qwen/Qwen3-4B-Instruct-2507")
SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
ASK = TextAsk("Be brief.", "Say a.", SCHEMA, "thing", max_tokens=12, temperature=0.0)


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> BackendConfig:
    torch = pytest.importorskip("torch")
    torch.set_num_threads(1)
    made = BackendConfig(tmp_path_factory.mktemp("cache"), weights_dir=tmp_path_factory.mktemp("weights"), device="cpu")
    system, user = (message["content"] for message in messages(ASK))
    tiny_qwen(folder_of(ROW, made), user, system, ANSWER)
    (folder_of(ROW, made) / "merges.txt").write_text("")
    return made


@pytest.fixture(scope="module")
def backend(config: BackendConfig) -> Iterator[TransformersText]:
    made = TransformersText(config)
    yield made
    made.close()


def ask(backend: TransformersText, tmp_path: Path, what: TextAsk = ASK) -> Text:
    result = backend.answer(what, ROW, JobContext(tmp_path))
    assert isinstance(result, Text)
    return result


def test_an_answer_is_read_as_json_and_costs_nothing(backend: TransformersText, config: BackendConfig, tmp_path: Path) -> None:
    told: list[tuple[float, str]] = []
    text = backend.answer(ASK, ROW, JobContext(tmp_path, progress=lambda fraction, words: told.append((fraction, words))))
    assert isinstance(text, Text)
    assert text.data == {"a": 7}
    assert (text.tokens_out, text.made.cost_usd) == (4, 0)
    assert text.tokens_in > 4
    assert any("cpu" in note for note in text.made.notes)
    assert [words for _, words in told if words == "writing"]
    assert Runtime(config).default_model("text") == ROW  # local models stand first
    assert residency_of(choose(config)).keys == (f"text/{ROW.id}",)  # it stays for the next ask


def test_the_schema_is_told_in_words() -> None:
    assert '"required":["a"]' in messages(ASK)[0]["content"]
    assert messages(replace(ASK, schema=None))[0]["content"] == "Be brief."


def test_cut_off_too_long_and_no_json_are_told_apart(backend: TransformersText, tmp_path: Path) -> None:
    with pytest.raises(ModelFailed, match="cut off after 2 tokens"):
        ask(backend, tmp_path, replace(ASK, max_tokens=2))
    with pytest.raises(ModelFailed, match="256 tokens at once"):
        ask(backend, tmp_path, replace(ASK, prompt="Say a. " * 200))
    assert ask(backend, tmp_path, replace(ASK, schema=None, temperature=0.0, max_tokens=200)).data is None


def test_dice_are_thrown_from_the_seed_and_nobody_else_s_are_touched(backend: TransformersText, tmp_path: Path) -> None:
    import torch

    torch.manual_seed(5)
    before = torch.get_rng_state()
    hot = replace(ASK, temperature=30.0, max_tokens=60)
    drawn = []
    for seed in (1, 1, 2, 3):
        try:
            drawn.append(ask(backend, tmp_path, replace(hot, seed=seed)).text)
        except ModelFailed as error:
            drawn.append(str(error))
    assert drawn[0] == drawn[1]
    assert len(set(drawn)) > 1
    assert torch.equal(before, torch.get_rng_state())


def test_a_cancelled_job_is_let_go_within_a_token(backend: TransformersText, tmp_path: Path) -> None:
    calls = 0

    def check() -> None:
        nonlocal calls
        calls += 1
        if calls == 3:
            raise Cancelled("Cancelled.")

    with pytest.raises(Cancelled):
        backend.answer(ASK, ROW, JobContext(tmp_path, check=check))
    assert calls == 3
    assert ask(backend, tmp_path).data == {"a": 7}


def test_closing_frees_the_memory(backend: TransformersText, config: BackendConfig, tmp_path: Path) -> None:
    ask(backend, tmp_path)
    backend.close()
    assert residency_of(choose(config)).keys == ()


def test_where_it_cannot_run_it_says_what_to_do(config: BackendConfig, tmp_path: Path) -> None:
    nothing = TransformersText(replace(config, weights_dir=tmp_path))
    assert f"python -m models pull {ROW.id}" in nothing.available(ROW)
    with pytest.raises(ModelUnavailable):
        ask(nothing, tmp_path)
    with pytest.raises(AskRefused):
        nothing.answer(SoundAsk("calm", 5), ROW, JobContext(tmp_path))
    if not choose(replace(config, device="")).name:
        assert "DEVICE=cpu" in TransformersText(replace(config, device="")).available(ROW)
