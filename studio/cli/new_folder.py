"""What commands that fill a folder have in common: where it goes, the run that fills it, and that it is there whole or not at all."""

import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.make import words_for_a_name
from studio.cli.terminal import Bar, StopOnSignal
from studio.settings import Settings

if TYPE_CHECKING:
    from models.capabilities import Kind
    from pipelines.progress import DirectRun

HIDDEN = ".making-"


def new_folder(asked: Path | None, settings: Settings, words: str, kind: str, of_what: str) -> Path:
    """Where it will be: as asked, else under the output folder by the time and `words` (`kind` when they give no name). Raises OutputError
    when it is there already; of_what: for that sentence."""
    from pipelines.errors import OutputError

    out = asked or settings.output_dir / f"{time.strftime('%Y%m%d-%H%M%S')}-{words_for_a_name(words) or kind}"
    if out.exists():
        raise OutputError(f"{out} exists already; choose another folder for the {of_what}.")
    return out


@contextmanager
def filling(out: Path, settings: Settings) -> Iterator["DirectRun"]:
    """A run whose work lies in a hidden folder beside `out`, removed however it ends; a bar is shown, and a signal stops it. Raises
    OutputError where nothing can be written."""
    from rich.console import Console

    from pipelines.errors import OutputError
    from pipelines.progress import DirectRun
    from studio.wiring import build, workers

    studio, cancel = build(settings), threading.Event()
    folder = None
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=HIDDEN, dir=out.parent))
        with Bar(Console(stderr=True)) as show, StopOnSignal(cancel):
            yield DirectRun(folder, studio.runtime, show, cancel, parallel=workers(settings))
    except OSError as error:
        raise OutputError(f"Nothing can be written in {out.parent} ({error.strerror}); choose another place.") from error
    finally:
        studio.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def model_for(kind: "Kind", asked: str | None, run: "DirectRun", nobody: str) -> str:
    """The model asked for, else the one that makes this kind here. Raises ModelUnavailable with `nobody` when there is none."""
    from models.errors import ModelUnavailable

    default = run.runtime.default_model(kind)
    model = asked or (default.id if default else "")
    if not model:
        raise ModelUnavailable(nobody)
    return model
