"""Other readings of the same words: variant 1, 2, ... of an ask differ as photographers differ, never only by noise.

Set and light change first, then lens, crop and the side the camera stands on. The product itself never changes.
"""

from dataclasses import replace

from models.asks import Framing
from models.backends.product_studio.spec import SceneSpec

Take = tuple[str, str, str]  # set, rig, slide

DARK_TAKES: tuple[Take, ...] = (
    ("dark_water", "noir", "open"),
    ("marble", "gobo", "window"),
    ("podium", "noir", "open"),
    ("stone", "gobo", "blinds"),
    ("silk", "noir", "open"),
    ("podium", "neon", "open"),
    ("plaster_room", "dusk", "open"),
)
LIGHT_TAKES: tuple[Take, ...] = (
    ("stone", "gobo", "palm"),
    ("podium", "softbox", "open"),
    ("marble", "gobo", "window"),
    ("sand", "gobo", "open"),
    ("podium", "gobo", "window"),
    ("plaster_room", "gobo", "open"),
    ("silk", "softbox", "window"),
    ("kitchen", "gobo", "window"),
    ("living_room", "gobo", "window"),
)
# Per step: lens factor, size factor, camera to the other side, degrees higher.
VIEWS: tuple[tuple[float, float, float, float], ...] = (
    (1.0, 1.0, 0.0, 0.0),
    (0.55, 0.88, -16.0, 7.0),
    (1.7, 1.10, 12.0, -2.0),
    (0.75, 0.94, 20.0, 11.0),
    (1.25, 1.05, -10.0, 3.0),
)


def reading(spec: SceneSpec, variant: int, dark: bool) -> SceneSpec:
    """`spec` as variant 0 means it; its `variant`-th alternative otherwise."""
    if variant == 0:
        return spec
    takes = [take for take in (DARK_TAKES if dark else LIGHT_TAKES) if (take[0], take[1]) != (spec.set, spec.rig)]
    if spec.mood == "flat_cool":
        takes = [(name, "overcast", "open") for name in ("podium", "stone", "marble", "sand") if name != spec.set]
    set_name, rig, slide = takes[(variant - 1) % len(takes)]
    lens, fill, yaw, rise = VIEWS[1 + (variant - 1) % (len(VIEWS) - 1)]
    old = spec.framing
    yaw, rise = (yaw, rise) if not spec.photo else (yaw / 3, min(rise, 2.0))
    framing = Framing(
        size=old.size,
        lens_mm=min(max(old.lens_mm * lens, 28.0), 180.0),
        azimuth_deg=old.azimuth_deg + yaw,
        elevation_deg=min(max(old.elevation_deg + rise, -2.0), 55.0),
        room=old.room,
        focus_blur=old.focus_blur,
    )
    options = replace(spec.options, slide=slide, black=dark, arch=set_name == "podium" and variant % 2 == 1)
    return replace(spec, set=set_name, rig=rig, options=options, framing=framing, fill=spec.fill * fill, seed=(spec.seed + variant) % 2**32)
