"""Six notebooks, and how they are executed: `python -m notebooks` (or `make notebooks`) runs them and keeps small outputs."""
