"""The light rigs, by name. Each returns named groups, so that lights can be rendered and mixed one by one.

A new rig is one file (or one function) `build(aim, palette, options, rng) -> LightGroups` and one line here. By
convention the group "key" models the product, "rim" draws its edges, "back" lights the wall and "fill" opens shadows.
"""

from collections.abc import Callable

import numpy as np

from models.backends.product_studio.rigs import dusk, gobo, neon, noir, overcast, softbox
from models.backends.product_studio.stage import Aim, LightGroups, Options, Palette

RIGS: dict[str, Callable[[Aim, Palette, Options, np.random.Generator], LightGroups]] = {
    "softbox": softbox.build,
    "gobo": gobo.build,
    "noir": noir.build,
    "overcast": overcast.build,
    "neon": neon.build,
    "dusk": dusk.build,
}
