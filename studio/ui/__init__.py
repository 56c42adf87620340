"""The pages: one Gradio shell, tabs, and islands of our own HTML inside them."""
