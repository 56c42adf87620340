"""Islands: pieces of page that are our own HTML, CSS and JavaScript inside Gradio's page.

An island is a `gr.HTML` with a constant template; on load it takes `{name}.js` out of `/s/pages.js`, all scripts in one file
(studio/api/script_bundle.py), and lets it mount itself in a shadow root. Its value is JSON for that module. Templates are
evaluated as JavaScript in the browser, so nothing a person typed may ever get into one: data goes through the value, and into
the page through textContent.
"""

from pathlib import Path
from typing import Any

import gradio as gr

from models import typefaces

ASSETS = {".js", ".css", ".svg", ".webp", ".ttf"}
TEMPLATE = '<div class="island-wait" role="status" aria-label="Loading"></div>'


def island(name: str, value: dict[str, Any], *, events: tuple[str, ...] = (), elem_id: str | None = None) -> gr.HTML:
    """Put the island `name` into the open Gradio context. value: JSON for its module; events: those it may trigger;
    elem_id: the id of its element, for the frame's style.

    A function and not a subclass of gr.HTML: subclassing writes a .pyi file beside the source at import.
    """
    known = " ".join(f"'{event}'" for event in events)  # Gradio finds an event by its quoted name in this script
    return gr.HTML(
        value=value,
        html_template=TEMPLATE,
        js_on_load=f"/* {known} */ import('/s/pages.js').then(p => p.load('{name}.js').mount({{element, props, trigger, watch}}))",
        apply_default_css=False,
        elem_id=elem_id,
        elem_classes=["island", f"island-{name}"],
    )


def assets() -> dict[str, Path]:
    """Every script, style, picture and typeface the pages load, by the name under /s/."""
    ui = Path(__file__).parent.parent
    folders = (ui / "islands", ui / "doors", ui, typefaces.FILES)
    return {path.name: path for folder in folders for path in sorted(folder.iterdir()) if path.suffix in ASSETS}


def modules() -> dict[str, Path]:
    """The islands' scripts by name, which are /s/pages.js together."""
    return {path.name: path for path in sorted(Path(__file__).parent.glob("*.js"))}
