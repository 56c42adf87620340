"""What COMPILE_MODELS needs is said before a model is loaded; that a compiled model draws the same is tested on a card."""

import pytest

from models.diffusion import compiling


def test_what_is_missing_for_compiling_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiling, "find_spec", lambda name: None)
    assert "triton" in compiling.why_not()
    monkeypatch.setattr(compiling, "find_spec", lambda name: object())
    monkeypatch.setattr(compiling.shutil, "which", lambda name: None)
    assert "install gcc" in compiling.why_not()
    monkeypatch.setattr(compiling.shutil, "which", lambda name: "/usr/bin/cc" if name == "cc" else None)
    assert compiling.why_not() == ""


def test_meanwhile_nothing_compiled_is_used() -> None:
    torch = pytest.importorskip("torch")
    seen: list[str] = []

    def backend(graph: object, inputs: object) -> object:
        seen.append("compiled")
        return graph

    double = torch.compile(lambda x: x * 2, backend=backend, dynamic=False)
    with compiling.as_written(True):
        assert double(torch.ones(2)).tolist() == [2, 2]
    assert not seen
    with compiling.as_written(False):
        assert double(torch.ones(2)).tolist() == [2, 2]
    assert seen == ["compiled"]
