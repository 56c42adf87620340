"""A bar in a printed wrapper with crimped ends, leaning on a second one; a piece of what is inside lies before them."""

from functools import cache

import numpy as np

from models.backends.product_studio.archetypes.bar_inside import CHOCOLATE_WORDS, inside
from models.backends.product_studio.archetypes.product import Archetype, Look, Part, Product, stand
from models.backends.product_studio.colours import contrast_ratio, is_dark, mixed, readable_on
from models.backends.product_studio.geometry import Mesh, rotation
from models.backends.product_studio.geometry.lofts import loft
from models.backends.product_studio.labels import Sheet, cased
from models.backends.product_studio.materials import Texture, principled
from models.typefaces import TYPEFACES, font_file

LENGTH, BROAD, THICK = 1.18, 0.40, 0.20  # of the wrapped bar; the crimps are part of its length
SEAL, SHOULDER = 0.072, 0.125
FLAT = 0.25  # half the width of a crimp: the tube laid flat
TEETH, RIDGES = 0.034, 0.0105
PRINT = (1652, 700)
LEAN_DEG = 24.0


def build_food_bar(look: Look, rng: np.random.Generator) -> Product:
    """Long side down, its print to the viewer."""
    film = principled(_print(look), 0.37, metallic=0.06, specular=0.42, coat=0.15, coat_gloss=0.8)
    wrapped = _wrapped().moved(rotation("z", -90))
    lying = wrapped.moved(rotation("y", -5.0) @ rotation("x", -90), (0.06, THICK / 2, -0.23))
    turn = rotation("y", 4.0) @ rotation("x", -LEAN_DEG)
    hero = wrapped.moved(turn)
    low = float(hero.vertices[np.abs(hero.vertices[:, 0]) < 0.45][:, 1].min())
    at = np.array([-0.02, -low, 0.16])
    parts = [Part(hero.moved(translation=at), film), Part(lying, film)]
    place = rotation("y", -24.0), (0.30, 0.0, 0.52)
    parts += [Part(part.mesh.moved(*place), part.material) for part in inside(look.option("inside", "granola"), int(rng.integers(1 << 30)))]
    front = turn @ np.array([0, 0, THICK / 2]) + at
    middle = (float(front[0]), float(front[1]), float(front[2]))
    details = ((0.13, 0.215, 0.40), (-LENGTH / 2 + 0.05, middle[1], middle[2] - 0.08), middle)
    return stand(parts, look, middle, details)


@cache
def _wrapped() -> Mesh:
    """Upright: a tube of film over the bar, pressed flat and cut in teeth at both ends. The same in every look."""
    half = LENGTH / 2
    end = np.concatenate([np.linspace(0, SEAL, 40, endpoint=False), np.linspace(SEAL, SEAL + SHOULDER, 26, endpoint=False)])
    along = np.concatenate([end, np.linspace(SEAL + SHOULDER, LENGTH - SEAL - SHOULDER, 28), LENGTH - end[::-1]]) - half
    t = np.linspace(0, 2 * np.pi, 240, endpoint=False)
    from_end = half - np.abs(along)
    open_ = np.clip((from_end - SEAL) / SHOULDER, 0, 1)
    full = (np.sin(open_ * np.pi / 2) ** 0.8)[:, None]
    wide = FLAT + (BROAD / 2 - FLAT) * (open_**0.7)[:, None]
    deep = 0.0035 + (THICK / 2 - 0.0035) * full
    power = 2 / (2.0 + 1.9 * full)
    c, s = np.cos(t)[None], np.sin(t)[None]
    x = np.sign(c) * np.abs(c) ** power * wide
    z = np.sign(s) * np.abs(s) ** power * deep
    # Film drawn together in front of the crimp lies in folds that run out over the bar; on the bar it follows what is inside.
    gather = (np.exp(-(((from_end - SEAL - 0.03) / 0.055) ** 2)) * np.clip((from_end - SEAL) / 0.012, 0, 1))[:, None]
    folds = np.sin(x * 61 + 2.2 * np.sin(x * 17 + along[:, None] * 5)) + 0.6 * np.sin(x * 103 + 1.3)
    soft = 0.0035 * np.sin(along[:, None] * 13 + x * 9) * np.sin(x * 15 - along[:, None] * 4 + 1.0) + 0.0016 * np.sin(
        along[:, None] * 31 + x * 26
    )
    z = z + np.sign(s) * np.abs(s) ** 0.5 * (0.0065 * gather * folds + soft * full)
    crimp = np.clip((SEAL - from_end) / 0.006, 0, 1)[:, None]
    z = z + crimp * 0.0028 * np.sin(from_end[:, None] / RIDGES * 2 * np.pi)
    tooth = np.abs((x / TEETH) % 1.0 - 0.5) * 2
    y = along[:, None] + np.sign(along)[:, None] * (tooth - 0.5) * 0.013 * np.clip(1 - from_end / 0.020, 0, 1)[:, None]
    return loft(np.stack([x, y, z], -1))


def _print(look: Look) -> Texture:
    """The wrapper's print, lengthwise: a field of the accent with the name, on the body's colour."""
    wide, tall = PRINT
    ground = look.body
    accent = look.accent if contrast_ratio(look.accent, ground) > 1.3 else mixed(ground, "#FFFFFF" if is_dark(ground) else "#1B1A1C", 0.55)
    sheet = Sheet(wide, tall, ground)
    edge = wide * 0.735
    sheet.paint("polygon", [(edge, 0), (wide, 0), (wide, tall), (edge - tall * 0.28, tall)], accent)
    sheet.paint("polygon", [(edge - 34, 0), (edge - 12, 0), (edge - 12 - tall * 0.28, tall), (edge - 34 - tall * 0.28, tall)], accent)
    ink = readable_on(ground)
    left, right = wide * 0.150, edge - tall * 0.17
    text = cased(look.label.strip(), look.typeface)
    middle = tall * (0.475 if look.sublabel else 0.5)
    sheet.text(
        text,
        font_file(look.typeface),
        ((left + right) / 2, middle),
        tall * 0.20,
        ink,
        TYPEFACES[look.typeface].tracking,
        field=right - left,
        max_lines=2,
    )
    sheet.text(
        look.sublabel.upper(),
        font_file(look.typeface, "text"),
        ((left + right) / 2, tall * 0.685),
        tall * 0.045,
        ink,
        0.2,
        field=right - left,
        opacity=0.9,
    )
    for i, (x, y, r) in enumerate(((0.775, 0.44, 0.070), (0.815, 0.58, 0.048), (0.825, 0.37, 0.036), (0.775, 0.67, 0.024))):
        box = (wide * x - r * tall, (y - r) * tall, wide * x + r * tall, (y + r) * tall)
        sheet.paint("ellipse", box, ground if i % 2 == 0 else readable_on(accent), 0.95 if i % 2 == 0 else 0.85)
    return Texture(np.ascontiguousarray(sheet.pixels().transpose(1, 0, 2)))


FOOD_BAR = Archetype(
    name="food_bar",
    title="Wrapped bar",
    build=build_food_bar,
    convex=False,
    words=tuple(
        f"{kind} bar"
        for kind in ("food", "protein", "energy", "granola", "chocolate", "cereal", "muesli", "oat", "nut", "snack", "fruit", "candy")
    ),
    body="#2F6B5A",
    accent="#F0B63F",
    typeface="bold_display",
    spin_deg=-10.0,
    options=CHOCOLATE_WORDS,
)
