"""The studio's sets, by name. A new set is one file with `build(palette, options, rng)` and one line here."""

from collections.abc import Callable

import numpy as np

from models.backends.product_studio.sets import dark_water, kitchen, living_room, marble, plaster_room, podium, sand, silk, stone
from models.backends.product_studio.stage import Options, Palette, StudioSet

SETS: dict[str, Callable[[Palette, Options, np.random.Generator], StudioSet]] = {
    "podium": podium.build,
    "stone": stone.build,
    "dark_water": dark_water.build,
    "marble": marble.build,
    "sand": sand.build,
    "silk": silk.build,
    "plaster_room": plaster_room.build,
    "kitchen": kitchen.build,
    "living_room": living_room.build,
}
