"""The rules of the application: no gradio, no fastapi inside."""
