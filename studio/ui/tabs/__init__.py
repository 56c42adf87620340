"""One file per tab: `build()` puts its components into the open Gradio context."""
