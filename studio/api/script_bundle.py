"""Many ECMAScript modules as one, so that a page asks for one file and not for a hundred. Works on sources in the house's form and on
nothing else: imports of names from a file beside (`import { a, b as c } from "./d.js";`) and declarations that are exported
(`export function`, `export async function`, `export class`, `export const`). It knows no page.

A module becomes a function of its own that runs when it is asked for the first time, as with `import()`; what it exports is an object.
Lines stay lines, so that a message names a place near the one in the source.
"""

import json
import re
from collections.abc import Mapping

IMPORT = re.compile(r'^import \{([^{}]*)\} from "\./([\w.]+)";', re.M)
EXPORT = re.compile(r"^export ((?:async )?function\*?|class|const) (\w+)", re.M)
OTHER = re.compile(r"^(?:import|export)\b.*", re.M)


class NotBundled(ValueError):
    """A module in another form, one that is not there, or a circle. The message names the file and says what it is."""


def bundled(modules: Mapping[str, str]) -> str:
    """The source of a module that exports `load(name)` → what modules[name] exports. modules: source by file name, "dom.js".
    Raises NotBundled."""
    needs = {name: [found[2] for found in IMPORT.finditer(source)] for name, source in modules.items()}
    _refuse_circles(needs)
    parts = [f"// {name}\n{json.dumps(name)}: $once(() => {{{_wrapped(name, source, modules)}}})," for name, source in modules.items()]
    head = "const $once = (make) => { let made; return () => (made ??= make()); };"
    return f"{head}\nconst $modules = {{\n" + "\n".join(parts) + "\n};\nexport const load = (name) => $modules[name]();\n"


def _wrapped(name: str, source: str, modules: Mapping[str, str]) -> str:
    """The body of a function that returns what the module exports."""

    def taken(found: re.Match[str]) -> str:
        if found[2] not in modules:
            raise NotBundled(f"{name} imports {found[2]}, which is not there.")
        names = re.sub(r"\bas\b", ":", found[1])
        return f"const {{{names}}} = $modules[{json.dumps(found[2])}]();"

    exports = [found[2] for found in EXPORT.finditer(source)]
    body = EXPORT.sub(r"\1 \2", IMPORT.sub(taken, source))
    if left := OTHER.search(body):
        raise NotBundled(f"{name} has a form of import or export that cannot be bundled: {left[0].strip()}")
    return f" {body}\nreturn {{ {', '.join(exports)} }}; "


def _refuse_circles(needs: Mapping[str, list[str]]) -> None:
    done: set[str] = set()

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if name in trail:
            raise NotBundled(f"Modules import each other in a circle: {' → '.join((*trail[trail.index(name) :], name))}.")
        if name not in done:
            for other in needs.get(name, ()):
                visit(other, (*trail, name))
            done.add(name)

    for name in needs:
        visit(name, ())
