"""The notebooks run from their first cell to their last at small sizes, and what is committed of them is small and clean."""

import json
import re

import nbformat
import pytest

from notebooks.__main__ import SMALL, executed, notebooks, slim

BOOKS = notebooks()
MOST_KB = 700


def test_there_are_six() -> None:
    assert [path.name[:3] for path in BOOKS] == ["01_", "02_", "03_", "04_", "05_", "06_"]


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_it_runs_to_the_end(path) -> None:
    book = slim(executed(path, small=True))
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code)
    assert not [out for cell in code for out in cell.outputs if out.output_type == "error"]
    assert any(out.output_type in ("display_data", "stream", "execute_result") for cell in code for out in cell.outputs)


@pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)
def test_what_is_committed_was_run_and_is_small(path) -> None:
    text = path.read_text(encoding="utf-8")
    assert len(text) < MOST_KB * 1024
    book = nbformat.reads(text, as_version=4)
    nbformat.validate(book)
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in code), "run `make notebooks`"
    assert any(cell.outputs for cell in code)
    told = json.dumps([cell.outputs for cell in code])
    assert not re.search(r"/(home|root|work|tmp|usr)/", told), "an output names a path of a machine"
    assert "Traceback" not in told


def test_small_values_name_parameters_that_exist() -> None:
    for path in BOOKS:
        cells = nbformat.read(path, as_version=4).cells
        source = "".join(cell.source for cell in cells if "parameters" in cell.metadata.get("tags", ()))
        assert source, path.name
        for name in SMALL.get(path.name[:2], {}):
            assert re.search(rf"^{name}\b|, {name}\b", source, re.M), (path.name, name)
