"""How a model is spread between device and main memory, by how much the device has. Data, and the one function that picks.

Sizes are of the whole card. What SDXL weighs in 16 bit is counted (6.9 GB); that a profile fits its card is an estimate until
benchmarks/gpu has measured it, which is why the step down (ladder.py) stands behind it.
"""

from dataclasses import dataclass, replace
from typing import Literal

from models.devices import Device

Offload = Literal["none", "text", "model", "group"]


@dataclass(frozen=True)
class Profile:
    """One way to fit. from_gb: the smallest card it is for.

    offload: what waits in main memory – "none"; "text": the text encoders, after they have spoken; "model": every part but the one at
    work; "group": every layer but those at work (slow, exact).
    narrow: the denoiser's weights are kept in 8 bit and widened layer by layer (changes pictures slightly).
    tile_above: pixels from which the picture is decoded in tiles; 0 = always, None = never. batch: pictures at once.
    roomy: there is room for what only saves time – steps recorded and played back, LoRAs that stay on until another job wants others.
    keeps: recordings stay between jobs as well.
    """

    name: str
    from_gb: float
    offload: Offload
    narrow: bool = False
    tile_above: int | None = None
    batch: int = 1
    roomy: bool = False
    keeps: bool = False

    def tiles(self, width: int, height: int) -> bool:
        """Whether a picture of this size is decoded in tiles."""
        return self.tile_above is not None and width * height > self.tile_above

    def note(self) -> str:
        """For the result: what it cost to fit; "" when nothing."""
        parts = {
            "none": "",
            "text": "text encoders wait in main memory",
            "model": "parts wait in main memory until they are needed",
            "group": "layers wait in main memory until they are needed",
        }
        said = [parts[self.offload], "the denoiser's weights are kept in 8 bit" if self.narrow else ""]
        return f"Memory profile {self.name}: {'; '.join(filter(None, said))}." if any(said) else ""


PROFILES: tuple[Profile, ...] = (
    Profile("80 GB and more", 70, "none", batch=4, roomy=True, keeps=True),
    Profile("24 GB", 22, "none", batch=2, roomy=True),
    Profile("16 GB", 15, "none", tile_above=1_500_000),
    Profile("12 GB", 11, "text", tile_above=1_100_000),
    Profile("8 GB", 7.5, "model", tile_above=0),
    Profile("under 8 GB", 0, "model", narrow=True, tile_above=0),
)
"""From roomy to tight. Limits lie below the number on the box: a card of 24 GB tells 23.6 of them."""

ON_PROCESSOR = Profile("processor", 0, "none")
STEP: dict[Offload, Offload] = {"none": "model", "text": "model", "model": "group", "group": "group"}


def tighter(profile: Profile, device: Device) -> Profile:
    """One step down from `profile`: more waits in main memory, everything is decoded in tiles, one picture at a time."""
    offload = profile.offload if device.kind == "cpu" else STEP[profile.offload]
    return replace(profile, name=f"{profile.name}, one step down", offload=offload, tile_above=0, batch=1, roomy=False, keeps=False)


def profile_for(device: Device) -> Profile:
    """The roomiest profile that `device` is large enough for."""
    if device.kind == "cpu":
        return ON_PROCESSOR
    return next(profile for profile in PROFILES if device.limit_gb >= profile.from_gb)
