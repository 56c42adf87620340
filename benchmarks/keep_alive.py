"""Clients that keep their connection open and ask again and again, one after the other or at a pace, and note how long each answer took."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """One client's request: a path and the token it is asked with ("" for none)."""

    path: str
    token: str = ""


@dataclass(frozen=True)
class Answered:
    """How a run went. seconds: one per answer, sorted; wall_s: from the first request to the last answer."""

    seconds: list[float]
    wall_s: float

    def ms(self, share: float) -> float:
        """The time within which `share` (0..1) of the answers came, milliseconds."""
        return 1000 * self.seconds[min(len(self.seconds) - 1, int(share * len(self.seconds)))]

    @property
    def per_s(self) -> float:
        return len(self.seconds) / self.wall_s


def ask(port: int, clients: Sequence[Asked], times: int, every_s: float = 0.0) -> Answered:
    """Each client asks `times` times; every_s: one request per so many seconds, 0: as fast as answers come. Raises RuntimeError
    for any answer but 200."""
    return asyncio.run(_ask(port, clients, times, every_s))


async def _ask(port: int, clients: Sequence[Asked], times: int, every_s: float) -> Answered:
    began = time.perf_counter()
    offsets = [every_s * i / len(clients) for i in range(len(clients))]
    found = await asyncio.gather(*(_client(port, asked, times, every_s, offset) for asked, offset in zip(clients, offsets, strict=True)))
    return Answered(sorted(s for one in found for s in one), time.perf_counter() - began)


async def _client(port: int, asked: Asked, times: int, every_s: float, offset_s: float) -> list[float]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    token = f"Authorization: Bearer {asked.token}\r\n" if asked.token else ""
    request = f"GET {asked.path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n{token}Accept: application/json\r\n\r\n".encode()
    took, start = [], time.perf_counter() + offset_s
    try:
        for n in range(times):
            if every_s:
                await asyncio.sleep(max(0.0, start + n * every_s - time.perf_counter()))
            began = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            await reader.readexactly(_length(head))
            took.append(time.perf_counter() - began)
            if not head.startswith(b"HTTP/1.1 200"):
                raise RuntimeError(f"{asked.path} answered {head.splitlines()[0].decode()}")
    finally:
        writer.close()
    return took


def _length(head: bytes) -> int:
    for line in head.split(b"\r\n"):
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            return int(value)
    raise RuntimeError("an answer without a length")
