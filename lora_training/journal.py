"""What happened at each step, line by line in a file of JSON objects, and in TensorBoard where that is installed."""

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any


class Journal:
    """Appends to folder/journal.jsonl. step: the steps done so far; lines beyond it, of a run that was cut off, are dropped."""

    def __init__(self, folder: Path, step: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.path = folder / "journal.jsonl"
        kept = [line for line in read(folder) if line["step"] <= step]
        part = self.path.with_suffix(".part")
        part.write_text("".join(json.dumps(line) + "\n" for line in kept), encoding="utf-8")
        part.replace(self.path)
        self._file = self.path.open("a", encoding="utf-8")
        self._board: Any = None
        if find_spec("tensorboard"):
            from torch.utils.tensorboard import SummaryWriter

            self._board = SummaryWriter(str(folder / "tensorboard"), purge_step=step + 1)

    @property
    def has_board(self) -> bool:
        """Whether TensorBoard is written as well."""
        return self._board is not None

    def write(self, step: int, **values: float) -> None:
        """Values after step 1, 2, 3, ... , e.g. loss, rate, validation."""
        self._file.write(json.dumps({"step": step, **values}) + "\n")
        self._file.flush()
        if self._board is not None:
            for name, value in values.items():
                self._board.add_scalar(name, value, step)

    def show(self, step: int, pictures: list[Any]) -> None:
        """Previews (PIL images) into TensorBoard."""
        if self._board is not None:
            import numpy as np

            for number, picture in enumerate(pictures):
                self._board.add_image(f"preview/{number}", np.asarray(picture), step, dataformats="HWC")

    def close(self) -> None:
        """Write everything out."""
        self._file.close()
        if self._board is not None:
            self._board.close()


def read(folder: Path) -> list[dict[str, Any]]:
    """Every whole line of the journal in `folder`; a line cut off by a crash is left out."""
    path = folder / "journal.jsonl"
    found = []
    for line in path.read_text(encoding="utf-8").splitlines() if path.is_file() else ():
        try:
            found.append(json.loads(line))
        except ValueError:
            continue
    return found
