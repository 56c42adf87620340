"""Functions by name: "pipelines.ad:make_shot". A step is stored as such a name and looked up, imports and all, where it runs."""

import importlib
from collections.abc import Callable
from typing import Any

ROOMS = ("models", "pipelines", "studio")
"""Packages whose functions may be called by name; a row in the database must not reach beyond them."""


class NotAStep(TypeError):
    """The function cannot be called by name."""


def name_of(fn: Callable[..., Any]) -> str:
    """The name of a module-level function. Raises NotAStep for lambdas, closures, methods and partials."""
    module, name = getattr(fn, "__module__", None), getattr(fn, "__qualname__", None)
    if not module or not name or not name.isidentifier():
        raise NotAStep(f"{fn!r} cannot be called in another process; make it a module-level function that takes what it needs.")
    return f"{module}:{name}"


def find(name: str, rooms: tuple[str, ...] = ROOMS) -> Callable[..., Any]:
    """The function of that name. Raises NotAStep when it is gone, or outside `rooms`."""
    module, _, attribute = name.partition(":")
    if module.split(".")[0] not in rooms or not attribute.isidentifier():
        raise NotAStep(f"{name!r} is not the name of a step.")
    try:
        found = getattr(importlib.import_module(module), attribute)
    except (ModuleNotFoundError, AttributeError) as error:
        raise NotAStep(f"There is no step {name!r} in this release; jobs started by another release may still need it.") from error
    if not callable(found):
        raise NotAStep(f"{name!r} is not a function.")
    return found
