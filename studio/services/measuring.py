"""What every measuring of a film here needs: a way to stop it, and the networks that lie on this installation. Measures nothing itself."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.film import FileFilm, Frame
from models.errors import ModelError

if TYPE_CHECKING:
    from eval.networks import Networks

NETWORKS = "eval"
"""Folder under that of the weights where networks for VBench's dimensions lie, if any."""


class StoppableFilm(FileFilm):
    """A film whose measuring can be stopped between frames. check: raises what stops it."""

    def __init__(self, path: Path, check: Callable[[], None]) -> None:
        super().__init__(path)
        self._check = check

    def frames(self) -> Iterator[Frame]:
        """In the order they are shown."""
        for frame in super().frames():
            self._check()
            yield frame


def networks_of(runtime: Any, troubles: list[str]) -> "Networks | None":
    """Those that lie on this installation; without any, stand-ins measure. What cannot be loaded is added to `troubles`."""
    folder = getattr(getattr(runtime, "config", None), "weights_dir", None)
    if folder is None or not (Path(folder) / NETWORKS).is_dir():
        return None
    from eval.adapters import load_networks

    try:
        return load_networks(Path(folder) / NETWORKS)
    except ModelError as error:
        troubles.append(f"VBench's dimensions were not measured: {error}")
        return None
