"""What commands that fill a folder have in common: where it goes, what it may cost, the run that fills it, and that it is there whole or
not at all."""

import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from studio.cli.make import words_for_a_name
from studio.cli.terminal import Bar, StopOnSignal, say_paid
from studio.settings import Settings

if TYPE_CHECKING:
    from models.capabilities import Kind
    from models.runtime import Runtime
    from pipelines.progress import DirectRun
    from studio.services.direct_till import DirectTill
    from studio.services.prices import Quote

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
def filling(
    out: Path, settings: Settings, what: str, quotes: "Callable[[Runtime], Sequence[Quote]]", one: str = ""
) -> "Iterator[tuple[DirectRun, DirectTill]]":
    """A run whose work lies in a hidden folder beside `out`, removed however it ends, and where it pays; a bar is shown, and a signal stops
    it. quotes: of what will be made, said before anything is; what, one: see direct_quote.notice. Raises OutputError where nothing can be
    written, OverCap."""
    from rich.console import Console

    from pipelines.errors import OutputError
    from pipelines.progress import DirectRun
    from studio.services.direct_quote import notice
    from studio.services.direct_till import DirectTill
    from studio.services.prices import Prices
    from studio.wiring import build, workers

    console, studio, cancel = Console(stderr=True), build(settings), threading.Event()
    till = DirectTill(Prices(studio.runtime.catalog), settings.ad_cap_usd, what)
    folder = None
    try:
        if costs := notice(quotes(studio.runtime), settings.ad_cap_usd, what, one):
            console.print(costs, highlight=False, markup=False, soft_wrap=True)
        out.parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=HIDDEN, dir=out.parent))
        with Bar(console) as show, StopOnSignal(cancel):
            yield DirectRun(folder, studio.runtime, show, cancel, parallel=workers(settings), till=till), till
    except OSError as error:
        say_paid(console, till.total)
        raise OutputError(f"Nothing can be written in {out.parent} ({error.strerror}); choose another place.") from error
    except BaseException:
        say_paid(console, till.total)
        raise
    finally:
        studio.close()
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)


def model_for(kind: "Kind", asked: str | None, runtime: "Runtime", nobody: str) -> str:
    """The model asked for, else the one that makes this kind here. Raises ModelUnavailable with `nobody` when there is none, AskRefused for
    one that does not exist."""
    from models.errors import ModelUnavailable

    default = runtime.default_model(kind)
    model = asked or (default.id if default else "")
    if not model:
        raise ModelUnavailable(nobody)
    runtime.capabilities(kind, model)
    return model
