"""Handing an edit to another program, and taking one of our own back: one folder, zipped, that opens elsewhere."""

from pipelines.handoff.bundle import hand_off
from pipelines.handoff.received import received

__all__ = ["hand_off", "received"]
