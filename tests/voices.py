"""Speech for tests: made from syllables of tone, and served over the audio API on loopback."""

import struct
from collections.abc import Callable
from typing import Any

import numpy as np

from models.media.speech import Mono

RATE = 24_000


def syllables(seconds: float, rate: int = RATE, level: float = 0.2, pitch: float = 180.0) -> Mono:
    """Something that measures like speech: a voiced buzz in four syllables a second."""
    t = np.arange(round(seconds * rate)) / rate
    buzz = sum(np.sin(2 * np.pi * pitch * k * t) / k for k in range(1, 12))
    return (level * buzz * np.sin(np.pi * 4 * t) ** 2).astype(np.float32)


def wav(samples: Mono, rate: int = RATE, streamed: bool = True) -> bytes:
    """16-bit mono WAV; streamed: with the sizes of a header that was sent before anybody knew them."""
    body = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
    sizes = (0xFFFFFFFF, 0xFFFFFFFF) if streamed else (36 + len(body), len(body))
    head = struct.pack("<4sI4s4sIHHIIHH", b"RIFF", sizes[0], b"WAVE", b"fmt ", 16, 1, 1, rate, 2 * rate, 2, 16)
    return head + struct.pack("<4sI", b"data", sizes[1]) + body


def speaking(characters_a_second: float = 15.0, silence_s: float = 0.3) -> Callable[[dict[str, Any]], tuple[int, bytes, dict[str, str]]]:
    """A reply for ChatServer: says `input` at that pace, with silence before and after."""

    def reply(body: dict[str, Any]) -> tuple[int, bytes, dict[str, str]]:
        quiet = np.zeros(round(silence_s * RATE), np.float32)
        spoken = syllables(len(body["input"]) / characters_a_second)
        return 200, wav(np.concatenate([quiet, spoken, quiet])), {}

    return reply
