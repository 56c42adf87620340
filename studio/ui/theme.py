"""The look, told to Gradio: every colour is a token of tokens.css, so light and dark are decided in one place.

Charts, sliders and radios take step 500 of the ramp, so the PRD's blue stands there.
"""

import gradio as gr

GROUND_LIGHT, GROUND_DARK = "#FFFFFF", "#0B0D12"
"""--ground of tokens.css once more: Gradio paints it before any style sheet is there."""

BLUE = gr.themes.Color(
    name="blue",
    c50="#eff6ff",
    c100="#dbeafe",
    c200="#bfdbfe",
    c300="#93c5fd",
    c400="#60a5fa",
    c500="#2563eb",
    c600="#1d4ed8",
    c700="#1e40af",
    c800="#1e3a8a",
    c900="#172554",
    c950="#0f1a3d",
)
SYSTEM = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"]
MONOSPACE = ["Courier New", "monospace"]

TOKEN_OF = {
    "background_fill_primary": "panel",
    "background_fill_secondary": "sunken",
    "body_text_color": "ink",
    "body_text_color_subdued": "ink-2",
    "block_background_fill": "panel",
    "block_border_color": "line",
    "block_label_text_color": "ink-2",
    "block_title_text_color": "ink",
    "block_info_text_color": "ink-2",
    "border_color_primary": "line",
    "input_background_fill": "panel",
    "input_border_color": "line-strong",
    "input_border_color_focus": "accent",
    "input_placeholder_color": "ink-3",
    "link_text_color": "accent-ink",
    "button_primary_background_fill": "accent",
    "button_primary_background_fill_hover": "accent-deep",
    "button_primary_text_color": "on-accent",
    "button_secondary_background_fill": "panel",
    "button_secondary_border_color": "line-strong",
    "button_secondary_text_color": "ink",
}


def theme() -> gr.themes.Base:
    """The Gradio theme of the whole application; system fonts only, nothing is fetched."""
    colours = {f"{name}{dark}": f"var(--{token})" for name, token in TOKEN_OF.items() for dark in ("", "_dark")}
    return gr.themes.Base(primary_hue=BLUE, secondary_hue=BLUE, neutral_hue="gray", font=SYSTEM, font_mono=MONOSPACE).set(
        **colours,
        body_background_fill=GROUND_LIGHT,
        body_background_fill_dark=GROUND_DARK,
        block_shadow="none",
        block_radius="12px",
        input_border_width="1px",  # the base theme has none, and a field without an edge is not seen as one
        input_radius="10px",
        button_large_radius="10px",
    )
