"""Durable jobs: work that survives a kill, stops when asked, and never pays twice. `engine.py` alone knows the job engine."""
