"""Gradio is loaded without the stubs that it writes for editors."""

import importlib
from pathlib import Path

import pytest


def test_a_component_leaves_no_stub_beside_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_button_of_a_test.py").write_text("import gradio as gr\n\n\nclass OwnButton(gr.Button):\n    pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    own = importlib.import_module("own_button_of_a_test").OwnButton
    assert own("Go").value == "Go"
    assert [path.name for path in tmp_path.rglob("*.pyi")] == []
