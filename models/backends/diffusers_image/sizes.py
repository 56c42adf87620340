"""Any size asked, the sizes a model was trained at: drawn near its own area, in steps it can take, then brought to the exact pixels."""

from dataclasses import dataclass

from models.media.image_file import Picture, scaled

ROOMY = 1.3
"""A picture may have this many times the model's own area, or one over it, before it is drawn at that area instead: beyond, things are
seen twice or not at all."""


@dataclass(frozen=True)
class Canvas:
    """width, height: that are drawn. note: for the result, "" when they are those that were asked for."""

    width: int
    height: int
    note: str


def canvas_for(width: int, height: int, native_area: int, multiple: int) -> Canvas:
    """What to draw for a picture of width × height. native_area: pixels the model was trained at. multiple: that both sides must be of."""
    area = width * height
    scale = 1.0 if native_area / ROOMY <= area <= native_area * ROOMY else (native_area / area) ** 0.5
    drawn_width, drawn_height = (max(multiple, -(-round(side * scale) // multiple) * multiple) for side in (width, height))
    if (drawn_width, drawn_height) == (width, height):
        return Canvas(width, height, "")
    return Canvas(drawn_width, drawn_height, f"Drawn at {drawn_width}×{drawn_height} and brought to {width}×{height}.")


def fitted(picture: Picture, width: int, height: int) -> Picture:
    """`picture` at exactly width × height: scaled until it covers them, then cut from the middle. Itself where that fits already."""
    high, wide = picture.shape[:2]
    if (wide, high) == (width, height):
        return picture
    scale = max(width / wide, height / high)
    size = (max(width, round(wide * scale)), max(height, round(high * scale)))
    whole = scaled(picture, size)
    x, y = (size[0] - width) // 2, (size[1] - height) // 2
    return whole[y : y + height, x : x + width].copy()
