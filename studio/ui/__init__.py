"""The pages: one Gradio shell, tabs, and islands of our own HTML inside them.

Gradio writes a stub for editors beside each of its components whenever it is loaded: a third of the time that a web process takes to
start. Nobody reads them here, so they are left out.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType


class _WithoutStubs(MetaPathFinder):
    """Finds Gradio's module of components as always, and takes the writing of stubs out of it once it is loaded."""

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        if name != "gradio.component_meta":
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path, target)
        if spec is None or spec.loader is None:
            return spec
        load = spec.loader.exec_module

        def loaded(module: ModuleType) -> None:
            load(module)
            module.create_or_modify_pyi = lambda *told: None  # type: ignore[attr-defined]

        spec.loader.exec_module = loaded  # type: ignore[method-assign]
        return spec


if "gradio" not in sys.modules:
    sys.meta_path.insert(0, _WithoutStubs())
