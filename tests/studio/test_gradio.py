"""What Gradio would do besides showing the pages, and is kept from: stubs for editors, and looking for events that there are none of."""

import importlib
import time
from pathlib import Path

import gradio as gr
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from studio.ui import shell


def test_a_component_leaves_no_stub_beside_its_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own_button_of_a_test.py").write_text("import gradio as gr\n\n\nclass OwnButton(gr.Button):\n    pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    own = importlib.import_module("own_button_of_a_test").OwnButton
    assert own("Go").value == "Go"
    assert [path.name for path in tmp_path.rglob("*.pyi")] == []


def test_a_page_that_nobody_looks_at_takes_no_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    """Left alone, Gradio looks a thousand times a second for events of its components."""
    looks: list[float] = []
    with gr.Blocks(analytics_enabled=False) as blocks:
        gr.Markdown("# Nothing")
    shell.mount(app := FastAPI(), blocks)
    count = type(blocks._queue).__len__

    def counted(queue: object) -> int:
        looks.append(time.monotonic())
        return count(queue)  # type: ignore[arg-type]

    monkeypatch.setattr(type(blocks._queue), "__len__", counted)
    with TestClient(app) as client:
        assert client.get("/").status_code == 200
        assert client.get("/gradio_api/startup-events").status_code == 200
        time.sleep(0.6)
    assert 1 <= len(looks) <= 10
