"""A seamless sweep in the brand's colour with round plinths, and sometimes an arch: the graphic, poster-like set."""

import numpy as np

from models.backends.product_studio.archetypes import Part
from models.backends.product_studio.materials import principled
from models.backends.product_studio.sets.forms import arch, disc, seamless
from models.backends.product_studio.stage import Options, Palette, StudioSet, Vec3

LOW = 0.05  # of the round that furniture stands on


def build(palette: Palette, options: Options, rng: np.random.Generator) -> StudioSet:
    """The plinths are a shade lighter or darker than the sweep, so that tone on tone keeps its edges; furniture has one low round."""
    ground = palette.background
    luminance = float(np.dot(ground, (0.2126, 0.7152, 0.0722)))
    plinth = _shade(ground, 1.25 if luminance < 0.45 else 0.82)
    satin = principled(plinth, roughness=0.38, specular=0.5)
    parts = [
        Part(seamless(), principled(ground, roughness=0.62, specular=0.3)),
        *(
            [Part(disc(1.9, LOW, 0.0, 0.012), satin)]
            if options.large
            else [Part(disc(1.5, 0.20, 0.0), satin), Part(disc(1.06, 0.20, 0.20), satin)]
        ),
    ]
    if options.arch:
        parts.append(Part(arch(1.32, 1.75, 0.34, -1.25), principled(_shade(plinth, 0.92), roughness=0.45)))
    else:
        turn = float(rng.uniform(-0.3, 0.3))
        parts.append(Part(disc(0.5, 1.15 + turn, 0.0, x=-1.75 + turn, z=-1.5), satin))
        parts.append(Part(disc(0.42, 0.62, 0.0, x=1.8, z=-1.1 + turn), satin))
    return StudioSet(tuple(parts), floor=LOW if options.large else 0.40, backdrop_z=-3.2)


def _shade(colour: Vec3, factor: float) -> Vec3:
    r, g, b = (min(c * factor + 0.012, 0.9) for c in colour)
    return (r, g, b)
