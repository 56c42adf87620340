"""What every shape of the studio is told and what it hands back. Knows nothing of any particular shape."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from models.backends.product_studio.geometry import Mesh, rotation
from models.backends.product_studio.materials import Bsdf, Emission

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Look:
    """How one product looks, wherever it is photographed: JSON values only, fixed for a whole series.

    archetype: a key of ARCHETYPES. label: the brand on the product, "" for none; sublabel: its smaller second line.
    accent, body: "#RRGGBB". metal: a key of METALS. typeface: a key of TYPEFACES. spin_deg: the product turned about its
    own axis, positive toward the camera's right. extra: options a shape knows by name, such as ("strap", "leather").
    """

    archetype: str
    label: str = ""
    sublabel: str = ""
    accent: str = "#C8A15A"
    body: str = "#1B2333"
    metal: str = "steel"
    typeface: str = "luxury_serif"
    spin_deg: float = 0.0
    extra: tuple[tuple[str, str], ...] = ()

    def option(self, name: str, default: str = "") -> str:
        """The value of one extra option."""
        return dict(self.extra).get(name, default)


@dataclass(frozen=True, eq=False)
class Part:
    """One mesh of one material. thin: a pane to look through, which the denoiser's feature pass leaves out."""

    mesh: Mesh
    material: Bsdf
    thin: bool = False
    emission: Emission | None = None


@dataclass(frozen=True, eq=False)
class Product:
    """A product standing on y = 0, around the Y axis, front to +Z.

    height: of its highest point. focus: where a camera should focus. details: points worth a macro, best first.
    """

    parts: tuple[Part, ...]
    height: float
    focus: Point
    details: tuple[Point, ...]


@dataclass(frozen=True)
class Archetype:
    """One shape the studio can build, and the look it takes when nobody says otherwise.

    words: what people call it, lower case, each belonging to one archetype only. convex: its outline hides nothing of
    itself, so that a camera may go round it a little. default_sublabel: neutral wording for a label's second line.
    general: its words count only where no other shape's do. round: it looks the same from all sides but for its label, which is
    therefore turned towards the camera. options: (pattern of words, option, value) of what it can be besides, the last said counts.
    large: furniture, which stands on the floor of a set.
    """

    name: str
    title: str
    build: Callable[[Look, np.random.Generator], Product]
    convex: bool
    words: tuple[str, ...]
    default_sublabel: str = ""
    body: str = "#1B2333"
    accent: str = "#C8A15A"
    metal: str = "steel"
    typeface: str = "luxury_serif"
    spin_deg: float = 0.0
    general: bool = False
    round: bool = False
    options: tuple[tuple[str, str, str], ...] = ()
    large: bool = False


def stand(parts: list[Part], look: Look, focus: Point, details: tuple[Point, ...], lean_deg: float = 0.0) -> Product:
    """Lean the parts back, spin them and set them down on y = 0; focus and details move along."""
    turn = rotation("y", look.spin_deg) @ rotation("x", -lean_deg)
    lowest = min(float((part.mesh.vertices @ turn.T)[:, 1].min()) for part in parts)
    lift = np.array([0.0, -lowest, 0.0])
    placed = tuple(Part(part.mesh.moved(turn, lift), part.material, part.thin, part.emission) for part in parts)

    def moved(point: Point) -> Point:
        x, y, z = turn @ np.array(point) + lift
        return (float(x), float(y), float(z))

    height = max(float(part.mesh.vertices[:, 1].max()) for part in placed)
    return Product(placed, height, moved(focus), tuple(moved(point) for point in details))
