"""One process of a drill: a web server or a worker of a real house on the PostgreSQL of the settings, whose ads are drill_ad's.

python -m benchmarks.drill_house web PORT | worker      prints its id when it serves or takes work
"""

import sys

from benchmarks.drill_ad import drill_ad
from studio.api.application import application
from studio.api.serving import serve as listen
from studio.house import open_house
from studio.jobs.queues import names
from studio.jobs.references import ROOMS
from studio.jobs.worker import serve as work
from studio.security import Passwords
from studio.settings import Settings
from studio.ui.doors import doors
from studio.web import services
from studio.wiring import runtime_of

CHEAP = 4  # what a hash costs; what that is worth is not what is drilled here


def main(role: str, port: str = "") -> int:
    """Until it is told to stop, or worse."""
    settings = Settings(_env_file=None)
    house = open_house(settings, runtime_of(settings), job=drill_ad, passwords=Passwords(cost=CHEAP))
    if role == "web":
        # Without pages: all of the drill is asked over REST.
        app = application(services(house), {}, doors(), allowed_hosts=settings.allowed_hosts)
        print("web", flush=True)
        listen(app, settings.host, int(port))
        return 0
    house.engine.poll_s = 0.2
    queues = [name for name in names() if not name.startswith("gpu_")]
    return work(house.worker(rooms=(*ROOMS, "tests", "benchmarks")), queues, lambda id: print(id, flush=True), house.close)


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
