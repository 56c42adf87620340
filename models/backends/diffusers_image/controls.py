"""ControlNets: the networks of an ask's controls, their maps, and how strictly and how long each is heard."""

from typing import Any

from models.asks import Control
from models.backends.diffusers_image.kit import Bench, load_model
from models.catalog import ModelRow
from models.catalog import row as row_of
from models.control_maps import make_map
from models.errors import AskRefused
from models.media.image_file import Picture, scaled
from models.weights import folder_of


def maps_of(controls: tuple[Control, ...], size: tuple[int, int], bench: Bench, model: str) -> list[Picture]:
    """One map a control, (height, width, 3) uint8. size: (width, height) drawn. Raises AskRefused, ModelUnavailable or MediaError."""
    for one in controls:
        if not 0 <= one.start < one.end <= 1:
            raise AskRefused(f"A control is heard from a start to a later end, 0 to 1; {one.start:g} to {one.end:g} is not.", model=model)
    made = [make_map(one, bench.config, bench.device.name) for one in controls]
    return [scaled(one, size) for one in made]


def nets_of(controls: tuple[Control, ...], row: ModelRow, bench: Bench) -> list[Any]:
    """The network of each control, out of the residency; the same kind twice is the same network."""
    return [_net(row_of(row.defaults["controls"][one.kind]), bench) for one in controls]


def _net(net: ModelRow, bench: Bench) -> Any:
    from diffusers import ControlNetModel

    where = folder_of(net, bench.config)
    return bench.keep(net.id, "controlnet", lambda: load_model(ControlNetModel, where, bench, net).eval())


def told(controls: tuple[Control, ...], maps: list[Picture], begins_from_picture: bool) -> dict[str, Any]:
    """What to call the pipeline with."""
    from PIL import Image

    if not controls:
        return {}
    pictures = [Image.fromarray(one) for one in maps]
    several = len(controls) > 1
    return {
        "control_image" if begins_from_picture else "image": pictures if several else pictures[0],
        "controlnet_conditioning_scale": [one.scale for one in controls] if several else controls[0].scale,
        "control_guidance_start": [one.start for one in controls],
        "control_guidance_end": [one.end for one in controls],
    }
