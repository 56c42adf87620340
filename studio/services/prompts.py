"""Better prompts for people: who improves them, and who pays. Knows no HTTP and no pages; the improving is pipelines/enhance's."""

import tempfile
from pathlib import Path

from models.asks import Text, TextAsk
from models.context import JobContext
from models.runtime import Runtime
from pipelines.brief import BUILT_IN_WRITER, Brief
from pipelines.enhance import Improved, improve_prompt
from pipelines.hints import read_hints
from studio.services.spending import Spending
from studio.services.till import UserTill
from studio.store.tables import new_id


class Prompts:
    """Improves prompts with the writer the brief asks for, else the installation's. Thread-safe."""

    def __init__(self, runtime: Runtime, spending: Spending) -> None:
        self._runtime = runtime
        self._spending = spending

    def improve(self, user_id: str, brief: Brief) -> Improved:
        """`brief`'s prompt, improved; what a model costs is written down for `user_id`, and belongs to no ad.

        Raises OverCap before anything is sent, and ModelUnavailable when the writer that was set up or asked for cannot be used.
        """
        model = brief.models.get("text")
        hints = read_hints(brief.prompt)
        if model == BUILT_IN_WRITER or not (model or self._runtime.default_model("text")):
            return improve_prompt(brief, hints)
        with tempfile.TemporaryDirectory(prefix="adstudio-improve-") as folder:
            job = JobContext(Path(folder), till=UserTill(self._spending, user_id, f"improve/{new_id()}"))

            def text(ask: TextAsk) -> Text:
                return self._runtime.text(ask, job, model)

            return improve_prompt(brief, hints, text)
