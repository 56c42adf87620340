"""The web page: settings → wiring → serve. `make run`."""

import logging
import threading
import uuid
from collections.abc import Callable

from pipelines.ad import Ad
from pipelines.brief import Brief
from pipelines.progress import Progress
from studio import wiring
from studio.api.local_application import application
from studio.api.local_serving import serve
from studio.services.making import Making
from studio.services.measured_times import MeasuredTimes
from studio.settings import Settings
from studio.ui import islands, shell
from studio.words.generate import page


def main() -> None:
    settings = Settings()
    logging.basicConfig(level=settings.log_level.upper(), format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    studio = wiring.build(settings)

    def make(brief: Brief, on_progress: Callable[[Progress], None], cancel: threading.Event) -> Ad:
        return studio.make(brief, settings.output_dir / f"ad_{uuid.uuid4().hex}.mp4", on_progress=on_progress, cancel=cancel)

    making = Making(make, MeasuredTimes(settings.cache_dir / "measured_times.json"))
    app = application(making, islands.assets(), any_host=settings.allow_public)
    shell.mount(app, shell.build(page()))
    try:
        serve(app, settings.host, settings.port, allow_public=settings.allow_public)
    finally:
        studio.close()


if __name__ == "__main__":
    main()
