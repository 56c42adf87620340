"""The application's rules. No gradio and no fastapi in here."""
