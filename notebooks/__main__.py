"""Execute the notebooks in place and keep their outputs small: `python -m notebooks [01 04 …] [--small]`.

    --small    the sizes that the tests use: minutes become seconds, and nothing is written back

A notebook's parameters are the assignments of its cell tagged `parameters`; SMALL has other values for them, by number.
"""

import argparse
import base64
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

HERE = Path(__file__).parent
ROOT = HERE.parent
SMALL: Mapping[str, Mapping[str, Any]] = {
    "01": {"SHORT_SIDE": 120},
    "02": {"SIDE": 64, "SHOTS": 2},
    "03": {"SHORT_SIDE": 64},
    "04": {"FRAMES": 13, "WIDTH": 192, "HEIGHT": 108},
    "05": {"STEPS": 4},
    "06": {"WATCH_S": 0.5},
}
MOST_BYTES = 60_000
"""Of one output. Pictures beyond it are kept as JPEG; anything else is left out, and says so."""

PATIENCE_S = 900


def notebooks(only: Sequence[str] = ()) -> list[Path]:
    """Their files, in order. only: beginnings of names."""
    return [path for path in sorted(HERE.glob("[0-9]*.ipynb")) if not only or path.name.startswith(tuple(only))]


def executed(path: Path, small: bool = False) -> NotebookNode:
    """The notebook with its outputs. Raises nbclient's CellExecutionError for a cell that fails."""
    book = nbformat.read(path, as_version=4)
    given = dict(SMALL.get(path.name[:2], {})) if small else {}
    for cell in book.cells:
        if given and "parameters" in cell.metadata.get("tags", ()):
            cell.source += "".join(f"\n{name} = {value!r}" for name, value in given.items())
    NotebookClient(book, timeout=PATIENCE_S, kernel_name="python3", resources={"metadata": {"path": str(ROOT)}}).execute()
    return book


def slim(book: NotebookNode) -> NotebookNode:
    """Without warnings, times of execution and large outputs; changes `book` and returns it."""
    book.metadata.pop("widgets", None)
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        if cell.cell_type != "code":
            continue
        cell.outputs = [_small(output) for output in _joined(cell.outputs)]
    return book


def _joined(outputs: Sequence[NotebookNode]) -> list[NotebookNode]:
    """What was printed as one text, however it arrived; without warnings."""
    found: list[NotebookNode] = []
    for output in outputs:
        if output.output_type == "stream" and output.name == "stderr":
            continue
        if found and output.output_type == found[-1].output_type == "stream":
            found[-1].text += output.text
        else:
            found.append(output)
    return found


def _small(output: NotebookNode) -> NotebookNode:
    data = output.get("data", {})
    if "image/png" in data and len(data["image/png"]) > MOST_BYTES:
        data["image/jpeg"] = _jpeg(data.pop("image/png"))
    if len(nbformat.writes(nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(outputs=[output])]))) > 3 * MOST_BYTES:
        return nbformat.v4.new_output("stream", name="stdout", text="(This output is large and is not kept; run the notebook to see it.)\n")
    return output


def _jpeg(png: str) -> str:
    from PIL import Image

    coded = io.BytesIO()
    Image.open(io.BytesIO(base64.b64decode(png))).convert("RGB").save(coded, "JPEG", quality=80, optimize=True)
    return base64.b64encode(coded.getvalue()).decode()


def main(arguments: Sequence[str] | None = None) -> int:
    """Execute what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m notebooks", description="Execute the notebooks.")
    parser.add_argument("only", nargs="*", help="numbers, such as 01")
    parser.add_argument("--small", action="store_true", help="at the sizes of the tests, and nothing is written back")
    args = parser.parse_args(arguments)
    for path in notebooks(args.only):
        print(path.name, flush=True)
        book = executed(path, args.small)
        if not args.small:
            nbformat.write(slim(book), path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
