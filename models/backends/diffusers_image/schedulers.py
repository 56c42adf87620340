"""Schedulers by the names people use. Every job gets its own: pipelines share theirs, and it counts steps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from models.errors import AskRefused


@dataclass(frozen=True)
class Named:
    """A class of diffusers, and what it is told beyond the model's own settings."""

    cls: str
    told: dict[str, Any] = field(default_factory=dict)


SCHEDULERS: Mapping[str, Named] = {
    "euler": Named("EulerDiscreteScheduler"),
    "euler-trailing": Named("EulerDiscreteScheduler", {"timestep_spacing": "trailing"}),
    "euler-ancestral": Named("EulerAncestralDiscreteScheduler"),
    "dpm++": Named("DPMSolverMultistepScheduler"),
    "dpm++-karras": Named("DPMSolverMultistepScheduler", {"use_karras_sigmas": True}),
    "dpm++-sde-karras": Named("DPMSolverMultistepScheduler", {"use_karras_sigmas": True, "algorithm_type": "sde-dpmsolver++"}),
    "unipc": Named("UniPCMultistepScheduler"),
    "ddim": Named("DDIMScheduler"),
    "heun": Named("HeunDiscreteScheduler"),
    "lcm": Named("LCMScheduler"),
    "tcd": Named("TCDScheduler"),
}


def scheduler_for(name: str | None, own: Any, model: str) -> Any:
    """A fresh scheduler: `name`, or another of the kind of `own`, the model's. Raises AskRefused for a name that is not known, or that a
    model of another kind of denoising cannot take."""
    import diffusers

    if name is None:
        return type(own).from_config(own.config)
    if name not in SCHEDULERS:
        raise AskRefused(f"There is no scheduler {name!r}; there are {', '.join(SCHEDULERS)}.", model=model)
    if type(own).__name__.startswith("Flow"):
        raise AskRefused(f"{model} has a scheduler of its own and takes no other; leave it out.", model=model)
    named = SCHEDULERS[name]
    return getattr(diffusers, named.cls).from_config(own.config, **named.told)
